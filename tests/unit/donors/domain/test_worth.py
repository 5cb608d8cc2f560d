"""Values add up in one currency, and what nobody valued has none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.value import Basis, Rate, UnitValue
from services.donors.domain.worth import (
    ValuedGift,
    Worth,
    came_until,
    mean_worth,
    together,
    worth_of,
)
from tests.unit.donors.builders import a_lot

DAY = date(2026, 11, 20)
LAST = date(2026, 9, 30)
SOAP = "HYG-SOAP-B"


def tenge(amount):
    return UnitValue(Decimal(amount), "KZT", Basis.COST)


def dollars(amount, rate="500"):
    kept = Rate(Decimal(rate), "National Bank", DAY)
    return UnitValue(Decimal(amount), "USD", Basis.COST, kept)


def a_gift(value, *lots):
    account = GiftAccount(
        gift_number="G-2026-001",
        donor_code="ORCHARD",
        announced_on=DAY,
        earmark=None,
        is_walk_in=False,
        expected=[],
        refusals=[],
        lots=lots,
    )
    return ValuedGift(account, {} if value is None else {SOAP: value})


def test_one_currency_stays_as_it_was_stated():
    assert worth_of([(3, dollars("1.50")), (1, dollars("2"))]) == Worth(
        Decimal("6.50"), "USD", Decimal("3250.00")
    )


def test_two_currencies_meet_in_tenge_at_their_own_rates():
    assert worth_of([(2, dollars("1.50")), (4, tenge("250"))]) == Worth(
        Decimal("2500.00"), "KZT", Decimal("2500.00")
    )


def test_nobody_guesses_what_was_not_valued():
    assert worth_of([(2, tenge("250")), (1, None)]) is None
    assert worth_of([]) is None
    assert together([]) is None


def test_a_told_quantity_is_valued_at_the_mean_of_what_came():
    came = [(100, tenge("200")), (300, tenge("400"))]

    assert mean_worth(40, came).amount == Decimal("14000.00")
    assert mean_worth(40, [*came, (1, None)]) is None
    assert mean_worth(40, []) is None


def test_only_what_came_by_the_last_day_told_counts():
    early = a_lot(received=60)
    late = replace(a_lot(received=500), received_on=date(2026, 10, 1))
    nothing = a_lot(received=0)
    gifts = [a_gift(tenge("200"), early, late), a_gift(None, nothing)]

    assert came_until(gifts, SOAP, LAST) == [(60, tenge("200"))]
    assert came_until(gifts, "INF-NAP-3", LAST) == []
