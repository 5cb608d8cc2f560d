"""A pick answers what the list asks for, and never more."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.domain.outbound_errors import (
    HoldsMissingError,
    MoreThanAskedError,
)
from services.inventory.domain.picking import (
    HeldGoods,
    PickLine,
    Source,
    choose_source,
    plan_pick_lines,
    plan_take,
)
from services.inventory.domain.reservation import AskedLine

FIRST, SECOND = UUID(int=1), UUID(int=2)
RUN = UUID(int=77)


def held(
    quantity: int,
    location_code: str = "A-01",
    *,
    lot_id: UUID = FIRST,
    withdrawn: int = 0,
    unit_code: str = "U-1",
) -> HeldGoods:
    return HeldGoods(
        RUN, unit_code, "SOAP-BAR", lot_id, location_code, quantity, withdrawn
    )


def a_line(
    quantity: int,
    *,
    picked: int = 0,
    lot_id: UUID = FIRST,
    location_code: str = "A-01",
    line_id: int = 1,
) -> PickLine:
    return PickLine(
        UUID(int=line_id),
        RUN,
        "U-1",
        "SOAP-BAR",
        lot_id,
        location_code,
        quantity,
        quantity,
        picked,
    )


class TestPlanPickLines:
    def test_follows_the_walk_through_the_store(self):
        asked = [AskedLine("U-1", "SOAP-BAR", FIRST, 40)]

        lines = plan_pick_lines("C-1", asked, [held(30, "B-02"), held(30, "A-01")])

        assert [(line.location_code, line.quantity) for line in lines] == [
            ("A-01", 30),
            ("B-02", 10),
        ]

    def test_waits_while_the_hold_has_not_arrived(self):
        asked = [AskedLine("U-1", "SOAP-BAR", FIRST, 40)]

        with pytest.raises(HoldsMissingError) as refusal:
            plan_pick_lines("C-1", asked, [held(30), held(90, unit_code="U-2")])

        assert refusal.value.transient
        assert refusal.value.facts["held"] == 30

    def test_goods_withdrawn_meanwhile_are_planned_but_not_picked(self):
        asked = [AskedLine("U-1", "SOAP-BAR", FIRST, 40)]

        lines = plan_pick_lines("C-1", asked, [held(30, withdrawn=10)])

        assert [(line.planned, line.quantity) for line in lines] == [(40, 30)]

    def test_a_unit_named_twice_gets_one_line(self):
        asked = [AskedLine("U-1", "SOAP-BAR", FIRST, 20)] * 2

        lines = plan_pick_lines("C-1", asked, [held(40)])

        assert [(line.planned, line.quantity) for line in lines] == [(40, 40)]

    def test_what_is_held_is_never_planned_twice(self):
        asked = [AskedLine("U-1", "SOAP-BAR", FIRST, 20)] * 2

        with pytest.raises(HoldsMissingError):
            plan_pick_lines("C-1", asked, [held(30)])


class TestPlanTake:
    def test_answers_the_lines_of_the_scanned_place_first(self):
        here = a_line(10, location_code="B-01", line_id=1)
        there = a_line(10, location_code="A-01", line_id=2)

        plan = plan_take([there, here], Source(FIRST, "B-01"), 12)

        assert [(take.line, take.quantity) for take in plan.asked] == [(here, 10)]
        assert [(take.line, take.quantity) for take in plan.shifted] == [(there, 2)]

    def test_another_lot_replaces_only_what_is_still_open(self):
        line = a_line(10, picked=4)

        plan = plan_take([line], Source(SECOND, "A-01"), 6)

        assert [(take.line, take.quantity) for take in plan.replaced] == [(line, 6)]

    def test_refuses_more_than_the_product_is_asked_for(self):
        with pytest.raises(MoreThanAskedError) as refusal:
            plan_take([a_line(10, picked=4)], Source(FIRST, "A-01"), 7)

        assert refusal.value.facts == {
            "product_code": "SOAP-BAR",
            "scanned": 7,
            "still_asked": 6,
        }

    @given(
        sizes=st.lists(
            st.tuples(
                st.integers(1, 20),
                st.sampled_from([FIRST, SECOND]),
                st.sampled_from(["A-01", "A-02"]),
            ),
            min_size=1,
            max_size=6,
        ),
        quantity=st.integers(1, 60),
    )
    def test_what_is_taken_is_what_was_scanned_and_no_line_gives_too_much(
        self, sizes, quantity
    ):
        """INV-03: picked plus still open is what was asked."""
        lines = [
            a_line(size, lot_id=lot_id, location_code=place, line_id=number)
            for number, (size, lot_id, place) in enumerate(sizes)
        ]
        total = sum(line.open for line in lines)
        if quantity > total:
            with pytest.raises(MoreThanAskedError):
                plan_take(lines, Source(FIRST, "A-01"), quantity)
            return

        plan = plan_take(lines, Source(FIRST, "A-01"), quantity)

        takes = plan.asked + plan.moved
        assert sum(take.quantity for take in takes) == quantity
        assert all(0 < take.quantity <= take.line.open for take in takes)
        assert len({take.line.line_id for take in takes}) == len(takes)


class TestChooseSource:
    def test_prefers_the_lot_the_list_asks_for(self):
        sources = [Source(SECOND, "A-01"), Source(FIRST, "A-01")]

        assert choose_source([a_line(5)], sources, 5) == Source(FIRST, "A-01")

    def test_takes_the_first_place_of_the_walk_when_all_suit(self):
        lines = [a_line(5, line_id=1), a_line(9, location_code="B-01", line_id=2)]
        sources = [Source(FIRST, "A-01"), Source(FIRST, "B-01")]

        assert choose_source(lines, sources, 5) == Source(FIRST, "A-01")
        assert choose_source(lines, sources, 9) == Source(FIRST, "B-01")
