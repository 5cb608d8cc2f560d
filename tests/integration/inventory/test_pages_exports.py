"""Tables that are taken away: what the address asks for is checked first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.inventory.pages import Pages
from tests.support.warehouse import Warehouse


@pytest.fixture
def pages(warehouse: Warehouse, tmp_path: Path) -> Iterator[Pages]:
    opened = Pages(warehouse, tmp_path)
    yield opened
    opened.database.close()


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-13-45", "<script>", "9" * 5000]
)
def test_a_day_nobody_means_is_refused(pages: Pages, name: str, day: str):
    assert pages.get("/movements.csv", **{name: day}).status_code == 422


def test_the_days_of_a_month_are_taken(pages: Pages):
    days = {"from": "2026-09-01", "to": "2026-09-30"}

    assert pages.get("/movements.csv", **days).status_code == 200
