"""Where a pledge stands: what the database chooses is what the domain says."""

from datetime import date, timedelta
from itertools import product

import pytest

from services.donors.adapters.promises import awaited
from services.donors.application.end_pledge import end_pledge
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.searches import PledgeSearch
from services.donors.domain.promise import (
    STILL_TO_COME,
    Line,
    PledgeState,
    state_of,
)
from tests.integration.donors.programme import SOAP, a_lot

TODAY = date(2026, 11, 20)
DAYS = (None, *(TODAY + timedelta(days=days) for days in (-1, 0, 1)))
OUTCOMES = (None, "came", "withdrawn")


@pytest.fixture
def states(programme):
    """A pledge for every day and outcome, and the state the domain gives each."""
    programme.has_products()
    programme.registers("ORCHARD")
    gift = programme.gift_of("ORCHARD")
    found = {}
    for number, (due_on, outcome) in enumerate(product(DAYS, OUTCOMES)):
        wish = MakePledge("ORCHARD", due_on, [Line(SOAP, 2**number)])
        answer = programme.perform(
            f"pledge {number}", lambda work, w=wish: make_pledge(work, w)
        )
        pledge = answer["pledge_number"]
        if outcome:
            of = gift if outcome == "came" else None
            programme.perform(
                f"end {number}", lambda work, p=pledge, g=of: end_pledge(work, p, g)
            )
        found[pledge] = state_of(due_on, outcome, TODAY), 2**number
    assert {state for state, _quantity in found.values()} == set(PledgeState)
    return found


def of(states, *chosen):
    return {pledge for pledge, (state, _) in states.items() if state in chosen}


def test_a_list_of_a_state_holds_what_the_domain_puts_there(donors, states):
    for state in PledgeState:
        rows = donors.pledges.page(PledgeSearch(state), 100, None).rows

        assert {row.pledge_number for row in rows} == of(states, state)
        assert {row.state for row in rows} == {state}


def test_what_is_still_to_come_is_open_or_overdue(donors, states):
    with donors.database.reading() as connection:
        rows = awaited(connection, TODAY)

    assert {row.pledge_number for row in rows} == of(states, *STILL_TO_COME)
    assert [row.due_on for row in rows] == [*DAYS[1:], None]
    assert all(row.is_awaited for row in rows)


def promised(donors):
    [level] = [
        each for each in donors.queries.levels().levels if each.product_code == SOAP
    ]
    return level.promised


def in_time(*outcomes):
    """Add up the pledges with these outcomes whose day has not passed."""
    made = enumerate(product(DAYS, OUTCOMES))
    return sum(
        2**number
        for number, (due_on, outcome) in made
        if outcome in outcomes and due_on != TODAY - timedelta(days=1)
    )


@pytest.mark.usefixtures("states")
def test_needs_count_what_is_promised_once_until_it_is_stock(donors, programme):
    [gift] = [each.gift_number for each in donors.queries.gifts(9).accounts]
    before = promised(donors)
    programme.hears(a_lot("lot", 1, gift, received=5))

    assert before == in_time(None, "came")
    assert promised(donors) == in_time(None)


@pytest.mark.usefixtures("states")
def test_needs_do_not_count_on_what_was_turned_away(donors, programme):
    [gift] = [each.gift_number for each in donors.queries.gifts(9).accounts]
    programme.refuses("box", gift, 5)

    assert promised(donors) == in_time(None)
