"""Counting on sheets: blind, twice where it matters, booked as one document."""

from typing import Any

import pytest

from services.inventory.adapters.counting.tables import COUNT_LINES
from services.inventory.domain.correction_errors import CoveredByCountError
from services.inventory.domain.counting_errors import (
    CountOvertakenError,
    CountSheetClosedError,
    CountUnsettledError,
    UncountedLotsError,
)
from tests.support.counting import DANA, count, decide, finish, plan, rule
from tests.support.warehouse import AIDA, BERIK, LATER, Warehouse

PARACETAMOL: dict[str, Any] = {
    "product_code": "MED-PARA",
    "lot_number": "P26-1",
    "expires_on": LATER,
}


def combs(warehouse: Warehouse) -> int:
    return sum(quantity for *_, quantity in warehouse.stock(product_code="HYG-COMB"))


class TestFirstCount:
    def test_an_equal_count_is_settled_and_books_nothing(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)

        answer = count(warehouse, sheet, 100)

        assert (answer["status"], answer.get("code")) == ("applied", None)
        assert finish(warehouse, sheet)["differences"] == 0
        assert combs(warehouse) == 100

    def test_two_in_a_hundred_are_booked_after_one_count(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)

        assert "code" not in count(warehouse, sheet, 98)
        assert combs(warehouse) == 100
        finish(warehouse, sheet)

        assert combs(warehouse) == 98

    @pytest.mark.parametrize("found", [97, 103, 0])
    def test_more_than_two_percent_asks_for_a_second_count(
        self, warehouse: Warehouse, found: int
    ):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)

        assert count(warehouse, sheet, found)["code"] == "second_count_needed"
        with pytest.raises(CountUnsettledError):
            finish(warehouse, sheet)
        assert combs(warehouse) == 100

    def test_of_medicine_any_difference_does(self, warehouse: Warehouse):
        warehouse.receive(quantity=100, **PARACETAMOL)
        sheet = plan(warehouse, product_code="MED-PARA")

        answer = count(warehouse, sheet, 99, **PARACETAMOL)

        assert answer["code"] == "second_count_needed"

    def test_the_answer_holds_no_number_of_the_books(self, warehouse: Warehouse):
        warehouse.receive(quantity=4321)
        sheet = plan(warehouse)

        assert "4321" not in str(count(warehouse, sheet, 7))


class TestSecondCount:
    def test_two_who_agree_are_believed(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 90)

        assert "code" not in count(warehouse, sheet, 90, BERIK)
        finish(warehouse, sheet)

        assert combs(warehouse) == 90

    def test_they_agree_although_goods_moved_between_them(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 90)
        warehouse.wait(minutes=1)
        warehouse.only(action="move", quantity=30, to_location_code="A-02")

        assert "code" not in count(warehouse, sheet, 60, BERIK)
        finish(warehouse, sheet)

        assert combs(warehouse) == 90

    def test_two_who_differ_wait_for_the_coordinator(self, warehouse: Warehouse):
        received = warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 90)

        assert count(warehouse, sheet, 95, BERIK)["code"] == "counts_differ"
        with pytest.raises(CountUnsettledError):
            finish(warehouse, sheet)
        decide(warehouse, sheet, received["lot_id"], 95)
        finish(warehouse, sheet)

        assert combs(warehouse) == 95

    def test_the_same_person_cannot_be_the_second(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 90)

        again = count(warehouse, sheet, 90)

        assert (again["status"], again["code"]) == ("attention", "counted_before")


