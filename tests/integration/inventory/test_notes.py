"""Goods received notes: counted by one, checked by another, then closed."""

from contextlib import suppress
from typing import Any, ClassVar
from uuid import UUID

import pytest

from services.inventory.application.receiving.finish_note import (
    CheckNote,
    FinishNote,
    check_note,
    finish_note,
)
from services.inventory.application.receiving.set_damaged_aside import (
    SetDamagedAside,
    set_damaged_aside,
)
from services.inventory.application.scanning.resolve_attention import ResolveAttention
from services.inventory.domain.attention import ShortLifeNeedsConsentError
from services.inventory.domain.receiving_errors import (
    MoreDamagedThanReceivedError,
    NotAHoldPlaceError,
    NoteCheckedError,
    NoteFinishedError,
    NoteNeedsAnotherPersonError,
    NoteStillOpenError,
    NoteUnknownError,
)
from shared.contracts.donors_v1 import ExpectedLine, GiftAnnounced
from shared.contracts.inventory_v1 import StockChanged
from tests.support.warehouse import AIDA, BERIK, LATER, Warehouse

NOTE = "GRN-2026-000001"


def do(warehouse: Warehouse, use_case: Any, wish: Any) -> Any:
    with warehouse.working() as work:
        return use_case(work, wish)


def damaged(warehouse: Warehouse, answer: Any, quantity: int, **more: Any) -> Any:
    wish = SetDamagedAside(
        grn_number=NOTE,
        lot_id=warehouse.lot(answer).lot_id,
        location_code="A-01",
        quantity=quantity,
        condition="wet",
        account=AIDA,
        **more,
    )
    return do(warehouse, set_damaged_aside, wish)


class TestSteps:
    def test_a_receipt_after_the_end_opens_the_next_note(self, either_warehouse):
        room = either_warehouse
        room.receive()
        do(room, finish_note, FinishNote(NOTE, AIDA))

        room.receive()

        assert room.app.receiving.note(NOTE).counted == 2
        assert room.app.receiving.note("GRN-2026-000002").counted == 2

    def test_medicine_of_a_new_note_is_a_lot_of_its_own(self, warehouse):
        facts = {
            "product_code": "MED-PARA",
            "lot_number": "P1",
            "expires_on": LATER,
        }
        first = warehouse.receive(**facts)
        do(warehouse, finish_note, FinishNote(NOTE, AIDA))

        assert warehouse.receive(**facts)["lot_id"] != first["lot_id"]

    def test_nobody_checks_what_they_counted(self, either_warehouse):
        either_warehouse.receive()
        do(either_warehouse, finish_note, FinishNote(NOTE, BERIK))

        for person in (AIDA, BERIK):
            with pytest.raises(NoteNeedsAnotherPersonError):
                do(either_warehouse, check_note, CheckNote(NOTE, person))
        assert do(either_warehouse, check_note, CheckNote(NOTE, "account-dana")) == {
            "grn_number": NOTE,
            "state": "checked",
        }

    def test_come_one_after_the_other(self, warehouse):
        warehouse.receive()

        with pytest.raises(NoteStillOpenError):
            do(warehouse, check_note, CheckNote(NOTE, BERIK))
        do(warehouse, finish_note, FinishNote(NOTE, AIDA))
        with pytest.raises(NoteFinishedError):
            do(warehouse, finish_note, FinishNote(NOTE, AIDA))
        do(warehouse, check_note, CheckNote(NOTE, BERIK))
        with pytest.raises(NoteCheckedError):
            do(warehouse, check_note, CheckNote(NOTE, "account-dana"))
        with pytest.raises(NoteUnknownError):
            do(warehouse, finish_note, FinishNote("GRN-1", AIDA))


