"""Months, quarters and corrections, with somebody who reads every line of them.

INV-17: every delivery is told exactly once. INV-18: nobody pins what few people got.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.donors.domain.masking.delivery import Delivery
from services.donors.domain.masking.freezing import (
    Known,
    LineKind,
    OwnMove,
    freeze,
    last_of,
    next_month,
)
from services.donors.domain.masking.grouping import Because, Policy, tell_month
from services.donors.domain.masking.rounding import behind

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (10, 11, 12))
MONTHS = (OCTOBER, NOVEMBER, DECEMBER, date(2027, 1, 1))
AUDIENCE = {
    "W-A": "detention",
    "W-ANT": "detention",
    "H-1": "community",
    "S-1": "community",
}
POLICY = Policy(
    people={"W-A": 120, "W-ANT": None, "H-1": 20, "S-1": None},
    places={"detention": 3, "community": 3},
)
GOODS = {
    "SOAP": ("hygiene", 0),
    "COMB": ("hygiene", 0),
    "BOOK": ("education", 0),
    "MED": ("medicine", 1),
    "PREN": ("medicine", 2),
}


def delivered(product_code, unit_code, quantity, month=OCTOBER):
    category, sensitivity = GOODS[product_code]
    return Delivery(
        product_code=product_code,
        category=category,
        sensitivity=sensitivity,
        month=month,
        unit_code=unit_code,
        audience=AUDIENCE[unit_code],
        quantity=quantity,
        handover=unit_code,
    )


some_deliveries = st.lists(
    st.builds(
        delivered,
        st.sampled_from(sorted(GOODS)),
        st.sampled_from(sorted(AUDIENCE)),
        st.integers(1, 25),
        st.sampled_from(MONTHS),
    ),
    min_size=1,
    max_size=9,
)
late_changes = st.lists(
    st.tuples(st.sampled_from(MONTHS), st.integers(0, 8), st.integers(0, 25)),
    max_size=4,
)
"""Before which month is frozen, which delivery, and what it is corrected to."""


def frozen_in_turn(deliveries, changes):
    """Freeze every month, correcting earlier ones in between; give each snapshot
    with what stood in the books at that moment."""
    current, accounted = list(deliveries), []
    for month in MONTHS:
        for before, place, quantity in changes:
            if before == month and place < len(current):
                current[place] = replace(current[place], quantity=quantity)
        standing = [each for each in current if each.quantity and each.month <= month]
        snapshot = freeze(month, Known(standing, accounted), POLICY)
        accounted = [*accounted, *snapshot.accounted]
        yield month, snapshot, standing, accounted


@given(deliveries=some_deliveries, changes=late_changes)
@settings(deadline=None)
def test_everything_is_accounted_for_exactly_once(deliveries, changes):
    for _, _, standing, accounted in frozen_in_turn(deliveries, changes):
        left = Counter()
        for each in standing:
            left[each.month, each.product_code, each.unit_code] += each.quantity
        for each in accounted:
            atom = each.delivery
            left[atom.month, atom.product_code, atom.unit_code] -= atom.quantity

        assert not any(left.values())


@given(deliveries=some_deliveries, changes=late_changes)
@settings(deadline=None)
def test_only_a_month_of_its_own_names_a_place_or_a_product(deliveries, changes):
    for month, snapshot, _, _ in frozen_in_turn(deliveries, changes):
        for told in snapshot.lines:
            if told.kind is not LineKind.DELIVERED:
                assert told.line.audience is None
                assert told.line.product_code is None
            if told.kind is LineKind.CORRECTION:
                assert told.last < month or told.line.category is None
                assert told.line.people is None
            if told.line.product_code in {"MED", "PREN"}:
                pytest.fail("goods that hint at somebody are told by product")


@given(deliveries=some_deliveries, changes=late_changes)
@settings(deadline=None, max_examples=150)
def test_who_reads_every_snapshot_cannot_pin_what_few_people_got(deliveries, changes):
    # the reader knows the own exact totals of every month, as they stood when it
    # was frozen, all lines of all months, and the rule of rounding
    for month, snapshot, standing, _ in frozen_in_turn(deliveries, changes):
        of_month = [
            each for each in standing if each.month == month and not each.sensitivity
        ]
        told = [each.line for each in snapshot.lines if each.line.audience]
        for category in {each.category for each in of_month}:
            part = [each for each in of_month if each.category == category]
            lines = [line for line in told if line.category == category]
            assert_open(part, lines)


def assert_open(part, lines):
    totals = Counter()
    cells = defaultdict(list)
    for each in part:
        totals[each.product_code] += each.quantity
        cells[each.product_code, each.audience].append(each)
    possible = list(possible_shares(totals, lines))
    for (name, _), cell in cells.items():
        if POLICY.is_few(cell):
            shares = [share[name] for share in possible]
            width = max(shares) - min(shares)
            assert width >= min(POLICY.threshold, totals[name])


def possible_shares(totals, lines):
    """Give every share of detention in each product that fits what is told."""
    names = sorted(totals)
    for shares in product(*(range(totals[name] + 1) for name in names)):
        share = dict(zip(names, shares, strict=True))
        if all(fits(line, share, totals) for line in lines):
            yield share


def fits(line, share, totals):
    names = [line.product_code] if line.product_code else list(totals)
    within = sum(
        share[name] if line.audience == "detention" else totals[name] - share[name]
        for name in names
    )
    told = behind(line.quantity)
    return told.lowest <= within <= told.highest


def shares_among(total, count):
    if count == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in shares_among(total - first, count - 1):
            yield first, *rest


@pytest.mark.parametrize("totals", [{"SOAP": 20}, {"SOAP": 12, "COMB": 4}])
def test_nor_can_who_runs_the_rule_over_every_month_there_may_have_been(totals):
    # knows besides how many people live where, and asks of every possible month
    # whether the rule would have told it just so
    units = list(AUDIENCE)
    told_so = defaultdict(list)
    shares = (list(shares_among(total, len(units))) for total in totals.values())
    for parts in product(*shares):
        month = [
            delivered(name, unit, quantity)
            for name, part in zip(totals, parts, strict=True)
            for unit, quantity in zip(units, part, strict=True)
            if quantity
        ]
        lines = tell_month(month, POLICY)
        key = tuple(
            (
                line.product_code,
                line.audience,
                line.quantity,
                line.people,
                *line.reasons_told,
            )
            for line in lines
        )
        told_so[key].append(month)

    for months in told_so.values():
        for name, total in totals.items():
            inside = {in_detention(month, name) for month in months}
            if any(has_few(month, name) for month in months):
                assert max(inside) - min(inside) >= min(POLICY.threshold, total)


def in_detention(month, name):
    return sum(
        each.quantity
        for each in month
        if each.product_code == name and each.audience == "detention"
    )


def has_few(month, name):
    for audience in ("detention", "community"):
        part = [
            each
            for each in month
            if each.product_code == name and each.audience == audience
        ]
        if part and POLICY.is_few(part):
            return True
    return False


def test_a_correction_without_effect_on_any_number_is_still_admitted():
    before = freeze(OCTOBER, Known([delivered("SOAP", "W-A", 40)]), POLICY)

    after = freeze(
        NOVEMBER, Known([delivered("SOAP", "H-1", 40)], before.accounted), POLICY
    )

    (told,) = after.lines
    assert (told.kind, told.line.quantity) == (LineKind.CORRECTION, None)


def test_sensitive_goods_wait_for_their_quarter_and_are_told_once():
    october = freeze(OCTOBER, Known([delivered("PREN", "W-A", 24)]), POLICY)
    so_far = [delivered("PREN", "W-A", 24), delivered("PREN", "H-1", 26, DECEMBER)]
    november = freeze(NOVEMBER, Known(so_far[:1], october.accounted), POLICY)
    december = freeze(DECEMBER, Known(so_far, october.accounted), POLICY)

    assert list(october.lines) == list(november.lines) == []
    (told,) = december.lines
    assert (told.kind, told.first, told.last) == (
        LineKind.QUARTER,
        OCTOBER,
        date(2026, 12, 31),
    )
    assert told.line.quantity == 50


def test_what_was_told_by_month_is_not_told_again_when_it_becomes_sensitive():
    before = freeze(OCTOBER, Known([delivered("SOAP", "W-A", 40)]), POLICY)
    now = [replace(delivered("SOAP", "W-A", 40), sensitivity=2)]

    unchanged = freeze(DECEMBER, Known(now, before.accounted), POLICY)
    less = [replace(now[0], quantity=20)]
    corrected = freeze(DECEMBER, Known(less, before.accounted), POLICY)

    assert list(unchanged.lines) == []
    (told,) = corrected.lines
    assert (told.kind, told.line.quantity) == (LineKind.CORRECTION, -20)


def test_a_late_correction_of_sensitive_goods_waits_for_the_quarter_too():
    first = freeze(DECEMBER, Known([delivered("PREN", "W-A", 60, DECEMBER)]), POLICY)
    now = [delivered("PREN", "W-A", 30, DECEMBER)]

    january = freeze(date(2027, 1, 1), Known(now, first.accounted), POLICY)
    march = freeze(
        date(2027, 3, 1), Known(now, [*first.accounted, *january.accounted]), POLICY
    )

    assert list(january.lines) == []
    (told,) = march.lines
    assert (told.kind, told.line.category) == (LineKind.CORRECTION, None)
    assert (told.first, told.last, told.line.quantity) == (
        DECEMBER,
        date(2026, 12, 31),
        -30,
    )


def test_what_came_in_and_was_lost_is_told_by_category_in_tens():
    moves = [
        OwnMove("SOAP", "hygiene", 0, 118, 4),
        OwnMove("COMB", "hygiene", 0, 30, 9),
        OwnMove("PREN", "medicine", 2, 50, 0),
    ]

    snapshot = freeze(OCTOBER, Known(month_moves=moves), POLICY)

    (told,) = snapshot.lines
    assert (told.kind, told.line.category) == (LineKind.OWN, "hygiene")
    assert (told.received, told.lost) == (150, 10)


def test_a_donor_is_not_told_that_something_could_be_worked_out():
    month = [delivered("SOAP", "W-ANT", 25), delivered("COMB", "W-A", 5)]

    (line,) = tell_month(month, POLICY)

    assert line.because == (Because.CAN_BE_WORKED_OUT,)
    assert line.reasons_told == (Because.FEW_PEOPLE,)


def test_months_know_their_neighbours_and_their_end():
    assert next_month(DECEMBER) == date(2027, 1, 1)
    assert last_of(date(2028, 2, 1)) == date(2028, 2, 29)
