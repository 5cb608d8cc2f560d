"""Who had the own dashboard open all month reads what is told of the month.

INV-18. The dashboard, its stream, webhooks and letters show at every handover how
much of each product was accepted, all of one handover at once; letters and the story
show sums of that. What they never show is the kind of place, and what is told of a
frozen month must not give it away. Another donor's lines say nothing of one's own
handovers, so every reader of all snapshots knows of a donor at most what the donor
does.
"""

from collections import Counter, defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.donors.domain.masking.delivery import Delivery
from services.donors.domain.masking.grouping import Because, Policy, tell_month
from services.donors.domain.masking.rounding import behind

OCTOBER = date(2026, 10, 1)
INSIDE, OUTSIDE = "detention", "community"
UNITS = {
    "F": ("W-A", "W-ANT"),
    "B": ("B-1", "B-MED"),
    "H": ("H-1",),
    "S": ("S-1",),
}
"""Who takes part in a handover, by facility: one large unit, or one of few people."""
AUDIENCE = {"F": INSIDE, "B": INSIDE, "H": OUTSIDE, "S": OUTSIDE}
PEOPLE = {"W-A": 120, "B-1": 100, "H-1": 20, "W-ANT": None, "B-MED": None, "S-1": None}
CATEGORY = {"SOAP": "hygiene", "COMB": "hygiene", "PADS": "menstrual", "BOOK": "learn"}
MANY_PLACES = Policy(people=PEOPLE, places={INSIDE: 3, OUTSIDE: 3})
FEW_PLACES = Policy(people=PEOPLE, places={INSIDE: 3, OUTSIDE: 2})

goods = st.dictionaries(
    st.tuples(st.sampled_from(sorted(CATEGORY)), st.integers(0, 1)),
    st.integers(1, 40),
    min_size=1,
    max_size=4,
)
handovers = st.lists(
    st.tuples(st.sampled_from(sorted(UNITS)), goods), min_size=1, max_size=6
)


def delivered(number, facility, goods):
    """Give one handover's deliveries; the place in UNITS says which unit got what."""
    units = UNITS[facility]
    return [
        Delivery(
            product_code=name,
            category=CATEGORY[name],
            sensitivity=0,
            month=OCTOBER,
            unit_code=units[min(which, len(units) - 1)],
            audience=AUDIENCE[facility],
            quantity=quantity,
            handover=f"handover {number}",
        )
        for (name, which), quantity in goods.items()
    ]


def month_of(handovers):
    return [
        each
        for number, (facility, goods) in enumerate(handovers)
        for each in delivered(number, facility, goods)
    ]


def seen(month):
    """Give what the open dashboard showed: sums by handover and product."""
    shown = defaultdict(Counter)
    for each in month:
        shown[each.handover][each.product_code] += each.quantity
    return list(shown.values())


def possible_shares(month, lines):
    """Give what may have gone inside of each product, for every way that fits."""
    moments = seen(month)
    for way in product((True, False), repeat=len(moments)):
        inside, outside = Counter(), Counter()
        for moment, is_inside in zip(moments, way, strict=True):
            (inside if is_inside else outside).update(moment)
        if fits(lines, inside, outside):
            yield inside


def fits(lines, inside, outside):
    scopes = defaultdict(dict)
    for line in lines:
        if line.audience is not None:
            names = frozenset(
                [line.product_code]
                if line.product_code
                else [name for name in CATEGORY if CATEGORY[name] == line.category]
            )
            scopes[names][line.audience] = line.quantity
    return all(
        is_told(told, audience, sum(went[name] for name in names))
        for names, told in scopes.items()
        for audience, went in ((INSIDE, inside), (OUTSIDE, outside))
    )


def is_told(told, audience, quantity):
    if audience not in told:
        return quantity == 0
    known = behind(told[audience])
    return known.lowest <= quantity <= known.highest


def few(month, policy):
    """Name the products of which some kind of place got something for few people."""
    cells = defaultdict(list)
    for each in month:
        cells[each.product_code, each.audience].append(each)
    return {name for (name, _), cell in cells.items() if policy.is_few(cell)}


