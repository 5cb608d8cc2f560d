"""What left and what arrived is booked on the promises it belongs to."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.allotment import (
    Allotment,
    AllotmentState,
    SentLine,
    dispatched,
    share_out,
)
from services.distribution.domain.handover import GateLine, RefusalReason, settled

DAY = date(2026, 11, 26)
LOT, OTHER = UUID(int=1), UUID(int=2)


def an_allotment(number=1, quantity=10, lot_id=LOT, unit_code="W-A", **facts):
    return Allotment(
        allotment_id=UUID(int=100 + number),
        run_id=UUID(int=7),
        requisition_id=UUID(int=50 + number),
        unit_code=unit_code,
        product_code="SOAP",
        lot_id=lot_id,
        quantity=quantity,
        state=AllotmentState.RESERVED,
        due_on=DAY,
        consignment_number="C-2026-0001",
        **facts,
    )


def sent(quantity, lot_id=LOT, unit_code="W-A"):
    return SentLine(unit_code, "SOAP", lot_id, quantity)


class TestDispatched:
    def test_what_was_not_picked_is_missing_from_the_least_urgent(self):
        now, moved = dispatched([sent(15)], [an_allotment(1), an_allotment(2)])

        assert [each.dispatched for each in now] == [10, 5]
        assert moved == []
        assert {each.state for each in now} == {AllotmentState.IN_TRANSIT}

    def test_a_pick_from_another_lot_moves_the_promise_there(self):
        now, moved = dispatched([sent(6), sent(4, OTHER)], [an_allotment(1)])

        assert [(each.quantity, each.dispatched) for each in now] == [(6, 6)]
        assert [(each.lot_id, each.quantity) for each in moved] == [(OTHER, 4)]

    def test_a_line_that_is_not_named_did_not_leave(self):
        now, _ = dispatched([], [an_allotment(1)])

        assert [each.dispatched for each in now] == [0]
        assert now[0].underway == 0

    def test_nothing_that_left_vanishes_even_beyond_every_promise(self):
        now, _ = dispatched([sent(25)], [an_allotment(1), an_allotment(2)])

        assert sum(each.dispatched for each in now) == 25

    @given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.integers(0, 60))
    def test_the_parts_add_up_to_what_left(self, quantities, left):
        allotments = [an_allotment(n, q) for n, q in enumerate(quantities)]

        now, moved = dispatched([sent(left // 2), sent(left // 2, OTHER)], allotments)

        booked = sum(each.dispatched for each in now) + sum(m.quantity for m in moved)
        assert booked == 2 * (left // 2)


class TestSettled:
    def test_the_most_urgent_requisition_gets_the_good_goods(self):
        promises = [
            replace(an_allotment(n), state=AllotmentState.IN_TRANSIT, dispatched=10)
            for n in (1, 2)
        ]
        seen = GateLine("W-A", "SOAP", LOT, 13, 4, RefusalReason.NOT_ON_LIST, 2, 1)

        first, second = settled([seen], promises, DAY)

        assert (first.accepted, first.refused) == (10, 0)
        assert (second.accepted, second.refused) == (3, 4)
        assert (second.damaged, second.short) == (2, 1)

    def test_a_promise_of_which_nothing_left_is_over_too(self):
        empty = replace(an_allotment(1), state=AllotmentState.IN_TRANSIT)

        (ended,) = settled([], [empty], DAY)

        assert ended.state is AllotmentState.HANDED_OVER


@given(st.integers(0, 100), st.lists(st.integers(0, 40), max_size=6))
def test_a_share_never_passes_its_place_nor_the_whole(quantity, room):
    given_out = share_out(quantity, room)

    assert all(part <= place for part, place in zip(given_out, room, strict=True))
    assert sum(given_out) == min(quantity, sum(room))
