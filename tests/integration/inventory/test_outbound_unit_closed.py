"""One unit of a run is left out; the run and its pick lists go on for the others."""

import pytest

from services.inventory.application.outbound.undo_pick import undo_pick
from services.inventory.domain.movement import DISPATCH, Movement, Reason, location
from services.inventory.domain.outbound_errors import NothingPickedError
from shared.contracts.distribution_v1 import AllocationCancelled, ConsignmentCancelled
from shared.contracts.inventory_v1 import GoodsDispatched
from tests.support.store import PICKER, Store, a_share, an_id

RUN = "C-2026-0001"
STAYS, CLOSED = "U-1", "U-2"


@pytest.fixture
def lot(store: Store):
    return store.shelve("L1", {"A-01": 30})


@pytest.fixture
def shares(lot):
    return [a_share(lot, 10, STAYS), a_share(lot, 6, CLOSED)]


def close(store: Store, *product_codes: str) -> None:
    codes = product_codes or None
    store.hear(AllocationCancelled(an_id(RUN), codes, "unit_closed", (CLOSED,)))


def asked(store: Store, number: str) -> tuple[int, int]:
    """What a list asks for, and what of it is picked."""
    (line,) = store.pick_list(number).lines
    return line.quantity, line.picked


def test_only_what_was_held_for_that_unit_is_free_again(store, lot, shares):
    store.approve(*shares, run=RUN)

    close(store)

    assert store.reserved(lot) == {"A-01": 10}
    assert asked(store, store.plan(shares[0], number=RUN)) == (10, 0)


def test_only_the_named_products_of_the_unit_are_let_go(store, lot, shares):
    pads = store.shelve("P1", {"A-01": 9}, product_code="PAD-NIGHT")
    of_pads = a_share(pads, 9, CLOSED, product_code="PAD-NIGHT")
    store.approve(*shares, of_pads, run=RUN)

    close(store, "PAD-NIGHT")

    assert (store.reserved(lot), store.reserved(pads)) == ({"A-01": 16}, {})


def test_an_open_pick_list_asks_for_the_others_only(store, lot, shares):
    number = store.list_of(*shares, number=RUN)

    close(store)

    assert asked(store, number) == (10, 0)
    assert store.reserved(lot) == {"A-01": 10}


def test_the_delivery_leaves_without_it_and_says_so(store, lot, shares):
    number = store.list_of(*shares, number=RUN)
    store.pick(number, 16, lot_id=lot)
    close(store)

    store.dispatch(number)

    (told,) = store.facts(GoodsDispatched)
    sent = {line.unit_code: (line.planned, line.quantity) for line in told.lines}
    assert sent == {STAYS: (10, 10), CLOSED: (6, 0)}
    assert store.balances(lot)[location(DISPATCH)] == 6
    assert store.reserved(lot) == {}


def test_a_pick_for_both_is_undone_for_the_unit_that_stays(store, lot, shares):
    number = store.list_of(*shares, number=RUN)
    picked = store.pick(number, 16, lot_id=lot)
    close(store)

    with store.working() as work:
        back = Movement(
            work.ids.new_id(),
            lot,
            16,
            location(DISPATCH),
            location("A-01"),
            Reason.REVERSAL,
            store.clock.now(),
            PICKER,
            reverses=picked.movement_id,
        )
        work.ledger.post(back)
        undo_pick(work, picked.movement_id)

    assert asked(store, number) == (10, 0)
    assert store.reserved(lot) == {"A-01": 10}


def test_a_list_that_was_for_that_unit_alone_cannot_leave(store, lot, shares):
    number = store.list_of(shares[1], number=RUN)
    store.pick(number, 6, lot_id=lot)
    close(store)

    with pytest.raises(NothingPickedError):
        store.dispatch(number)

    store.hear(ConsignmentCancelled(RUN, "unit closed"))
    assert store.reserved(lot) == {}


def test_a_unit_that_closes_before_the_approval_is_heard_waits_for_it(store):
    close(store)

    assert list(store.waiting()) == ["RunNotHeardOfError"]
