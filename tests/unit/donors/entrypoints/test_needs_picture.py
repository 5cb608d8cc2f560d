"""What the picture of needs says of a product, in one line."""

import pytest
from flask import Flask

from services.donors.entrypoints.pictures.needs import rows_of
from shared.web.languages import init_languages


@pytest.fixture(autouse=True)
def request_in_english():
    app = Flask(__name__)
    init_languages(app)
    with app.test_request_context("/?lang=en"):
        yield


@pytest.mark.parametrize(
    ("days", "band", "expected"),
    [
        (0, "out", "none left"),
        (1, "under_2_weeks", "lasts: 1 day"),
        (None, "2_to_4_weeks", "lasts: 2 to 4 weeks"),
        (None, "out", "none left"),
    ],
)
def test_how_long_goods_last_is_said_in_days_or_in_bands(days, band, expected):
    item = {"title": "Soap", "days_of_cover": days, "band": band, "about": None}

    (row,) = rows_of([item], "en")

    assert row.note == expected
