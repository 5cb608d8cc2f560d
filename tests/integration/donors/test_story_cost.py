"""What came before the newest of a story is drawn when it is new, not at every scan."""

from dataclasses import replace

import pytest

from services.donors.entrypoints.dashboard import dashboard_of
from services.donors.entrypoints.pages.parts import Shelf, rendered
from tests.integration.donors.programme import SOAP, a_product


@pytest.fixture
def drawn(donors, web_app):
    """Draw the parts of the one donor's page, as one process does again and again."""
    earlier = Shelf()

    def draw():
        with web_app.test_request_context("/"):
            return rendered(dashboard_of(donors.queries.book("ORCHARD"), "en"), earlier)

    return draw


@pytest.fixture
def gift(programme):
    programme.has_products()
    programme.registers("ORCHARD")
    number = programme.gift_of("ORCHARD")
    for day in range(14):
        programme.refuses(f"box {day}", number, 100 + day)
        programme.clock.advance(days=1)
    programme.refuses("today", number, 300)
    return number


def test_a_scan_of_today_draws_nothing_of_what_came_before(drawn, programme, gift):
    before = drawn()
    programme.refuses("again", gift, 7)
    after = drawn()

    assert ", 307 " in after["story"]
    assert ", 307 " not in before["story"]
    assert after["earlier"] is before["earlier"]
    assert "Earlier: 3<" in after["earlier"]


def test_a_new_day_moves_the_oldest_of_the_newest_down(drawn, programme, gift):
    before = drawn()
    programme.clock.advance(days=1)
    programme.refuses("tomorrow", gift, 9)
    after = drawn()

    assert "Earlier: 3<" in before["earlier"]
    assert "Earlier: 4<" in after["earlier"]


@pytest.mark.usefixtures("gift")
def test_a_product_named_anew_is_named_so_in_what_came_before(drawn, programme):
    before = drawn()
    programme.hears(replace(a_product(SOAP, version=9), names={"en": "Soap of ash"}))
    after = drawn()

    assert "Soap of ash" not in before["earlier"]
    assert after["earlier"].count("Soap of ash") == 3
