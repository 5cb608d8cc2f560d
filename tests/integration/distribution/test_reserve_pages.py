"""The page of reserves: what is kept back today, what will be, and what was."""

import re

import pytest

from tests.integration.distribution.field import SOAP, TOWEL, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

TODAY, NEXT, LATER = "2026-11-20", "2026-12-01", "2026-12-15"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def coordinator(field, reader):
    """Sits down when the goods are known already."""
    assert field
    return reader("coordinator")


def keep_back(field, quantity, since=TODAY, product_code=SOAP):
    body = {"product_code": product_code, "quantity": quantity, "reason": "winter"}
    kept = field.coordinator.put_json(
        "/reserves",
        command_id=named(f"{product_code} {quantity} {since}"),
        effective_from=since,
        **body,
    )
    assert kept.status_code == 200, kept.json


def listed(coordinator):
    """Quantities and days of each list of the page, by its heading."""
    page = coordinator.look("/reserves/").text.replace("\xa0", " ")
    found = {}
    for caption, rows in re.findall(
        r'<caption class="sr">(.*?)</caption>(.*?)</table>', page, re.DOTALL
    ):
        quantities = re.findall(r'data-l="Quantity">(.*?)</td>', rows)
        days = re.findall(r'data-l="Since" class="num">(.*?)</td>', rows)
        found[caption] = list(zip(quantities, days, strict=True))
    return found


def test_only_what_holds_today_is_kept_back_today(field, coordinator):
    keep_back(field, 30)
    keep_back(field, 20)
    keep_back(field, 5, product_code=TOWEL)
    keep_back(field, 0, product_code=TOWEL)

    found = listed(coordinator)

    assert found["Kept back today"] == [("20", "20 Nov 2026")]
    assert "From a later day on" not in found
    assert sorted(each[0] for each in found["History"]) == ["0", "20", "30", "5"]


def test_what_is_kept_back_from_later_days_on_stands_by_itself(field, coordinator):
    keep_back(field, 30)
    keep_back(field, 50, LATER)
    keep_back(field, 40, NEXT)
    keep_back(field, 45, NEXT)

    found = listed(coordinator)

    assert found["Kept back today"] == [("30", "20 Nov 2026")]
    assert found["From a later day on"] == [("45", "1 Dec 2026"), ("50", "15 Dec 2026")]
    assert len(found["History"]) == 4


def test_where_all_has_ended_it_says_so_and_keeps_the_history(field, coordinator):
    keep_back(field, 30)
    keep_back(field, 0)

    page = coordinator.look("/reserves/").text

    assert "Nothing is kept back" in page
    assert '<details class="card flush unit-group more"' in page
