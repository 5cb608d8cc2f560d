"""A lot that is held back or recalled takes its promises with it."""

import pytest

from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
    release_lot,
)
from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.application.outbound.reverse_movement import (
    ReverseMovement,
    reverse_movement,
)
from services.inventory.domain.errors import LotNotAvailableError
from services.inventory.domain.outbound_errors import (
    MoreThanAskedError,
    PickListClosedError,
)
from shared.contracts.inventory_v1 import LotRecalled, ReservationRefused
from tests.support.store import PICKER, Store, a_share, an_id

CONSIGNMENT = "C-2026-0001"


def quarantine(store: Store, lot_id) -> None:
    with store.working() as work:
        quarantine_lot(work, DecideOnLot(lot_id, "wet carton", PICKER))


def undo(store: Store, movement_id) -> None:
    store.clock.advance(minutes=1)
    with store.working() as work:
        reverse_movement(work, ReverseMovement(movement_id, "wrong box", PICKER))


def test_a_quarantine_frees_what_runs_hold_and_lists_ask_for(store: Store):
    lot = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot, 10), run="waiting")
    store.approve(a_share(lot, 10), run="on a list")
    number = store.plan(a_share(lot, 10))

    quarantine(store, lot)

    assert store.reserved(lot) == {}
    (told,) = store.facts(ReservationRefused)
    assert told.run_id in {an_id("waiting"), an_id("on a list")}
    assert store.pick_list(number).lines == []


def test_a_release_promises_nothing_by_itself(store: Store):
    lot = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot, 10))
    quarantine(store, lot)

    with store.working() as work:
        release_lot(work, DecideOnLot(lot, "dry after all", PICKER))

    assert store.reserved(lot) == {}


def test_a_recall_names_what_is_blocked_and_who_got_some(store: Store):
    lot = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot, 10), a_share(lot, 5, "U-2"))
    number = store.plan(a_share(lot, 10))
    store.pick(number, 10, lot_id=lot)
    store.dispatch(number)

    with store.working() as work:
        answer = recall_lots(work, RecallLots("SOAP-BAR", "L1", "notice 7", PICKER))

    assert answer["blocked"] == [
        {"lot_id": str(lot), "location_code": "A-01", "quantity": 20}
    ]
    assert answer["went_to"] == [
        {"unit_code": "U-1", "consignment_number": CONSIGNMENT, "quantity": 10}
    ]
    assert store.reserved(lot) == {}
    (told,) = store.facts(LotRecalled)
    assert [each.unit_code for each in told.went_to] == ["U-1"]


def test_a_recalled_lot_is_not_picked(store: Store):
    """INV-04."""
    lot = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot, 10))
    number = store.plan(a_share(lot, 10))
    with store.working() as work:
        recall_lots(work, RecallLots("SOAP-BAR", "L1", "notice 7", PICKER))

    with pytest.raises((LotNotAvailableError, MoreThanAskedError)):
        store.pick(number, 1, lot_id=lot)


def test_undo_gives_a_pick_back_to_shelf_and_list(store: Store):
    lot = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot, 10))
    number = store.plan(a_share(lot, 10))
    picked = store.pick(number, 10, lot_id=lot)

    undo(store, picked.movement_id)

    assert store.balances(lot) == {"supply": -30, "location:A-01": 30}
    assert store.reserved(lot) == {"A-01": 10}


def test_undo_after_dispatch_is_refused_whole(store: Store):
    lot = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot, 10))
    number = store.plan(a_share(lot, 10))
    first = store.pick(number, 10, lot_id=lot)
    store.dispatch(number)
    store.approve(a_share(lot, 10), run="next")
    again = store.plan(a_share(lot, 10), number="C-2026-0002")
    store.pick(again, 10, lot_id=lot)

    with pytest.raises(PickListClosedError):
        undo(store, first.movement_id)

    assert store.balances(lot)["location:DISPATCH"] == 10
