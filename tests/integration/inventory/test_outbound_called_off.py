"""A consignment that is called off gives back exactly what it had taken."""

from services.inventory.application.holding.hold_lots import DecideOnLot, quarantine_lot
from shared.contracts.distribution_v1 import (
    AllocationCancelled,
    ConsignmentCancelled,
    ConsignmentPlanned,
    PlannedLine,
)
from shared.contracts.inventory_v1 import GoodsDispatched, ReservationRefused
from tests.support.store import PICKER, TOMORROW, Store, a_share, an_id

FIRST, NEXT = "C-2026-0001", "C-2026-0002"


def call_off(store: Store, number: str) -> None:
    store.hear(ConsignmentCancelled(number, "road closed"))


def test_a_hold_that_moved_to_another_lot_serves_the_next_consignment(store: Store):
    asked = store.shelve("L1", {"A-01": 10})
    in_front = store.shelve("L2", {"A-01": 10})
    number = store.list_of(a_share(asked, 10), number=FIRST)
    store.pick(number, 4, lot_id=in_front, other_lot_reason="stood in front")

    call_off(store, FIRST)
    again = store.plan(a_share(asked, 10), number=NEXT)

    lines = {each.lot_id: each for each in store.pick_list(again).lines}
    assert (lines[in_front].quantity, lines[in_front].picked) == (4, 4)
    assert (lines[asked].quantity, lines[asked].picked) == (6, 0)
    assert store.reserved(asked) == {"A-01": 6}


def test_a_run_hears_what_was_withdrawn_while_it_was_on_the_list(store: Store):
    gone = store.shelve("L1", {"A-01": 10})
    good = store.shelve("L2", {"A-01": 10})
    store.list_of(a_share(gone, 6), a_share(good, 5), number=FIRST)
    with store.working() as work:
        quarantine_lot(work, DecideOnLot(gone, "wet carton", PICKER))
    assert store.facts(ReservationRefused) == []

    call_off(store, FIRST)

    (told,) = store.facts(ReservationRefused)
    assert (told.run_id, told.reason) == (an_id(FIRST), "lot_withdrawn")
    assert [(x.lot_id, x.asked) for x in told.shortages] == [(gone, 6)]
    assert store.reserved(gone) == store.reserved(good) == {}


def test_a_consignment_planned_meanwhile_shows_the_withdrawn_goods_short(store: Store):
    gone = store.shelve("L1", {"A-01": 10})
    good = store.shelve("L2", {"A-01": 10}, product_code="SHAMPOO")
    lines = (a_share(gone, 6), a_share(good, 5, product_code="SHAMPOO"))
    store.list_of(*lines, number=FIRST)
    with store.working() as work:
        quarantine_lot(work, DecideOnLot(gone, "wet carton", PICKER))
    call_off(store, FIRST)

    again = store.plan(*lines, number=NEXT)
    store.pick(again, 5, lot_id=good, product_code="SHAMPOO")
    store.dispatch(again)

    (told,) = store.facts(GoodsDispatched)
    assert {line.lot_id: (line.planned, line.quantity) for line in told.lines} == {
        gone: (6, 0),
        good: (5, 5),
    }


def test_each_consignment_takes_the_promise_of_the_run_it_names(store: Store):
    lot = store.shelve("L1", {"A-01": 76})
    store.approve(a_share(lot, 36), run="older")
    store.approve(a_share(lot, 40), run="newer")
    newer = PlannedLine("U-1", "SOAP-BAR", lot, 40, an_id("newer"))
    store.hear(ConsignmentPlanned(FIRST, "WOMENS-PRISON", TOMORROW, (newer,)))

    store.hear(AllocationCancelled(an_id("older"), None, "a mistake"))

    assert store.reserved(lot) == {"A-01": 40}


def test_a_run_hears_again_what_was_withdrawn_before_the_list(store: Store):
    gone = store.shelve("L1", {"A-01": 10})
    store.approve(a_share(gone, 6), run=FIRST)
    with store.working() as work:
        quarantine_lot(work, DecideOnLot(gone, "wet carton", PICKER))
    store.plan(a_share(gone, 6), number=FIRST)

    call_off(store, FIRST)

    refusals = store.facts(ReservationRefused)
    assert [told.reason for told in refusals] == ["lot_withdrawn"] * 2
