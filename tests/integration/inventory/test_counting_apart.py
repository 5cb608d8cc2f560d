"""No two open sheets count the same goods: the second is refused, the first named."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.inventory.application.counting.sheets import PlanCount, plan_count
from services.inventory.domain.counting_errors import CountSheetsOverlapError
from shared.database.persistence import persistently
from tests.support.counting import DANA, count, finish, plan
from tests.support.store import MORNING
from tests.support.warehouse import BERIK, LATER, Warehouse

PLACE: dict[str, str] = {"location_code": "A-01"}
COMBS = {"product_code": "HYG-COMB"}
ROUNDS = 12


def refusal(warehouse: Warehouse, **of: Any) -> CountSheetsOverlapError:
    with pytest.raises(CountSheetsOverlapError) as refused:
        plan(warehouse, **of)
    return refused.value


class TestPlanning:
    @pytest.mark.parametrize("second", [PLACE, COMBS])
    @pytest.mark.parametrize("first", [PLACE, COMBS])
    def test_goods_on_an_open_sheet_are_on_no_other(
        self, either_warehouse: Warehouse, first: Any, second: Any
    ):
        either_warehouse.receive(quantity=100)
        sheet = plan(either_warehouse, **first)

        refused = refusal(either_warehouse, **second)

        [counted] = first.values()
        assert refused.facts == {"count_sheet_number": sheet, "counts": counted}
        assert f"Count sheet {sheet} is open and counts {counted}" in str(refused)

    @pytest.mark.parametrize("of", [PLACE, COMBS])
    def test_without_goods_the_same_sheet_is_still_the_same(
        self, warehouse: Warehouse, of: Any
    ):
        plan(warehouse, **of)

        refusal(warehouse, **of)

    def test_a_place_without_the_product_is_counted_beside_it(
        self, warehouse: Warehouse
    ):
        warehouse.receive(quantity=100, location_code="A-02")
        plan(warehouse, **COMBS)

        assert plan(warehouse, **PLACE) == "CS-2026-0002"

    def test_goods_found_where_the_books_know_of_none_belong_to_the_sheet(
        self, warehouse: Warehouse
    ):
        warehouse.receive(quantity=100, location_code="A-02")
        sheet = plan(warehouse, **PLACE)
        count(warehouse, sheet, 3)

        assert refusal(warehouse, **COMBS).facts["count_sheet_number"] == sheet

    def test_a_finished_sheet_is_in_nobodys_way(self, warehouse: Warehouse):
        warehouse.receive(quantity=100)
        sheet = plan(warehouse, **PLACE)
        count(warehouse, sheet, 100)
        finish(warehouse, sheet)

        assert plan(warehouse, **COMBS) == "CS-2026-0002"

    def test_what_is_being_counted_is_not_due(self, warehouse: Warehouse):
        medicine = {"product_code": "MED-PARA", "lot_number": "P1"}
        warehouse.receive(**medicine, expires_on=LATER)
        plan(warehouse, **PLACE)

        due = warehouse.app.counting.due(MORNING.date())

        assert due.medicines == []
        assert "A-01" not in {*due.locations, *due.quarter}


class TestCounting:
    def test_goods_moved_since_are_counted_on_one_sheet(self, warehouse: Warehouse):
        """Nothing overlapped when the sheets were planned."""
        warehouse.receive(quantity=100, location_code="A-02")
        of_place, of_combs = plan(warehouse, **PLACE), plan(warehouse, **COMBS)
        warehouse.scan(
            warehouse.line(
                action="move",
                quantity=100,
                location_code="A-02",
                to_location_code="A-01",
            )
        )
        count(warehouse, of_place, 100)

        answer = count(warehouse, of_combs, 100, BERIK, location_code="A-01")

        assert (answer["status"], answer["code"]) == (
            "refused",
            "counted_on_other_sheet",
        )
        assert answer["facts"]["count_sheet_number"] == of_place
        assert finish(warehouse, of_combs)["uncounted"] == 0


def test_sheets_planned_at_once_do_not_overlap(either_warehouse: Warehouse):
    warehouse = either_warehouse
    warehouse.receive(quantity=100)
    wishes = [PlanCount(DANA, **of) for of in (PLACE, COMBS) * 3]

    def one(wish: PlanCount) -> str:
        def attempt() -> str:
            with warehouse.working() as work:
                return str(plan_count(work, wish)["count_sheet_number"])

        try:
            return persistently(attempt)
        except CountSheetsOverlapError as refused:
            return f"not beside {refused.facts['count_sheet_number']}"

    with ThreadPoolExecutor(len(wishes)) as threads:
        for number in range(1, ROUNDS + 1):
            sheet = f"CS-2026-{number:04}"
            answers = sorted(threads.map(one, wishes))
            assert answers == [sheet] + [f"not beside {sheet}"] * 5
            finish(warehouse, sheet, "leave")
