"""How long goods last, and when open goods lapse."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.carrying import CARRIES, CarryRule
from services.distribution.domain.cover import Delivery, days_of_cover, left_over

FIRST = date(2026, 11, 1)


def left(*came, due=30, after=0):
    deliveries = [Delivery(FIRST + timedelta(days=day), n) for day, n in came]
    return left_over(deliveries, due, FIRST + timedelta(days=after))


def test_a_delivery_is_used_up_evenly():
    assert left((0, 30), after=10) == 20


def test_nothing_falls_below_nothing():
    assert left((0, 30), (60, 30), after=70) == 20


def test_deliveries_add_up_in_whatever_order_they_are_told():
    assert left((10, 15), (0, 30), after=20) == left((0, 30), (10, 15), after=20) == 25


def test_what_comes_later_does_not_count_yet():
    assert left((5, 30), after=0) == 0


def test_where_nothing_is_due_nothing_is_used():
    assert left((0, 30), due=0, after=300) == 30
    assert days_of_cover(Fraction(30), 0) is None


def test_cover_is_told_in_whole_days():
    assert days_of_cover(Fraction(20), 31) == 19


@given(st.integers(1, 500), st.integers(0, 90), st.integers(0, 90))
def test_what_is_left_never_grows_with_time(due, early, late):
    earlier, later = sorted((early, late))
    assert left((0, 200), due=due, after=later) <= left(
        (0, 200), due=due, after=earlier
    )


@pytest.mark.parametrize(
    ("days", "last"), [(0, date(2026, 11, 30)), (5, date(2026, 12, 5)), (None, None)]
)
def test_open_goods_are_waited_for_until_the_rule_says(days, last):
    assert CarryRule(FIRST, days).last_day(date(2026, 11, 26)) == last


def test_before_anybody_decides_they_wait_for_ever():
    assert CARRIES.last_day(FIRST) is None