class TestOneLotCountedTwice:
    def test_two_phones_offline_are_a_conflict(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        offline = warehouse.line(action="count", quantity=90, count_sheet_number=sheet)
        count(warehouse, sheet, 90)

        [late] = warehouse.scan(offline, account=BERIK)

        assert (late["status"], late["code"]) == ("attention", "count_conflict")
        with pytest.raises(CountUnsettledError):
            finish(warehouse, sheet)

    @pytest.mark.parametrize(
        ("answer", "found"), [("add", 100), ("replace", 40), ("keep", 60)]
    )
    def test_a_coordinator_says_what_a_conflict_is(
        self, warehouse: Warehouse, answer: str, found: int
    ):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        offline = warehouse.line(action="count", quantity=40, count_sheet_number=sheet)
        count(warehouse, sheet, 60)
        [late] = warehouse.scan(offline, account=BERIK)

        rule(warehouse, sheet, late["scan_id"], answer)

        with warehouse.working() as work:
            [line] = work.count_sheets.lines(sheet)
        assert line.first.counted == found
        assert warehouse.attention() == []

    @pytest.mark.parametrize(("mode", "found"), [("add", 100), ("replace", 40)])
    def test_a_person_says_whether_they_add_or_replace(
        self, warehouse: Warehouse, mode: str, found: int
    ):
        warehouse.receive(quantity=found)
        sheet = plan(warehouse)
        count(warehouse, sheet, 60)

        answer = count(warehouse, sheet, 40, count_mode=mode)

        assert (answer["status"], answer.get("code")) == ("applied", None)

    def test_a_second_count_made_again_stays_the_second(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 90)
        count(warehouse, sheet, 80, BERIK)
        again = count(warehouse, sheet, 90, BERIK)

        rule(warehouse, sheet, again["scan_id"], "replace")
        finish(warehouse, sheet)

        assert combs(warehouse) == 90

    def test_adding_cannot_touch_the_count_of_another(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 100)

        answer = count(warehouse, sheet, 1, BERIK, count_mode="replace")

        assert answer["code"] == "count_conflict"


class TestGoodsTheBooksDoNotExpect:
    def test_a_lot_that_stands_elsewhere_is_found_here(self, warehouse: Warehouse):
        received = warehouse.receive(quantity=5, location_code="A-02")
        sheet = plan(warehouse)

        for person in (AIDA, BERIK):
            count(warehouse, sheet, 3, person, lot_id=received["lot_id"])
        finish(warehouse, sheet)

        assert ("HYG-COMB", "A-01", 3) in warehouse.stock()

    def test_goods_nobody_received_open_a_lot(self, warehouse: Warehouse):
        sheet = plan(warehouse)

        first = count(warehouse, sheet, 3)
        count(warehouse, sheet, 3, BERIK, lot_id=first["lot_id"])
        finish(warehouse, sheet)

        assert warehouse.stock() == [("HYG-COMB", "A-01", 3)]

    def test_medicine_nobody_received_waits_for_the_reviewer(
        self, warehouse: Warehouse
    ):
        sheet = plan(warehouse)

        found = count(warehouse, sheet, 3, **PARACETAMOL)

        assert warehouse.lot(found).hold == "quarantined"

    def test_a_place_off_the_sheet_is_refused(self, warehouse: Warehouse):
        sheet = plan(warehouse)

        answer = count(warehouse, sheet, 3, location_code="A-02")

        assert (answer["status"], answer["code"]) == ("refused", "not_on_count_sheet")


class TestWhatMovedSince:
    def test_the_books_of_the_count_s_moment_decide(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 99)
        warehouse.wait(minutes=5)
        warehouse.receive(quantity=50)
        warehouse.only(action="move", quantity=120, to_location_code="A-02")

        finish(warehouse, sheet)

        assert combs(warehouse) == 149

    def test_a_count_that_was_overtaken_is_made_again(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 98)
        warehouse.wait(minutes=1)
        warehouse.only(action="move", quantity=99, to_location_code="A-02")

        with pytest.raises(CountOvertakenError):
            finish(warehouse, sheet)
        count(warehouse, sheet, 1, count_mode="replace")
        finish(warehouse, sheet)

        assert combs(warehouse) == 100

    def test_a_later_count_without_a_sheet_goes_before(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 99)
        warehouse.wait(minutes=1)
        warehouse.only(action="count", quantity=70)

        finish(warehouse, sheet)

        assert combs(warehouse) == 70

    def test_a_receipt_before_the_count_cannot_be_undone(self, warehouse: Warehouse):
        received = warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 100)
        finish(warehouse, sheet)

        with pytest.raises(CoveredByCountError):
            warehouse.undo(received)

    def test_a_difference_is_taken_back_by_its_movement(self, warehouse: Warehouse):
        received = warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 98)
        finish(warehouse, sheet)
        card = warehouse.app.queries.stock_card("HYG-COMB", after=None, limit=1)

        warehouse.undo({"movement_id": str(card[0].movement_id)})

        assert combs(warehouse) == 100
        warehouse.undo(received)


class TestFinishing:
    def test_what_nobody_counted_has_to_be_said(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)

        with pytest.raises(UncountedLotsError):
            finish(warehouse, sheet)
        answer = finish(warehouse, sheet, "leave")

        assert (answer["status"], answer["uncounted"]) == ("finished", 1)
        assert combs(warehouse) == 100

    def test_nothing_there_needs_a_second_pair_of_eyes(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)

        answer = finish(warehouse, sheet, "zero")
        assert (answer["status"], answer["second_counts"]) == ("open", 1)
        count(warehouse, sheet, 0, AIDA)
        finish(warehouse, sheet)

        assert combs(warehouse) == 0

    def test_a_finished_sheet_takes_no_more(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 100)
        finish(warehouse, sheet)

        assert count(warehouse, sheet, 1)["code"] == "count_sheet_closed"
        with pytest.raises(CountSheetClosedError):
            finish(warehouse, sheet)

    def test_units_found_undo_earlier_count_losses(self, warehouse: Warehouse):
        received = warehouse.receive(quantity=100)
        for found in (98, 99):
            sheet = plan(warehouse)
            count(warehouse, sheet, found)
            warehouse.wait(minutes=1)
            finish(warehouse, sheet)

        balances = warehouse.balances(warehouse.lot(received).lot_id)
        assert balances["loss:COUNT_MINUS"] == 1
        assert balances["supply"] == -100

    def test_the_coordinator_may_be_the_second_to_count(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 90)

        assert "code" not in count(warehouse, sheet, 90, DANA)


class TestProof:
    def test_a_line_booked_otherwise_is_found(self, warehouse: Warehouse):
        """INV-13: the movements of a line add up to its difference."""
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        count(warehouse, sheet, 98)
        finish(warehouse, sheet)
        assert warehouse.violations() == []

        with warehouse.database.writing() as connection:
            connection.execute(COUNT_LINES.update().values(difference=-1))
        [wrong] = warehouse.violations()
        with warehouse.database.writing() as connection:
            connection.execute(COUNT_LINES.update().values(difference=-2))

        assert wrong["count_sheet_number"] == sheet

    def test_one_person_s_word_is_found(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse)
        for person in (AIDA, BERIK):
            count(warehouse, sheet, 90, person)
        finish(warehouse, sheet)
        assert warehouse.violations() == []

        with warehouse.database.writing() as connection:
            connection.execute(COUNT_LINES.update().values(second_by=None))
        [wrong] = warehouse.violations()
        with warehouse.database.writing() as connection:
            connection.execute(COUNT_LINES.update().values(second_by=BERIK))

        assert wrong["count_sheet_number"] == sheet
