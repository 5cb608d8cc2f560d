"""Tables that are taken away: what the address asks for is checked first."""

import pytest

from tests.integration.inventory.pages import Pages


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-13-45", "<script>", "9" * 5000]
)
def test_a_day_nobody_means_is_refused(pages: Pages, name: str, day: str):
    assert pages.get("/movements.csv", **{name: day}).status_code == 422


def test_the_days_of_a_month_are_taken(pages: Pages):
    days = {"from": "2026-09-01", "to": "2026-09-30"}

    assert pages.get("/movements.csv", **days).status_code == 200
