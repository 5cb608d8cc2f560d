"""The forecast keeps its word: exact, first expired first, nothing too late."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.inventory.domain.forecast import (
    HORIZON_DAYS,
    Band,
    Basis,
    Comparison,
    PastUse,
    UsableLot,
    band_of,
    expected_use,
    score,
    walk,
)

TODAY = date(2026, 11, 22)


def a_lot(number, quantity, days=None):
    last = None if days is None else TODAY + timedelta(days=days)
    return UsableLot(UUID(int=number), quantity, last, TODAY)


rates = st.fractions(min_value=0, max_value=50, max_denominator=60)
lots = st.lists(
    st.tuples(st.integers(1, 500), st.none() | st.integers(-40, 400)), max_size=8
).map(lambda made: [a_lot(n, *each) for n, each in enumerate(made, 1)])


def test_what_is_used_in_time_and_what_is_not():
    found = walk([a_lot(2, 50, 99), a_lot(1, 30, 9)], Fraction(2), TODAY)

    first, second = found.lots
    assert (first.lot_id, first.used, first.left) == (UUID(int=1), 20, 10)
    assert (second.used, second.left) == (50, 0)
    assert second.used_up_on == TODAY + timedelta(days=34)
    assert found.stock_out_on == TODAY + timedelta(days=35)
    assert found.left == 10


def test_goods_past_their_last_day_are_a_stock_out():
    found = walk([a_lot(1, 30, -1)], Fraction(1), TODAY)

    assert found.stock_out_on == TODAY
    assert found.left == 30
    assert band_of(found.stock_out_on, Fraction(1), TODAY) is Band.OUT


def test_the_days_a_receiver_needs_end_a_lot_before_its_expiry():
    lot = UsableLot.of(
        UUID(int=1),
        5,
        expires_on=date(2027, 1, 31),
        min_days_at_dispatch=60,
        received_on=TODAY,
    )

    assert lot.last_day == date(2026, 12, 2)


def test_what_nobody_uses_never_runs_out_and_is_left_over():
    found = walk([a_lot(1, 30, 10), a_lot(2, 5)], Fraction(0), TODAY)

    assert found.stock_out_on is None
    assert [each.left for each in found.lots] == [30, 0]
    assert band_of(None, Fraction(0), TODAY) is Band.UNUSED


@given(lots, rates)
def test_no_unit_is_used_after_the_last_day_of_its_lot(some, per_day):
    used_before = 0
    for each in walk(some, per_day, TODAY).lots:
        used_before += each.used
        if each.used and each.last_day:
            days = ceil(used_before / per_day)
            assert TODAY + timedelta(days=days - 1) <= each.last_day


@given(lots, rates)
def test_the_first_to_expire_is_used_first(some, per_day):
    found = walk(some, per_day, TODAY).lots

    days = [each.last_day or date.max for each in found]
    assert days == sorted(days)
    used = 0
    for before, after in pairwise(found):
        used += before.used
        if after.used and before.left:
            # all that was asked for in its days went out of it or of earlier ones
            open_days = max((before.last_day - TODAY).days + 1, 0)
            assert used + 1 > per_day * open_days


@given(lots, rates)
def test_never_more_is_used_than_there_is_or_is_asked_for(some, per_day):
    found = walk(some, per_day, TODAY)

    used = sum(each.used for each in found.lots)
    assert used <= sum(each.quantity for each in some)
    dated = [each for each in found.lots if each.last_day]
    if dated:
        days = max((dated[-1].last_day - TODAY).days + 1, 0)
        assert sum(each.used for each in dated) <= per_day * days
    if found.stock_out_on and found.stock_out_on > TODAY:
        days = (found.stock_out_on - TODAY).days + 1
        assert used + 1 <= per_day * days


@given(lots, rates, st.integers(1, 300), st.none() | st.integers(0, 400))
def test_more_stock_never_brings_the_end_nearer(some, per_day, quantity, days):
    far = TODAY + timedelta(days=HORIZON_DAYS * 9)
    before = walk(some, per_day, TODAY).stock_out_on or far
    more = [*some, a_lot(99, quantity, days)]

    assert (walk(more, per_day, TODAY).stock_out_on or far) >= before


@given(lots, rates, rates)
def test_more_use_leaves_less_over_and_ends_earlier(some, one, other):
    slow, fast = sorted((one, other))
    far = TODAY + timedelta(days=HORIZON_DAYS * 9)

    assert walk(some, fast, TODAY).left <= walk(some, slow, TODAY).left
    if slow:
        assert (walk(some, fast, TODAY).stock_out_on or far) <= (
            walk(some, slow, TODAY).stock_out_on or far
        )


@given(st.permutations([a_lot(1, 4, 3), a_lot(2, 9, 3), a_lot(3, 5), a_lot(4, 2, 90)]))
def test_the_order_in_which_lots_are_told_does_not_matter(some):
    usual = [a_lot(1, 4, 3), a_lot(2, 9, 3), a_lot(3, 5), a_lot(4, 2, 90)]

    assert walk(some, Fraction(1, 3), TODAY) == walk(usual, Fraction(1, 3), TODAY)


def test_recent_weeks_count_more():
    assert PastUse((60, 30, 0), 90).per_day == Fraction(240, 180)
    assert PastUse((0, 0, 90), 90).per_day == Fraction(90, 180)


def test_days_before_the_first_receipt_say_nothing():
    assert PastUse((20, 0, 0), 10).per_day == 2
    assert PastUse((45, 15, 0), 45).per_day == Fraction(
        3 * 45 + 2 * 15, 3 * 30 + 2 * 15
    )
    assert PastUse().per_day == 0


def test_returns_never_make_use_negative():
    assert PastUse((-5, 0, 0), 90).per_day == 0


def test_a_short_history_gives_way_to_a_larger_need():
    short = PastUse((10, 0, 0), 10)

    assert expected_use(300, short).basis is Basis.NEED
    assert expected_use(3, short).basis is Basis.HISTORY
    assert expected_use(300, short).per_day == 10


def test_a_long_history_counts_up_to_what_is_due():
    long = PastUse((60, 60, 60), 90)

    assert expected_use(90, long).basis is Basis.HISTORY
    assert expected_use(30, long).per_day == 1
    assert expected_use(30, long).basis is Basis.NEED
    assert expected_use(None, long).per_month == 60


def test_an_empty_shelf_is_needed_all_the_same():
    assert expected_use(90, PastUse((0, 0, 0), 90)).per_day == 3


def test_neither_need_nor_history_is_said_as_such():
    assert expected_use(None, PastUse()).basis is Basis.NOTHING
    assert expected_use(0, PastUse((9, 0, 0), 90)).per_day == 0


def test_misses_of_many_products_are_weighed_by_what_left():
    found = score([Comparison(30, 20), Comparison(10, 20)])

    assert (found.error, found.bias) == (Fraction(1, 2), 0)
    assert score([Comparison(5, 0)]).error is None


def test_bands_follow_the_days_of_cover():
    def band(days):
        return band_of(TODAY + timedelta(days=days), Fraction(1), TODAY)

    assert [band(days) for days in (0, 1, 13, 14, 30, 90)] == [
        Band.OUT,
        Band.DAYS,
        Band.DAYS,
        Band.WEEKS,
        Band.MONTHS,
        Band.PLENTY,
    ]