def assert_open(month, lines, names, threshold):
    shares = list(possible_shares(month, lines))
    totals = sum(seen(month), Counter())
    for name in names:
        width = max(each[name] for each in shares) - min(each[name] for each in shares)
        assert width >= min(threshold, totals[name]), name


@given(handovers=handovers)
@settings(deadline=None, max_examples=200)
def test_who_saw_every_handover_cannot_pin_what_few_people_got(handovers):
    month = month_of(handovers)

    lines = tell_month(month, MANY_PLACES)

    assert_open(month, lines, few(month, MANY_PLACES), MANY_PLACES.threshold)


@given(handovers=handovers)
@settings(deadline=None)
def test_nor_which_of_two_places_got_anything(handovers):
    month = month_of(handovers)
    outside = {each.category for each in month if each.audience == OUTSIDE}
    names = {each.product_code for each in month if each.category in outside}

    lines = tell_month(month, FEW_PLACES)

    assert_open(month, lines, names, FEW_PLACES.threshold)


@given(handovers=handovers)
@settings(deadline=None)
def test_everything_handed_over_lies_behind_exactly_one_line(handovers):
    month = month_of(handovers)

    lines = tell_month(month, MANY_PLACES)

    for category in {each.category for each in month}:
        told = [line for line in lines if line.category in {category, None}]
        assert told
        keys = [(line.product_code, line.category, line.audience) for line in lines]
        assert len(keys) == len(set(keys))


def places_of(lines, category):
    return {line.audience for line in lines if line.category == category}


def test_a_sum_that_only_one_way_of_two_handovers_gives_loses_its_place():
    month = month_of(
        [
            ("F", {("COMB", 1): 12, ("SOAP", 0): 100}),
            ("H", {("COMB", 0): 30, ("SOAP", 0): 60}),
        ]
    )

    assert places_of(tell_month(month, MANY_PLACES), "hygiene") == {None}


def test_a_sum_that_two_ways_give_keeps_its_place():
    month = month_of(
        [
            ("F", {("COMB", 1): 12, ("SOAP", 0): 68}),
            ("H", {("COMB", 0): 30, ("SOAP", 0): 50}),
        ]
    )

    lines = tell_month(month, MANY_PLACES)

    assert places_of(lines, "hygiene") == {INSIDE, OUTSIDE}
    assert {line.product_code for line in lines} == {None}


def test_books_that_came_along_would_tell_where_the_few_pads_went():
    month = month_of(
        [
            ("F", {("PADS", 1): 12, ("BOOK", 0): 80}),
            ("H", {("PADS", 0): 30, ("BOOK", 0): 20}),
        ]
    )

    lines = tell_month(month, MANY_PLACES)

    (books,) = [line for line in lines if line.category == "learn"]
    assert books.audience is None
    assert books.because == (Because.CAN_BE_WORKED_OUT,)
    assert books.reasons_told == (Because.FEW_PEOPLE,)


def test_books_that_came_along_would_tell_which_of_two_places_got_little():
    month = month_of(
        [("F", {("SOAP", 0): 40, ("BOOK", 0): 80}), ("H", {("SOAP", 0): 4})]
    )

    lines = tell_month(month, FEW_PLACES)

    assert places_of(lines, "learn") == {None}


def test_books_that_came_with_nothing_for_few_people_keep_their_places():
    month = month_of(
        [
            ("F", {("PADS", 1): 12}),
            ("H", {("PADS", 0): 30}),
            ("F", {("BOOK", 0): 80}),
            ("H", {("BOOK", 0): 20}),
        ]
    )

    lines = tell_month(month, MANY_PLACES)

    assert places_of(lines, "learn") == {INSIDE, OUTSIDE}


@pytest.mark.parametrize("count", [30, 60])
def test_a_month_of_many_handovers_is_audited_in_a_moment(count):
    """The search ends, found or not; what it does not find is told coarser."""
    month = month_of(
        [
            (
                "FH"[number % 2],
                {("SOAP", 0): 20 + number, ("COMB", number % 2): 1 + number % 7},
            )
            for number in range(count)
        ]
    )

    assert {line.category for line in tell_month(month, MANY_PLACES)} == {"hygiene"}
