"""The public needs may be shown by anybody, anywhere, and tell nothing more."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from werkzeug.test import Client

from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.domain.promise import Line
from services.donors.entrypoints.pictures.needs import (
    PIXELS_PER_INCH,
    ROWS_MAX,
    TEMPLATE,
)
from shared.documents.rendering import pictures
from tests.integration.donors.programme import FORMULA, SOAP, a_lot


@pytest.fixture
def database_kind():
    """What is shown does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture(autouse=True)
def _a_shortage(programme):
    programme.has_products()
    programme.registers("ORCHARD")
    number = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, number, received=40))
    programme.needs(HYG_SOAP_B=300, INF_NAP_3=50, INF_FORM=50)
    wish = MakePledge("ORCHARD", date(2026, 12, 1), [Line(SOAP, 60)])
    programme.perform("pledge", lambda work: make_pledge(work, wish))


@pytest.fixture
def stranger(wsgi):
    return Client(wsgi)


def test_another_site_may_fetch_the_small_json(stranger):
    answer = stranger.get("/donors/api/v1/needs?lang=ru")

    (soap,) = [each for each in answer.json["items"] if each["product_code"] == SOAP]
    assert (soap["about"], soap["promised"]) == (260, 60)
    assert soap["runs_out_on"] == "2026-11-24"
    assert soap["name"] == f"{SOAP} по-русски"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=600" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_picture_stands_alone_in_every_language(stranger, language):
    answer = stranger.get(f"/donors/needs/{language}.svg")
    drawn = answer.get_data(as_text=True)

    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    ET.fromstring(drawn)  # noqa: S314  our own picture
    assert SOAP in drawn
    assert FORMULA not in drawn
    assert "INF-NAP-3" not in drawn
    assert "<script" not in drawn
    assert "href" not in drawn


def test_the_png_has_the_size_social_pages_want(stranger):
    answer = stranger.get("/donors/needs/kk.png")

    assert Image.open(BytesIO(answer.data)).size == (1200, 630)
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_language_we_do_not_speak_has_no_picture(stranger):
    answer = stranger.get("/donors/needs/xx.svg")

    assert answer.status_code == 404
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_other_page_may_be_shown_elsewhere(stranger):
    answer = stranger.get("/donors/needs")

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_page_tells_how(stranger):
    page = stranger.get("/donors/needs/embed").get_data(as_text=True)

    assert "http://localhost/donors/needs/kk.svg" in page
    assert "http://localhost/donors/api/v1/needs" in page


def test_as_many_rows_as_there_may_be_fit_on_the_png_with_its_foot():
    row = {"title": "Жаялық, 4-өлшем (8–14 кг), 24 дана", "note": "қор жоқ", "share": 1}
    facts = {"heading": "Қазір не керек", "foot": "Komek", "rows": [row] * ROWS_MAX}

    assert len(pictures(TEMPLATE, facts, "kk", PIXELS_PER_INCH)) == 1
