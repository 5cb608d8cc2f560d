"""What a handover does to the books, and how it is corrected."""

import pytest

from services.inventory.domain.movement import Movement, Reason, location
from shared.contracts.inventory_v1 import LotWentTo, StockChanged, StockWrittenOff
from tests.support.store import PICKER, Store, a_share, an_ending

CONSIGNMENT = "C-2026-0001"
TRANSIT = f"transit:{CONSIGNMENT}"


@pytest.fixture
def lot(store: Store):
    """Twenty of thirty on their way: 12 for U-1, 8 for U-2."""
    lot_id = store.shelve("L1", {"A-01": 30})
    lines = (a_share(lot_id, 12), a_share(lot_id, 8, "U-2"))
    store.approve(*lines)
    number = store.plan(*lines)
    store.pick(number, 20, lot_id=lot_id)
    store.dispatch(number)
    store.clock.advance(hours=3)
    return lot_id


def outside(store: Store, lot_id) -> dict[str, int]:
    balances = store.balances(lot_id)
    return {name: balances[name] for name in balances if name not in IN_STORE}


IN_STORE = {"supply", "location:A-01"}


def test_every_unit_ends_where_the_gate_said(store: Store, lot):
    store.hand_over(
        an_ending(lot, 7, refused=2, damaged=2, short=1),
        an_ending(lot, 8, unit_code="U-2"),
    )

    assert outside(store, lot) == {
        "delivered:U-1": 7,
        "delivered:U-2": 8,
        "location:RETURNS": 2,
        "loss:DAMAGED": 2,
        "loss:LOST": 1,
    }
    said = store.facts(StockChanged)[-1]
    assert (said.in_stock, said.in_transit, said.accepted, said.lost) == (12, 0, 15, 3)
    assert said.lost_by_reason == {"DAMAGED": 2, "LOST": 1}
    assert said.available == 10


def test_losses_are_explained_and_numbered(store: Store, lot):
    store.hand_over(an_ending(lot, 9, damaged=2, short=1))

    explained = store.facts(StockWrittenOff)
    assert [(each.reason, each.quantity, each.gift_number) for each in explained] == [
        ("DAMAGED", 2, "G-L1"),
        ("LOST", 1, "G-L1"),
    ]
    with store.working() as work:
        papers = {
            movement.document
            for movement in work.movements.of_document("INC-2026-0001")
        }
    assert papers == {"INC-2026-0001"}


def test_a_handover_told_twice_is_booked_once(store: Store, lot):
    store.hand_over(an_ending(lot, 12))
    store.clock.advance(minutes=1)
    store.hand_over(an_ending(lot, 12))

    assert outside(store, lot) == {"delivered:U-1": 12, TRANSIT: 8}


def test_more_than_is_in_transit_waits_for_a_person(store: Store, lot):
    store.hand_over(an_ending(lot, 12, short=1))

    assert store.waiting() == {"SettlementMismatchError": True}
    assert outside(store, lot) == {TRANSIT: 20}


def test_a_second_handover_cannot_settle_the_same_goods(store: Store, lot):
    store.hand_over(an_ending(lot, 12), handover="first")
    store.hand_over(an_ending(lot, 1), handover="second")

    assert store.waiting() == {"SettlementMismatchError": True}


def test_a_handover_waits_for_the_dispatch_it_overtook(store: Store):
    lot_id = store.shelve("L1", {"A-01": 30})
    store.hand_over(an_ending(lot_id, 12))
    assert store.waiting() == {"DispatchNotHeardOfError": False}

    store.approve(a_share(lot_id, 12))
    number = store.plan(a_share(lot_id, 12))
    store.pick(number, 12, lot_id=lot_id)
    store.dispatch(number)
    store.clock.advance(minutes=1)
    store.app.station.inbox.retry_due()

    assert outside(store, lot_id) == {"delivered:U-1": 12}


class TestCorrection:
    def test_replaces_what_was_booked(self, store: Store, lot):
        store.hand_over(an_ending(lot, 12), handover="first")

        store.hand_over(
            an_ending(lot, 9, refused=2, damaged=1),
            handover="second",
            corrects="first",
        )

        assert outside(store, lot) == {
            "delivered:U-1": 9,
            "location:RETURNS": 2,
            "loss:DAMAGED": 1,
            TRANSIT: 8,
        }

    def test_leaves_alone_what_it_does_not_change(self, store: Store, lot):
        """Goods that rightly came back may have been put on the shelf since."""
        store.hand_over(an_ending(lot, 9, refused=3), handover="first")
        with store.working() as work:
            work.ledger.post(
                Movement(
                    work.ids.new_id(),
                    lot,
                    3,
                    location("RETURNS"),
                    location("A-02"),
                    Reason.MOVE,
                    store.clock.now(),
                    PICKER,
                )
            )

        store.hand_over(
            an_ending(lot, 8, refused=3, short=1), handover="second", corrects="first"
        )

        assert store.waiting() == {}
        assert outside(store, lot) == {
            "delivered:U-1": 8,
            "location:A-02": 3,
            "loss:LOST": 1,
            TRANSIT: 8,
        }

    def test_takes_back_lines_that_it_leaves_out(self, store: Store, lot):
        store.hand_over(
            an_ending(lot, 12), an_ending(lot, 8, unit_code="U-2"), handover="first"
        )

        store.hand_over(an_ending(lot, 12), handover="second", corrects="first")

        assert outside(store, lot) == {"delivered:U-1": 12, TRANSIT: 8}

    def test_may_be_corrected_again_but_only_the_last(self, store: Store, lot):
        store.hand_over(an_ending(lot, 12), handover="first")
        store.hand_over(an_ending(lot, 11), handover="second", corrects="first")
        store.hand_over(an_ending(lot, 10), handover="third", corrects="second")

        store.hand_over(an_ending(lot, 9), handover="late", corrects="first")

        assert store.waiting() == {"HandoverAlreadyCorrectedError": True}
        assert outside(store, lot) == {"delivered:U-1": 10, TRANSIT: 10}

    def test_waits_for_the_handover_it_overtook(self, store: Store, lot):
        store.hand_over(an_ending(lot, 11), handover="second", corrects="first")
        assert store.waiting() == {"HandoverNotHeardOfError": False}

        store.hand_over(an_ending(lot, 12), handover="first")
        store.clock.advance(minutes=1)
        store.app.station.inbox.retry_due()

        assert outside(store, lot) == {"delivered:U-1": 11, TRANSIT: 9}


class TestWhereLotsWent:
    def test_names_every_unit_and_consignment(self, store: Store, lot):
        with store.working() as work:
            went_to = work.consignments.went_to([lot])

        assert went_to == [
            LotWentTo("U-1", CONSIGNMENT, 12),
            LotWentTo("U-2", CONSIGNMENT, 8),
        ]

    def test_leaves_out_what_was_not_accepted(self, store: Store, lot):
        store.hand_over(
            an_ending(lot, 7, refused=4, damaged=1),
            an_ending(lot, 0, short=8, unit_code="U-2"),
        )

        with store.working() as work:
            assert work.consignments.went_to([lot]) == [
                LotWentTo("U-1", CONSIGNMENT, 7)
            ]
