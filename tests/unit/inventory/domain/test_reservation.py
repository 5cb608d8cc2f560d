"""A run holds all that it was promised of a product, or nothing."""

from collections import defaultdict
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.inventory.domain.reservation import (
    AskedLine,
    FreePlace,
    PlannedHold,
    Shortage,
    plan_reservation,
)

NIGHT, DAY = UUID(int=1), UUID(int=2)


def asked(quantity: int, lot_id: UUID = NIGHT, unit_code: str = "U-1") -> AskedLine:
    return AskedLine(unit_code, "PAD-NIGHT", lot_id, quantity)


def test_places_are_used_in_walking_order():
    free = {NIGHT: [FreePlace("A-02", 50), FreePlace("A-01", 30)]}

    plan = plan_reservation([asked(40)], free)

    assert plan.holds == (
        PlannedHold("U-1", "PAD-NIGHT", NIGHT, "A-01", 30),
        PlannedHold("U-1", "PAD-NIGHT", NIGHT, "A-02", 10),
    )


def test_one_lot_that_falls_short_leaves_no_hold_of_the_product():
    free = {NIGHT: [FreePlace("A-01", 100)], DAY: [FreePlace("A-01", 3)]}

    plan = plan_reservation([asked(10), asked(5, DAY)], free)

    assert plan.holds == ()
    assert plan.shortages == (Shortage(DAY, asked=5, free=3),)


def test_a_lot_without_places_is_wholly_short():
    plan = plan_reservation([asked(10)], {})

    assert plan.shortages == (Shortage(NIGHT, asked=10, free=0),)


def test_two_units_share_a_lot_only_as_far_as_it_goes():
    free = {NIGHT: [FreePlace("A-01", 15)]}

    plan = plan_reservation([asked(10), asked(6, unit_code="U-2")], free)

    assert plan.shortages == (Shortage(NIGHT, asked=16, free=15),)


lots = st.integers(1, 4).map(lambda number: UUID(int=number))
lines = st.lists(
    st.builds(
        AskedLine,
        st.sampled_from(["U-1", "U-2", "U-3"]),
        st.just("PAD-NIGHT"),
        lots,
        st.integers(1, 30),
    ),
    min_size=1,
    max_size=8,
)
places = st.dictionaries(
    lots,
    st.dictionaries(st.sampled_from(["A-01", "A-02", "B-01"]), st.integers(0, 60)).map(
        lambda shelf: [FreePlace(code, free) for code, free in shelf.items()]
    ),
)


@given(wanted=lines, free=places)
def test_never_holds_more_than_is_free_and_covers_every_line_or_none(wanted, free):
    """INV-02: never promise what is not there."""
    plan = plan_reservation(wanted, free)

    held_at: dict[tuple[UUID, str], int] = defaultdict(int)
    held_for: dict[tuple[str, UUID], int] = defaultdict(int)
    for hold in plan.holds:
        held_at[hold.lot_id, hold.location_code] += hold.quantity
        held_for[hold.unit_code, hold.lot_id] += hold.quantity
    wanted_for: dict[tuple[str, UUID], int] = defaultdict(int)
    for line in wanted:
        wanted_for[line.unit_code, line.lot_id] += line.quantity
    offer = {(lot, p.location_code): p.free for lot, ps in free.items() for p in ps}
    assert all(quantity <= offer[place] for place, quantity in held_at.items())
    assert bool(plan.holds) != bool(plan.shortages)
    assert plan.shortages or held_for == wanted_for


@given(wanted=lines, free=places)
def test_is_refused_exactly_when_a_lot_has_less_than_is_asked_of_it(wanted, free):
    plan = plan_reservation(wanted, free)

    total: dict[UUID, int] = defaultdict(int)
    for line in wanted:
        total[line.lot_id] += line.quantity
    short = {
        lot
        for lot, quantity in total.items()
        if sum(place.free for place in free.get(lot, [])) < quantity
    }
    assert {shortage.lot_id for shortage in plan.shortages} == short
