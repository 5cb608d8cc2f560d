"""What an approved allocation holds, and how it is let go."""

from datetime import date

import pytest

from services.inventory.application.holding.release_reservation import withdraw_lot
from services.inventory.domain.lot import LotStatus
from shared.contracts.distribution_v1 import AllocationCancelled
from shared.contracts.inventory_v1 import (
    ReservationRefused,
    StockChanged,
    StockReserved,
)
from tests.support.store import Store, a_share, an_id


def test_a_run_holds_its_lots_in_walking_order(store: Store):
    lot = store.shelve("L1", {"A-02": 30, "A-01": 20})

    store.approve(a_share(lot, 25), a_share(lot, 5, "U-2"))

    assert store.reserved(lot) == {"A-01": 20, "A-02": 10}
    (answer,) = store.facts(StockReserved)
    assert [(line.unit_code, line.quantity) for line in answer.lines] == [
        ("U-1", 25),
        ("U-2", 5),
    ]


def test_the_answer_names_the_version_that_shows_the_hold(store: Store):
    lot = store.shelve("L1", {"A-01": 20})

    store.approve(a_share(lot, 20))

    (answer,) = store.facts(StockReserved)
    shown = store.facts(StockChanged)[-1]
    assert (shown.version, shown.available) == (answer.lines[0].lot_version, 0)


def test_one_product_may_be_refused_and_another_held(store: Store):
    soap = store.shelve("L1", {"A-01": 20})
    pads = store.shelve("P1", {"A-01": 3}, product_code="PAD-NIGHT")

    store.approve(a_share(soap, 20), a_share(pads, 4, product_code="PAD-NIGHT"))

    (refusal,) = store.facts(ReservationRefused)
    (shortage,) = refusal.shortages
    assert (refusal.product_code, shortage.asked, shortage.free) == ("PAD-NIGHT", 4, 3)
    assert store.reserved(soap) == {"A-01": 20}
    assert store.reserved(pads) == {}


@pytest.mark.parametrize(
    "state",
    [
        {"hold": LotStatus.QUARANTINED},
        {"hold": LotStatus.RECALLED},
        {"expires_on": date(2026, 11, 22)},
    ],
    ids=["quarantined", "recalled", "expired by the hand-over"],
)
def test_a_lot_that_may_not_go_out_is_never_held(store: Store, state):
    """INV-04."""
    lot = store.shelve("L1", {"A-01": 20}, **state)

    store.approve(a_share(lot, 1))

    assert store.facts(StockReserved) == []
    assert store.facts(ReservationRefused)[0].shortages[0].free == 0


def test_goods_outside_storage_are_never_held(store: Store):
    lot = store.shelve("L1", {"RETURNS": 50, "H-01": 50})

    store.approve(a_share(lot, 1))

    assert len(store.facts(ReservationRefused)) == 1


def test_a_lot_nobody_has_heard_of_is_a_shortage(store: Store):
    store.approve(a_share(an_id("nowhere"), 1))

    assert store.facts(ReservationRefused)[0].shortages[0].free == 0


def test_a_run_told_again_is_not_held_again(store: Store):
    lot = store.shelve("L1", {"A-01": 20})

    store.approve(a_share(lot, 5))
    store.approve(a_share(lot, 5), a_share(lot, 1, "U-9", "PAD-NIGHT"))

    assert store.reserved(lot) == {"A-01": 5}
    assert len(store.facts(StockReserved)) == 1


def test_a_cancelled_run_lets_go_of_the_named_products(store: Store):
    soap = store.shelve("L1", {"A-01": 20})
    pads = store.shelve("P1", {"A-01": 20}, product_code="PAD-NIGHT")
    store.approve(a_share(soap, 5), a_share(pads, 5, product_code="PAD-NIGHT"))

    store.hear(AllocationCancelled(an_id("run"), ("SOAP-BAR",), "planned anew"))

    assert (store.reserved(soap), store.reserved(pads)) == ({}, {"A-01": 5})
    store.hear(AllocationCancelled(an_id("run"), None, "planned anew"))
    assert store.reserved(pads) == {}


def test_a_cancellation_waits_for_the_approval_it_overtook(store: Store):
    lot = store.shelve("L1", {"A-01": 20})

    store.hear(AllocationCancelled(an_id("run"), None, "planned anew"))
    assert store.waiting() == {"RunNotHeardOfError": False}
    store.approve(a_share(lot, 5))
    store.clock.advance(minutes=1)
    store.app.station.inbox.retry_due()

    assert store.reserved(lot) == {}
    assert store.waiting() == {}


def test_a_withdrawn_lot_frees_its_holds_and_tells_the_run(store: Store):
    lot = store.shelve("L1", {"A-01": 20, "A-02": 20})
    store.approve(a_share(lot, 25), a_share(lot, 5, "U-2"))

    with store.working() as work:
        withdraw_lot(work, lot)

    assert store.reserved(lot) == {}
    (told,) = store.facts(ReservationRefused)
    assert (told.run_id, told.reason) == (an_id("run"), "lot_withdrawn")
    assert [(each.lot_id, each.asked, each.free) for each in told.shortages] == [
        (lot, 30, 0)
    ]


def test_a_run_that_loses_one_lot_of_a_product_loses_all_it_holds_of_it(store: Store):
    """All or none: a refusal says that nothing of the product is held."""
    gone = store.shelve("L1", {"A-01": 20})
    good = store.shelve("L2", {"A-01": 20})
    pads = store.shelve("P1", {"A-01": 20}, product_code="PAD-NIGHT")
    store.approve(
        a_share(gone, 5), a_share(good, 5), a_share(pads, 5, product_code="PAD-NIGHT")
    )
    store.approve(a_share(good, 7), run="another")

    with store.working() as work:
        withdraw_lot(work, gone)

    assert [store.reserved(lot) for lot in (gone, good, pads)] == [
        {},
        {"A-01": 7},
        {"A-01": 5},
    ]


def test_a_run_may_be_cancelled_after_it_lost_a_lot(store: Store):
    gone = store.shelve("L1", {"A-01": 20})
    store.approve(a_share(gone, 5))
    with store.working() as work:
        withdraw_lot(work, gone)

    store.hear(AllocationCancelled(an_id("run"), None, "planned anew"))

    assert store.reserved(gone) == {}
    assert store.waiting() == {}
