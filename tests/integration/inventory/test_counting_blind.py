"""Whoever counts sees no book of what is being counted; the coordinator does."""

import re
from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
)
from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.application.kits.assemble_kit import AssembleKits, assemble_kits
from services.inventory.application.kits.take_kit_apart import (
    TakeKitApart,
    take_kit_apart,
)
from services.inventory.application.kits.write_recipe import WriteRecipe, write_recipe
from tests.integration.inventory.pages import Pages, words
from tests.integration.inventory.pages import hidden as field
from tests.support.counting import count, finish, plan
from tests.support.warehouse import AIDA, BERIK, Warehouse

PLACE, COMBS = {"location_code": "A-01"}, {"product_code": "HYG-COMB"}
BOOK, ELSEWHERE = 734, 219
PAGES = (
    "/stock",
    "/stock.csv",
    "/stock/HYG-COMB",
    "/movements.csv",
    "/lots.csv",
    "/ahead",
    "/ahead.csv",
    "/losses/new?reason=LOST&product_code=HYG-COMB",
)
NOTICED = "being counted"


@pytest.fixture(autouse=True)
def lot_id(warehouse: Warehouse) -> str:
    """Combs on two shelves, 734 and 219 of them, 953 in all."""
    lot = warehouse.receive(quantity=BOOK)["lot_id"]
    warehouse.receive(quantity=ELSEWHERE, location_code="A-02")
    return str(lot)


def tells(answer: TestResponse) -> set[int]:
    """Name the numbers of the books that stand on a page or in a table."""
    told = {int(one) for one in re.findall(r"(?<![\w-])\d{3}(?![\w-])", words(answer))}
    return told & {BOOK, ELSEWHERE, BOOK + ELSEWHERE}


class TestPages:
    @pytest.mark.parametrize("of", [PLACE, COMBS])
    @pytest.mark.parametrize("path", PAGES)
    def test_no_page_or_table_tells_a_counter_the_book(
        self, pages: Pages, warehouse: Warehouse, path: str, of: Any
    ):
        before = tells(pages.get(path, "volunteer"))
        plan(warehouse, **of)

        during = tells(pages.get(path, "volunteer"))

        assert BOOK in before or BOOK + ELSEWHERE in before, "it would have been told"
        assert during <= ({ELSEWHERE} if of is PLACE else set())

    @pytest.mark.parametrize("role", ["coordinator", "reviewer", "auditor"])
    def test_who_does_not_count_sees_it(
        self, pages: Pages, warehouse: Warehouse, role: str
    ):
        plan(warehouse)

        page = pages.get("/stock/HYG-COMB", role)

        assert tells(page) == {BOOK, ELSEWHERE, BOOK + ELSEWHERE}
        assert NOTICED not in words(page)

    def test_a_lot_and_a_looked_up_code_say_that_they_are_counted(
        self, pages: Pages, warehouse: Warehouse, lot_id: str
    ):
        plan(warehouse)

        lot = pages.get(f"/lots/{lot_id}", "volunteer")
        look = pages.get("/scan?mode=look&raw=2000100090008", "volunteer")

        assert NOTICED in words(lot)
        assert "None of it is in the warehouse" not in words(lot)
        assert NOTICED in words(look)
        assert tells(lot) | tells(look) <= {ELSEWHERE}

    def test_the_card_on_paper_waits_for_the_sheet(
        self, pages: Pages, warehouse: Warehouse
    ):
        sheet = plan(warehouse)

        refused = pages.get("/stock/HYG-COMB/card.pdf", "volunteer")

        assert refused.status_code == HTTPStatus.CONFLICT
        assert sheet in refused.text

    def test_a_count_beside_the_sheet_does_not_say_what_it_changed(
        self, pages: Pages, warehouse: Warehouse
    ):
        scanned = {"action": "count", "raw": "2000100090008", "location_code": "A-01"}

        before = words(pages.post("/scan", **scanned, quantity=str(BOOK - 3)))
        plan(warehouse)
        warehouse.wait(minutes=1)
        counted = pages.post("/scan", **scanned, quantity=str(BOOK - 8))
        during = words(counted)

        assert before.count("−3") == 2, "on the card and in the list"
        assert "−5" not in during
        assert "−3" not in during
        assert "As in the books" not in during

        movement_id = field(counted, "movement_id")
        back = {"movement_id": movement_id, "card": "1"}
        undone = words(pages.post("/scan/undo", is_htmx=True, **back))
        assert "Taken back" in undone
        assert "−5" not in undone

    def test_a_finished_sheet_opens_the_books(self, pages: Pages, warehouse: Warehouse):
        sheet = plan(warehouse)
        count(warehouse, sheet, BOOK)
        finish(warehouse, sheet)

        assert BOOK in tells(pages.get("/stock/HYG-COMB", "volunteer"))


class TestPrograms:
    def test_a_counters_program_gets_no_number_but_the_sheet(
        self, call: Any, warehouse: Warehouse
    ):
        sheet = plan(warehouse)

        items = call["volunteer"].get("/stock").json["items"]

        told = {each["location_code"]: each for each in items}
        numbers = ("on_hand", "reserved", "available", "counted_on")
        assert [told["A-01"][name] for name in numbers] == [None, None, None, sheet]
        assert [told["A-02"][name] for name in numbers] == [219, 0, 219, None]

    def test_a_card_is_refused_naming_the_sheet(self, call: Any, warehouse: Warehouse):
        sheet = plan(warehouse, **COMBS)

        answer = call["volunteer"].get("/stock-cards/HYG-COMB")

        assert (answer.status_code, answer.json["code"]) == (409, "being_counted")
        assert answer.json["count_sheet_number"] == sheet
        assert call["coordinator"].get("/stock-cards/HYG-COMB").status_code == 200