class TestLines:
    def test_compare_the_gift_with_what_was_announced(self, warehouse):
        lines = (ExpectedLine("HYG-COMB", 9), ExpectedLine("HYG-COMB", 1))
        warehouse.hear(GiftAnnounced("G-1", "EX-D1", None, lines))
        warehouse.receive(quantity=7, gift_number="G-1")
        warehouse.only(action="refuse", quantity=2, gift_number="G-1", reason="wet")

        view = warehouse.app.receiving.note(NOTE)

        [line] = view.expected
        assert (line.expected, line.counted, line.refused) == (10, 7, 2)
        assert line.difference == -1
        assert [each.reason for each in view.refused] == ["wet"]

    def test_leave_out_receipts_that_were_taken_back(self, warehouse):
        warehouse.receive(quantity=5)
        warehouse.undo(warehouse.receive(quantity=7))

        assert warehouse.app.receiving.note(NOTE).counted == 5

    def test_show_the_temperature_of_what_is_kept_cold(self, warehouse):
        warehouse.receive(
            product_code="MED-SUPP",
            lot_number="S1",
            expires_on=LATER,
            temperature_celsius=11.5,
        )

        [line] = warehouse.app.receiving.note(NOTE).lines
        assert line.celsius == 11.5


class TestDamage:
    def test_given_back_counts_as_returned(self, warehouse):
        answer = warehouse.receive(quantity=10)

        damaged(warehouse, answer, 3)

        last = warehouse.facts(StockChanged)[-1]
        assert (last.received, last.in_stock, last.returned) == (10, 7, 3)
        [line] = warehouse.app.receiving.note(NOTE).lines
        assert (line.quantity, line.given_back, line.conditions) == (10, 3, ["wet"])

    def test_kept_is_not_free_to_give(self, warehouse):
        answer = warehouse.receive(quantity=10)

        damaged(warehouse, answer, 3, to_location_code="H-01")

        assert warehouse.facts(StockChanged)[-1].available == 7

    def test_is_no_more_than_arrived(self, warehouse):
        answer = warehouse.receive(quantity=10)
        damaged(warehouse, answer, 6)

        with pytest.raises(MoreDamagedThanReceivedError):
            damaged(warehouse, answer, 5)

    def test_is_not_kept_where_goods_are_given_out(self, warehouse):
        answer = warehouse.receive(quantity=10)

        with pytest.raises(NotAHoldPlaceError):
            damaged(warehouse, answer, 1, to_location_code="A-02")


class TestShortLife:
    FACTS: ClassVar = {"product_code": "MEN-PAD", "expires_on": "2027-02-01"}

    def test_is_refused_without_a_reason(self, warehouse):
        assert warehouse.only(**self.FACTS)["code"] == "shelf_life_too_short"

    def test_waits_for_a_second_person_with_one(self, warehouse):
        line = warehouse.line(**self.FACTS, reason="used up within a month")
        warehouse.scan(line)

        [(code, _)] = warehouse.attention()
        assert code == "short_life_needs_consent"

    @pytest.mark.parametrize(
        ("account", "by_coordinator", "is_taken"),
        [(BERIK, True, True), (AIDA, True, False), (BERIK, False, False)],
    )
    def test_is_taken_in_when_another_coordinator_agrees(
        self, warehouse, account, by_coordinator, is_taken
    ):
        line = warehouse.line(**self.FACTS, reason="used up within a month")
        warehouse.scan(line)
        wish = ResolveAttention(
            UUID(line["scan_id"]),
            account,
            {},
            by_coordinator=by_coordinator,
        )

        with suppress(ShortLifeNeedsConsentError):
            warehouse.app.resolve(warehouse.app.ids.new_id(), wish)

        assert bool(warehouse.stock()) is is_taken


class TestMoves:
    def test_what_the_reviewer_holds_goes_to_hold_places_only(self, warehouse):
        answer = warehouse.receive(
            product_code="MED-PARA", lot_number="P1", expires_on=LATER, quantity=5
        )
        move = {"action": "move", "product_code": "MED-PARA", "quantity": 5}
        move |= {"lot_id": answer["lot_id"], "location_code": "A-01"}

        to_shelf = warehouse.only(**move, to_location_code="A-02")
        to_hold = warehouse.only(**move, to_location_code="H-01")

        assert to_shelf["code"] == "held_goods_stay_held"
        assert to_hold["status"] == "applied"
