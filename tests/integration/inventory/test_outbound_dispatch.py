"""Another lot taken, picks undone, goods sent off, consignments called back."""

import pytest

from services.inventory.application.holding.release_reservation import withdraw_lot
from services.inventory.application.outbound.undo_pick import undo_pick
from services.inventory.domain.errors import (
    InsufficientStockError,
)
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import DISPATCH, Movement, Reason, location
from services.inventory.domain.outbound_errors import (
    DispatchNotHeardOfError,
    LinesStillOpenError,
    LotCannotReplaceError,
    LotNotAskedForError,
    MoreThanAskedError,
    NothingPickedError,
    PickListClosedError,
    UnfitLotPickedError,
)
from shared.contracts.distribution_v1 import AllocationCancelled, ConsignmentCancelled
from shared.contracts.inventory_v1 import GoodsDispatched, StockChanged
from tests.support.store import PICKER, Store, a_share, an_id

CONSIGNMENT = "C-2026-0001"


def take_back(store: Store, movement_id, lot_id, quantity: int, place: str) -> None:
    """Reverse a pick as the undo of scans does."""
    with store.working() as work:
        work.ledger.post(
            Movement(
                work.ids.new_id(),
                lot_id,
                quantity,
                location(DISPATCH),
                location(place),
                Reason.REVERSAL,
                store.clock.now(),
                PICKER,
                reverses=movement_id,
            )
        )
        undo_pick(work, movement_id)


class TestAnotherLot:
    def test_goes_with_a_reason_and_takes_the_hold_along(self, store: Store):
        asked = store.shelve("L1", {"A-01": 30})
        taken = store.shelve("L2", {"A-02": 30})
        number = store.list_of(a_share(asked, 20))

        store.pick(number, 8, lot_id=taken, other_lot_reason="L1 is behind a pallet")

        assert (store.reserved(asked), store.reserved(taken)) == ({"A-01": 12}, {})
        store.pick(number, 12, lot_id=asked)
        store.dispatch(number)
        (told,) = store.facts(GoodsDispatched)
        assert {line.lot_id: (line.planned, line.quantity) for line in told.lines} == {
            asked: (20, 12),
            taken: (8, 8),
        }

    def test_needs_a_reason(self, store: Store):
        asked = store.shelve("L1", {"A-01": 30})
        other = store.shelve("L2", {"A-02": 30})
        number = store.list_of(a_share(asked, 20))

        with pytest.raises(LotNotAskedForError) as refusal:
            store.pick(number, 8, lot_id=other)

        assert refusal.value.facts["asked"] == ["L1"]

    def test_more_of_an_asked_lot_needs_a_reason_too(self, store: Store):
        first = store.shelve("L1", {"A-01": 30})
        second = store.shelve("L2", {"A-02": 30})
        number = store.list_of(a_share(first, 20), a_share(second, 5))

        with pytest.raises(MoreThanAskedError) as refusal:
            store.pick(number, 6, lot_id=second)

        assert refusal.value.facts["still_asked"] == 5
        store.pick(number, 6, lot_id=second, other_lot_reason="nearer")
        assert (store.reserved(first), store.reserved(second)) == ({"A-01": 19}, {})

    def test_must_be_meant_for_the_same_people(self, store: Store):
        """INV-09: inventory knows earmarks, not the groups of a unit."""
        asked = store.shelve("L1", {"A-01": 30}, earmark=("women",))
        free = store.shelve("L2", {"A-02": 30})
        number = store.list_of(a_share(asked, 20))

        with pytest.raises(LotCannotReplaceError):
            store.pick(number, 8, lot_id=free, other_lot_reason="nearer")

    def test_must_not_be_promised_away(self, store: Store):
        asked = store.shelve("L1", {"A-01": 30})
        promised = store.shelve("L2", {"A-02": 30})
        number = store.list_of(a_share(asked, 20))
        store.approve(a_share(promised, 25), run="other")

        with pytest.raises(InsufficientStockError):
            store.pick(number, 8, lot_id=promised, other_lot_reason="nearer")

        assert store.reserved(asked) == {"A-01": 20}