class TestHeldGoods:
    """Goods held back are listed on pages of their own."""

    @pytest.fixture
    def combs(self, warehouse: Warehouse, lot_id: str) -> Any:
        with warehouse.working() as work:
            quarantine_lot(work, DecideOnLot(UUID(lot_id), "packing_damaged", BERIK))
        return warehouse.lot({"lot_id": lot_id})

    @pytest.fixture
    def recalled(self, warehouse: Warehouse, combs: Any) -> Any:
        wish = RecallLots("HYG-COMB", combs.lot_number, "letter of the maker", BERIK)
        with warehouse.working() as work:
            recall_lots(work, wish)
        return combs

    @pytest.mark.parametrize("of", [PLACE, COMBS])
    @pytest.mark.parametrize("path", ["/quarantine", "/losses", "/recalls"])
    def test_no_list_of_them_tells_a_counter_the_book(
        self,
        pages: Pages,
        warehouse: Warehouse,
        request: pytest.FixtureRequest,
        path: str,
        of: Any,
    ):
        lot = request.getfixturevalue("combs" if path == "/quarantine" else "recalled")
        sought = {"product_code": "HYG-COMB", "lot_number": lot.lot_number}
        query = sought if path == "/recalls" else {}

        def told(role: str) -> set[int]:
            return tells(pages.get(path, role, **query))

        assert BOOK in told("volunteer"), "it would have been told"
        plan(warehouse, **of)

        assert told("volunteer") <= ({ELSEWHERE} if of is PLACE else set())
        assert NOTICED in words(pages.get(path, "volunteer", **query))
        assert BOOK in told("coordinator")

    @pytest.mark.usefixtures("recalled")
    def test_a_counters_program_learns_what_is_due_without_the_number(
        self, call: Any, warehouse: Warehouse
    ):
        sheet = plan(warehouse)

        due = call["volunteer"].get("/destructions/due").json["items"]
        told = call["coordinator"].get("/destructions/due").json["items"]

        facts = ("location_code", "quantity", "counted_on")
        assert sorted([each[name] for name in facts] for each in due) == [
            ["A-01", None, sheet],
            ["A-02", ELSEWHERE, None],
        ]
        assert {each["quantity"] for each in told} == {BOOK, ELSEWHERE}


BUILT, TAKEN_APART, MOVED = 523, 100, 23
LEFT = BUILT - TAKEN_APART
KITS = {"product_code": "KIT-DIG"}


@pytest.fixture
def kit_lot(warehouse: Warehouse) -> str:
    """Kits of a comb each: 400 of 523 stand on A-02 and 23 on A-01."""
    with warehouse.working() as work:
        write_recipe(work, WriteRecipe("KIT-DIG", {"HYG-COMB": 1}, BERIK))
    with warehouse.working() as work:
        wish = AssembleKits("KIT-DIG", BUILT, "A-02", AIDA)
        [built] = assemble_kits(work, wish)["kit_lots"]
    lot = str(built["lot_id"])
    with warehouse.working() as work:
        take_kit_apart(work, TakeKitApart(UUID(lot), "A-02", TAKEN_APART, AIDA))
    moved = {"action": "move", "location_code": "A-02", "to_location_code": "A-01"}
    assert warehouse.only(quantity=MOVED, **moved, **KITS)["status"] == "applied"
    return lot


class TestKits:
    @pytest.mark.parametrize("of", [{"location_code": "A-02"}, KITS])
    @pytest.mark.parametrize("path", ["/kits", "/kits/KIT-DIG", "/kit-lots/{kit_lot}"])
    def test_no_page_tells_a_counter_how_many_kits_stand_here(
        self, pages: Pages, warehouse: Warehouse, kit_lot: str, path: str, of: Any
    ):
        def told(role: str) -> bool:
            page = words(pages.get(path.format(kit_lot=kit_lot), role))
            return bool(re.search(rf"\b({LEFT}|{LEFT - MOVED})\b", page))

        assert told("volunteer"), "it would have been told"
        plan(warehouse, **of)

        assert not told("volunteer")
        assert told("coordinator")

    def test_kits_being_counted_can_still_be_taken_apart(
        self, pages: Pages, warehouse: Warehouse, kit_lot: str
    ):
        plan(warehouse, **KITS)

        page = pages.get(f"/kit-lots/{kit_lot}", "volunteer").text

        assert f">A-01 · {NOTICED}</option>" in page
        assert f">A-02 · {NOTICED}</option>" in page

    def test_a_counters_program_gets_only_the_kits_of_other_places(
        self, call: Any, warehouse: Warehouse, kit_lot: str
    ):
        sheet = plan(warehouse, location_code="A-02")

        [hidden] = call["volunteer"].get("/kits").json["items"]
        [told] = call["coordinator"].get("/kits").json["items"]

        assert hidden["lot_id"] == told["lot_id"] == kit_lot
        assert hidden["places"] == {"A-01": MOVED, "A-02": None}
        assert (hidden["in_stock"], hidden["counted_on"]) == (None, sheet)
        assert told["places"] == {"A-01": MOVED, "A-02": LEFT - MOVED}
        assert (told["in_stock"], told["counted_on"]) == (LEFT, None)
