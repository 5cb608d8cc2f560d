"""Lists are read a page at a time, by the key of the last row."""

import pytest

from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.searches import GiftSearch, PledgeSearch
from services.donors.domain.promise import Line
from tests.integration.donors.programme import SOAP

DONORS = [f"D-{number}" for number in range(1, 6)]


@pytest.fixture
def numbers(programme):
    """Five gifts, one a minute, newest first; the last two in one instant."""
    programme.has_products()
    programme.registers(*DONORS)
    announced = []
    for quantity in range(1, 6):
        announced.append(programme.gift_of("D-1", quantity=quantity))
        programme.clock.advance(minutes=0 if quantity == 4 else 1)
    return announced[::-1]


def walked(page_of):
    """Read pages of two until there is none."""
    seen, key = [], None
    while True:
        rows, key = page_of(key)
        assert len(rows) <= 2
        seen += rows
        if key is None:
            return seen


def test_gifts_come_newest_first_each_once(donors, numbers):
    def programmes(key):
        page = donors.queries.gifts(2, key)
        return [gift.gift_number for gift in page.accounts], page.next_key

    def own(key):
        page = donors.queries.my_gifts("D-1", 2, key)
        return [gift.gift_number for gift in page.accounts], page.next_key

    assert walked(programmes) == walked(own) == numbers


@pytest.mark.usefixtures("numbers")
def test_gifts_of_one_donor_can_be_chosen(donors):
    assert donors.queries.gifts(9, None, GiftSearch("D-2")).accounts == []
    assert len(donors.queries.gifts(9, None, GiftSearch("D-1")).accounts) == 5


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(
    ("text", "found"), [("", DONORS), ("d-", DONORS), ("-3 (EX", ["D-3"]), ("%", [])]
)
def test_donors_come_by_code_all_or_those_looked_for(donors, text, found):
    def page_of(key):
        rows, following = donors.queries.donors(2, key, text)
        return [row.donor_code for row in rows], following

    assert walked(page_of) == found


@pytest.mark.usefixtures("numbers")
def test_pledges_come_newest_first_with_their_lines(donors, programme):
    for quantity in (1, 2, 3):
        wish = MakePledge("D-1", None, [Line(SOAP, quantity)])
        programme.perform(
            f"pledge {quantity}", lambda work, wish=wish: make_pledge(work, wish)
        )

    def page_of(key):
        page = donors.pledges.page(PledgeSearch(), 2, key)
        rows, following = page.rows, page.next_key
        return [(row.pledge_number, row.lines) for row in rows], following

    assert walked(page_of) == [
        (f"P-2026-00{quantity}", [(SOAP, quantity)]) for quantity in (3, 2, 1)
    ]
