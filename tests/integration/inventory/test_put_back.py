"""What was picked and is for nobody any more is listed, told and put back."""

from uuid import UUID

import pytest

from services.inventory.adapters.knowing.watching import SqlWatchReads
from services.inventory.application.ahead.watching import AlertKind
from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
)
from services.inventory.domain.movement import DISPATCH, location
from shared.contracts.distribution_v1 import AllocationCancelled, ConsignmentCancelled
from tests.integration.inventory.pages import hidden, words
from tests.support.statements import asking
from tests.support.store import Store, a_share, an_id

RUN = "C-2026-0001"
STAYS, CLOSED = "U-1", "U-2"


@pytest.fixture
def lot(store: Store):
    return store.shelve("L1", {"A-01": 30})


@pytest.fixture
def picked(store: Store, lot):
    """Ten for a unit that stays and six for one that closes, all picked."""
    number = store.list_of(a_share(lot, 10, STAYS), a_share(lot, 6, CLOSED), number=RUN)
    store.pick(number, 16, lot_id=lot)
    return number


def close(store: Store, run: str = RUN) -> None:
    store.hear(AllocationCancelled(an_id(run), None, "unit_closed", (CLOSED,)))


def left(store: Store):
    return {each.lot_id: each.quantity for each in store.app.outbound.left_over()}


def told(store: Store):
    found = SqlWatchReads(store.database).conditions(store.clock.now())
    return [each.facts for each in found if each.kind is AlertKind.PUT_BACK]


@pytest.mark.usefixtures("picked")
def test_what_a_list_asks_for_is_for_somebody(store):
    assert (left(store), told(store)) == ({}, [])


@pytest.mark.usefixtures("picked")
def test_what_was_picked_for_a_unit_that_closed_is_to_be_put_back(store, lot):
    close(store)

    assert left(store) == {lot: 6}
    assert told(store) == [{"waiting": 1, "day": "2026-11-22"}]


def test_the_others_leave_and_it_still_waits(store, lot, picked):
    close(store)

    store.dispatch(picked)

    assert left(store) == {lot: 6}


@pytest.mark.usefixtures("picked")
def test_what_a_run_still_holds_after_its_delivery_was_called_off_waits_for_it(
    store, lot
):
    store.hear(ConsignmentCancelled(RUN, "plans_changed"))
    assert left(store) == {}

    close(store)

    assert left(store) == {lot: 6}


class TestPuttingBack:
    @pytest.fixture
    def comb(self, warehouse):
        """Six combs picked for a unit that closed, four for one that stays."""
        answer = warehouse.receive(quantity=30)
        comb = UUID(answer["lot_id"])
        shares = [
            a_share(comb, 4, STAYS, product_code="HYG-COMB"),
            a_share(comb, 6, CLOSED, product_code="HYG-COMB"),
        ]
        number = warehouse.list_of(*shares, number=RUN)
        warehouse.pick(number, 10, lot_id=comb, product_code="HYG-COMB")
        close(warehouse)
        return comb

    def test_the_page_lists_it_and_puts_it_on_its_shelf(self, pages, warehouse, comb):
        shown = words(pages.get("/put-back"))
        assert "Comb" in shown
        assert "6 " in shown
        assert "Lots to put back: 1" in words(pages.get("/pick-lists"))

        form = {"product_code": "HYG-COMB", "lot_id": str(comb), "quantity": "6"}
        here = hidden(pages.get("/put-back"), "back")
        back = {"location_code": DISPATCH, "back": here}
        answer = pages.post("/put-away", **form, **back, to_location_code="A-01")

        assert answer.location.endswith("/put-back")
        assert left(warehouse) == {}
        assert warehouse.balances(comb)[location("A-01")] == 26
        page = pages.get("/put-back")
        assert "Nothing to put back" in words(page)
        assert told(warehouse) == []

        undo = {name: hidden(page, name) for name in ("movement_id", "next")}
        assert pages.post("/scan/undo", **undo).location.endswith("/put-back")
        assert left(warehouse) == {comb: 6}

    def test_what_an_open_list_counts_as_picked_stays(self, warehouse, comb):
        line = {
            "action": "move",
            "product_code": "HYG-COMB",
            "lot_id": str(comb),
            "location_code": DISPATCH,
            "to_location_code": "A-01",
        }

        refused = warehouse.only(**line, quantity=7)

        assert refused["code"] == "insufficient_stock"
        assert refused["facts"]["available"] == "6"
        assert warehouse.only(**line, quantity=6)["status"] == "applied"

    def test_a_lot_that_is_held_goes_where_goods_are_held(self, pages, warehouse, comb):
        with warehouse.working() as work:
            quarantine_lot(work, DecideOnLot(comb, "it smells", "reviewer"))

        page = pages.get("/put-back").text

        assert '<option value="H-01">' in page
        assert '<option value="A-01">' not in page

    @pytest.mark.parametrize("is_held", [False, True])
    def test_another_lot_of_a_product_asks_nothing_more(
        self, pages, warehouse, is_held
    ):
        def statements_of(run: str) -> int:
            """Count what the page asks once combs of one more lot stand there."""
            lot_id = UUID(warehouse.receive(quantity=30, lot_number=run)["lot_id"])
            share = a_share(lot_id, 6, CLOSED, product_code="HYG-COMB")
            number = warehouse.list_of(share, number=run)
            warehouse.pick(number, 6, lot_id=lot_id, product_code="HYG-COMB")
            close(warehouse, run)
            if is_held:
                with warehouse.working() as work:
                    quarantine_lot(work, DecideOnLot(lot_id, "it smells", "reviewer"))
            with asking(warehouse.database) as asked:
                pages.get("/put-back")
            return len(asked.statements)

        asked = [statements_of(run) for run in ("C-2026-0001", "C-2026-0002")]

        assert len(left(warehouse)) == 2
        assert asked[0] == asked[1]
