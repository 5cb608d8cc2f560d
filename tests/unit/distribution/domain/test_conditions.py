"""A reserve, a weight and a cap are put before the rule."""

from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.conditions import (
    Conditions,
    MalformedConditionError,
    kept_back,
    read_weight,
    without,
)
from services.distribution.domain.stock import LotCopy


def a_lot(number, available, expires_on=None, status="released"):
    return LotCopy(
        lot_id=UUID(int=number),
        product_code="SOAP",
        lot_number=f"L{number}",
        expires_on=expires_on,
        received_on=date(2026, 9, 1),
        earmark=None,
        lot_status=status,
        in_stock=available,
        available=available,
    )


EARLY, LATE = date(2027, 1, 31), date(2028, 1, 31)


def test_the_reserve_is_kept_from_what_keeps_longest():
    lots = [a_lot(1, 50, EARLY), a_lot(2, 30, LATE), a_lot(3, 20)]

    assert kept_back(lots, 40) == {UUID(int=3): 20, UUID(int=2): 20}


def test_a_lot_that_is_held_can_be_no_reserve():
    lots = [a_lot(1, 50, EARLY), a_lot(2, 30, LATE, status="quarantined")]

    assert kept_back(lots, 10) == {UUID(int=1): 10}


@given(
    stock=st.lists(st.integers(0, 40), max_size=5),
    reserve=st.integers(0, 120),
)
def test_what_is_kept_is_the_reserve_or_all_there_is(stock, reserve):
    lots = [a_lot(number, free) for number, free in enumerate(stock)]

    kept = kept_back(lots, reserve)

    assert sum(kept.values()) == min(reserve, sum(stock))
    assert sum(lot.free for lot in without(lots, kept)) == max(0, sum(stock) - reserve)


@pytest.mark.parametrize(
    ("text", "weight"), [("2", 2), ("1/3", Fraction(1, 3)), ("1,5", Fraction(3, 2))]
)
def test_a_weight_is_read_exactly(text, weight):
    assert read_weight("W-A", text) == weight


@pytest.mark.parametrize("text", ["", "heavy", "1/0", "nan", "inf"])
def test_what_is_no_number_is_refused_with_the_unit(text):
    with pytest.raises(MalformedConditionError, match="W-A"):
        read_weight("W-A", text)


@pytest.mark.parametrize(
    "conditions",
    [
        {"reserve": -1},
        {"reserve": True},
        {"weights": {"W-A": Fraction(0)}},
        {"weights": {"W-A": Fraction(101)}},
        {"caps": {"W-A": -5}},
    ],
)
def test_absurd_conditions_are_refused(conditions):
    with pytest.raises(MalformedConditionError):
        Conditions(**conditions)


def test_conditions_come_back_as_they_were_written():
    conditions = Conditions(5, {"W-B": Fraction(3, 2)}, {"W-A": 7})

    assert Conditions.from_json(conditions.as_json()) == conditions