class TestUndo:
    def test_puts_the_hold_back(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20), a_share(lot, 5, "U-2"))
        picked = store.pick(number, 22, lot_id=lot)

        take_back(store, picked.movement_id, lot, 22, "A-01")

        assert store.reserved(lot) == {"A-01": 25}
        assert store.pick_list(number).lines[0].picked == 0

    def test_holds_nothing_of_a_lot_that_was_withdrawn(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        picked = store.pick(number, 20, lot_id=lot)
        with store.working() as work:
            work.ledger.change(work.ledger.of(lot).lot.held_as(LotStatus.RECALLED))
            withdraw_lot(work, lot)

        take_back(store, picked.movement_id, lot, 20, "A-01")

        assert store.reserved(lot) == {}
        assert store.pick_list(number).lines == []

    def test_is_too_late_once_the_goods_left(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        picked = store.pick(number, 20, lot_id=lot)
        store.dispatch(number)

        with pytest.raises(PickListClosedError), store.working() as work:
            undo_pick(work, picked.movement_id)

    def test_leaves_other_movements_alone(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})

        with store.working() as work:
            undo_pick(work, an_id("a receipt"))

        assert store.reserved(lot) == {}


class TestDispatch:
    def test_sends_off_what_was_picked(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20), a_share(lot, 10, "U-2"))
        store.pick(number, 30, lot_id=lot)

        answer = store.dispatch(number)

        assert answer == {
            "consignment_number": CONSIGNMENT,
            "waybill_number": "WB-2026-0001",
        }
        assert store.balances(lot)[f"transit:{CONSIGNMENT}"] == 30
        assert store.facts(StockChanged)[-1].in_transit == 30
        (told,) = store.facts(GoodsDispatched)
        assert [(each.unit_code, each.quantity) for each in told.lines] == [
            ("U-1", 20),
            ("U-2", 10),
        ]

    def test_open_lines_need_a_reason_and_their_holds_end(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, 15, lot_id=lot)

        with pytest.raises(LinesStillOpenError) as refusal:
            store.dispatch(number)
        store.dispatch(number, "the van is full")

        assert refusal.value.facts["quantity"] == 5
        assert store.reserved(lot) == {}
        (told,) = store.facts(GoodsDispatched)
        (line,) = told.lines
        assert (line.planned, line.quantity) == (20, 15)
        assert told.short_reason == "the van is full"
        waybill = store.app.outbound.waybill(CONSIGNMENT)
        assert [(each.planned, each.quantity) for each in waybill.lines] == [(20, 15)]

    def test_nothing_at_all_does_not_leave(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))

        with pytest.raises(NothingPickedError):
            store.dispatch(number, "nobody came")
        with pytest.raises(DispatchNotHeardOfError):
            store.app.outbound.waybill(CONSIGNMENT)

    def test_a_lot_recalled_after_its_pick_does_not_leave(self, store: Store):
        """INV-04."""
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, 20, lot_id=lot)
        with store.working() as work:
            work.ledger.change(work.ledger.of(lot).lot.held_as(LotStatus.RECALLED))
            withdraw_lot(work, lot)

        with pytest.raises(UnfitLotPickedError):
            store.dispatch(number)

    def test_a_pick_from_a_phone_that_runs_ahead_still_comes_first(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        late = store.clock.now().replace(minute=9)
        store.pick(number, 20, lot_id=lot, occurred_at=late)

        store.dispatch(number)

        assert store.app.outbound.waybill(CONSIGNMENT).dispatched_at == late

    def test_happens_once(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, 20, lot_id=lot)
        store.dispatch(number)

        with pytest.raises(PickListClosedError):
            store.dispatch(number)
        with pytest.raises(PickListClosedError):
            store.pick(number, 1, lot_id=lot)


class TestCancelledConsignment:
    def test_its_run_holds_again_what_was_not_picked(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        lines = a_share(lot, 20)
        number = store.list_of(lines)

        store.hear(ConsignmentCancelled(CONSIGNMENT, "road closed"))

        assert store.pick_list(number).status == "cancelled"
        assert store.reserved(lot) == {"A-01": 20}
        assert store.pick_list(store.plan(lines, number="C-2")).lines[0].quantity == 20

    def test_picked_goods_wait_at_dispatch_for_the_next_list(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        lines = a_share(lot, 20)
        number = store.list_of(lines)
        store.pick(number, 15, lot_id=lot)

        store.hear(ConsignmentCancelled(CONSIGNMENT, "road closed"))
        assert store.reserved(lot) == {"A-01": 5, "DISPATCH": 15}
        again = store.plan(lines, number="C-2026-0002")

        assert store.reserved(lot) == {"A-01": 5}
        store.pick(again, 5, lot_id=lot)
        store.dispatch(again)
        assert store.balances(lot)["transit:C-2026-0002"] == 20

    def test_joins_what_its_run_holds_beside_the_list(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        store.approve(a_share(lot, 20))
        store.plan(a_share(lot, 12))

        store.hear(ConsignmentCancelled(CONSIGNMENT, "road closed"))

        again = store.plan(a_share(lot, 20), number="C-2026-0002")
        assert store.pick_list(again).lines[0].quantity == 20

    @pytest.mark.parametrize("picked", [15, 20])
    def test_holds_nothing_for_a_run_that_was_cancelled_first(
        self, store: Store, picked
    ):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, picked, lot_id=lot)

        store.hear(
            AllocationCancelled(an_id(CONSIGNMENT), None, "planned anew"),
            ConsignmentCancelled(CONSIGNMENT, "planned anew"),
        )

        assert store.reserved(lot) == {}

    def test_holds_nothing_of_a_lot_that_may_not_go_out(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, 15, lot_id=lot)
        with store.working() as work:
            work.ledger.change(work.ledger.of(lot).lot.held_as(LotStatus.RECALLED))
            withdraw_lot(work, lot)

        store.hear(ConsignmentCancelled(CONSIGNMENT, "recalled"))

        assert store.reserved(lot) == {}

    def test_waits_for_the_plan_it_overtook(self, store: Store):
        store.hear(ConsignmentCancelled(CONSIGNMENT, "road closed"))

        assert store.waiting() == {"ConsignmentNotHeardOfError": False}

    def test_comes_too_late_once_the_goods_left(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, 20, lot_id=lot)
        store.dispatch(number)

        store.hear(ConsignmentCancelled(CONSIGNMENT, "road closed"))

        assert store.waiting() == {"PickListClosedError": True}

    def test_told_again_changes_nothing(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        store.list_of(a_share(lot, 20))

        store.hear(ConsignmentCancelled(CONSIGNMENT, "road closed"))
        store.hear(ConsignmentCancelled(CONSIGNMENT, "still closed"))

        assert store.reserved(lot) == {"A-01": 20}
        assert store.waiting() == {}
