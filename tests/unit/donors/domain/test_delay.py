"""Goods that could tell where a delivery went are shown late (DOMAIN.md 5.3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.donors.domain.delay import (
    Freezes,
    as_shown,
    may_be_frozen_through,
    must_wait,
)
from services.donors.domain.totals import Totals
from tests.unit.donors.builders import a_lot

FACILITIES = {
    "F1": frozenset({"women", "children"}),
    "F2": frozenset({"women"}),
    "F3": frozenset({"women", "boys"}),
}
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("sensitivity", "earmarks", "waits"),
    [
        (0, [], False),
        (1, [], True),
        (2, [], True),
        (None, [], True),
        (0, [("women",)], False),
        (0, [("children",)], True),
        (0, [("boys", "children")], True),
        (0, [("nobody",)], True),
        (0, [("women",), ("children",)], True),
        (0, [("women",), ("women",)], False),
    ],
)
def test_sensitive_goods_and_narrow_earmarks_must_wait(sensitivity, earmarks, waits):
    assert must_wait(sensitivity, earmarks, FACILITIES) is waits


@pytest.mark.parametrize(
    ("today", "frozen"),
    [
        (date(2026, 11, 20), date(2026, 9, 30)),
        (date(2026, 11, 29), date(2026, 9, 30)),
        (date(2026, 11, 30), date(2026, 10, 31)),
        (date(2027, 1, 1), date(2026, 11, 30)),
        (date(2027, 3, 2), date(2027, 1, 31)),
    ],
)
def test_a_month_may_be_frozen_thirty_days_after_its_end(today, frozen):
    assert may_be_frozen_through(today) == frozen


SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
FREEZES = Freezes({SEPTEMBER: date(2026, 11, 2), OCTOBER: date(2026, 12, 1)})


@pytest.mark.parametrize(
    ("day", "frozen"),
    [
        (date(2026, 11, 2), date.min),
        (date(2026, 11, 3), date(2026, 9, 30)),
        (date(2026, 12, 1), date(2026, 9, 30)),
        (date(2026, 12, 2), date(2026, 10, 31)),
        (date(2027, 6, 1), date(2026, 10, 31)),
    ],
)
def test_a_freeze_takes_effect_at_the_midnight_after_it(day, frozen):
    """And nothing does without one, however much time has passed."""
    assert FREEZES.through(day) == frozen


def test_nothing_of_today_is_shown():
    lot = a_lot(1, TODAY, received=10)

    assert as_shown([lot], TODAY, FREEZES) is None
    assert as_shown([lot], TODAY + timedelta(days=1), FREEZES).totals.in_stock == 10


def test_what_was_sent_stays_on_the_way_until_its_month_is_frozen():
    sent = a_lot(1, date(2026, 10, 5), received=10, in_transit=10)
    accepted = a_lot(2, date(2026, 10, 9), received=10, accepted=10)

    before = as_shown([sent, accepted], date(2026, 12, 1), FREEZES).totals
    after = as_shown([sent, accepted], date(2026, 12, 2), FREEZES).totals
    assert (before.in_transit, before.accepted) == (10, 0)
    assert (after.in_transit, after.accepted) == (0, 10)


def test_goods_that_come_back_from_a_gate_are_not_seen_to():
    days = [date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 9)]
    stored = a_lot(1, days[0], received=10)
    sent = a_lot(2, days[1], received=10, in_transit=8)
    back = a_lot(3, days[2], received=10, accepted=5)

    shown = as_shown([stored, sent, back], TODAY, FREEZES).totals
    assert (shown.in_stock, shown.in_transit, shown.accepted) == (2, 8, 0)


def test_a_loss_that_may_have_happened_at_a_gate_waits_too():
    sent = a_lot(1, date(2026, 11, 2), received=10, in_transit=10)
    damaged = a_lot(
        2, date(2026, 11, 5), received=10, lost={"DAMAGED": 3, "EXPIRED": 1}
    )

    shown = as_shown([sent, damaged], TODAY, FREEZES).totals
    assert shown.lost_by_reason == {"EXPIRED": 1}


def test_a_second_receipt_into_a_lot_shows_the_day_after():
    first = a_lot(1, date(2026, 11, 2), received=10, in_transit=10)
    second = a_lot(2, date(2026, 11, 5), received=25, in_transit=10)

    assert as_shown([first, second], TODAY, FREEZES).totals.in_stock == 15


def split(received, cuts):
    """Cut what was received into the five buckets."""
    points = sorted(cut % (received + 1) for cut in cuts)
    ends = [*points, received]
    return [end - start for start, end in zip([0, *points], ends, strict=True)]


@st.composite
def histories(draw):
    """A lot's states on days of autumn, in order of version, all adding up."""
    days = sorted(draw(st.sets(st.integers(0, 90), min_size=1, max_size=8)))
    states = []
    for version, offset in enumerate(days, start=1):
        received = draw(st.integers(0, 50))
        cuts = draw(st.lists(st.integers(0, 50), min_size=4, max_size=4))
        stock, transit, accepted, lost, returned = split(received, cuts)
        gate = draw(st.integers(0, lost))
        states.append(
            a_lot(
                version,
                date(2026, 8, 24) + timedelta(days=offset),
                received=received,
                in_transit=transit,
                accepted=accepted,
                lost={"LOST": gate, "EXPIRED": lost - gate},
                returned=returned,
                reserved=draw(st.integers(0, stock)),
            )
        )
    return states


@given(history=histories(), offset=st.integers(0, 120))
def test_what_is_shown_adds_up_on_every_day(history, offset):
    """INV-10: even what is veiled adds up; Totals refuses anything else."""
    shown = as_shown(history, date(2026, 8, 24) + timedelta(days=offset), FREEZES)

    assert shown is None or isinstance(shown.totals, Totals)


@given(history=histories(), today=st.dates(date(2026, 9, 1), date(2026, 12, 20)))
def test_the_order_states_are_kept_in_does_not_matter(history, today):
    shown = as_shown(history, today, FREEZES)

    assert shown == as_shown(history[::-1], today, FREEZES)


@given(history=histories(), today=st.dates(date(2026, 9, 1), date(2026, 12, 20)))
def test_what_was_accepted_this_month_or_last_cannot_be_seen(history, today):
    """Whatever came of what was sent since the freeze, the donor sees the same."""
    frozen = FREEZES.through(today)
    otherwise = [
        state if state.changed_on <= frozen else accepted_instead(state)
        for state in history
    ]

    shown = as_shown(history, today, FREEZES)

    assert shown == as_shown(otherwise, today, FREEZES)


def accepted_instead(state):
    totals = state.totals
    return state.with_totals(
        Totals(
            received=totals.received,
            in_stock=totals.in_stock,
            reserved=totals.reserved,
            in_transit=0,
            accepted=totals.accepted + totals.in_transit,
            lost=totals.lost,
            returned=totals.returned,
            lost_by_reason=totals.lost_by_reason,
        )
    )
