"""The accounts of a lot: nothing appears, nothing vanishes, nothing is overdrawn."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.inventory.domain.errors import (
    BackdatedBalanceError,
    InsufficientStockError,
)
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import (
    SUPPLY,
    Movement,
    Reason,
    delivered,
    location,
    loss,
    returned,
    transit,
)

LOT = UUID("0198f000-0000-7000-8000-000000000001")
NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)
SHELF, HOLD = location("A-01"), location("H-01")
KINDS = {"A-01": "storage", "H-01": "hold"}
PLACES = (
    SHELF,
    HOLD,
    transit("C-1"),
    delivered("W-A"),
    loss("DAMAGED"),
    loss("LOST"),
    returned("G-1"),
)


def accounts(**facts):
    return LotAccounts(Lot(LOT, "SOAP", "L1", None, date(2026, 11, 1), "G-1", **facts))


def movement(quantity, source=SUPPLY, target=SHELF, *, at=NOON):
    return Movement(
        UUID(int=quantity), LOT, quantity, source, target, Reason.MOVE, at, "someone"
    )


class TestPost:
    def test_takes_from_one_account_what_it_gives_another(self):
        lot = accounts()

        lot.post(movement(10))
        lot.post(movement(4, SHELF, HOLD))

        on_hand = {account: each.on_hand for account, each in lot.balances.items()}
        assert on_hand == {SUPPLY: -10, SHELF: 6, HOLD: 4}

    def test_refuses_more_than_there_is_and_changes_nothing(self):
        lot = accounts()
        lot.post(movement(10))
        before = dict(lot.balances)

        with pytest.raises(InsufficientStockError, match="requested 11, only 10"):
            lot.post(movement(11, SHELF, HOLD))

        assert lot.balances == before

    def test_leaves_what_is_promised_where_it_is(self):
        lot = accounts()
        lot.post(movement(10))
        lot.reserve("A-01", 7)

        with pytest.raises(InsufficientStockError):
            lot.post(movement(4, SHELF, HOLD))
        lot.post(movement(3, SHELF, HOLD))

        assert lot.balance(SHELF).free == 0

    def test_refuses_what_the_past_did_not_hold(self):
        lot = accounts()
        lot.post(movement(10))

        with pytest.raises(BackdatedBalanceError):
            lot.post(movement(1, SHELF, HOLD, at=NOON - timedelta(hours=1)))

    def test_refuses_in_the_past_what_was_needed_later(self):
        """Ten came at noon, nine left at two and came back at four."""
        lot = accounts()
        lot.post(movement(10))
        lot.post(movement(9, SHELF, HOLD, at=NOON + timedelta(hours=2)))
        lot.post(movement(9, HOLD, SHELF, at=NOON + timedelta(hours=4)))
        past = NOON + timedelta(hours=1)

        with pytest.raises(BackdatedBalanceError):
            lot.post(movement(2, SHELF, HOLD, at=past))
        lot.post(movement(1, SHELF, HOLD, at=past))

        assert lot.balance(SHELF).on_hand == 9

    def test_asks_the_records_what_happened_later(self):
        def history(_lot, _account, _since):
            return [(NOON + timedelta(hours=1), 8)]

        lot = accounts()
        lot.post(movement(2))
        lot.post(movement(8, at=NOON + timedelta(hours=1)))
        lot.posted.clear()
        lot.history = history

        with pytest.raises(BackdatedBalanceError, match="held only 2"):
            lot.post(movement(3, SHELF, HOLD, at=NOON))


class TestBuckets:
    def test_tells_where_every_received_unit_is(self):
        lot = accounts()
        lot.post(movement(100))
        for quantity, target in zip((1, 2, 3, 4, 5), PLACES[1:6], strict=True):
            lot.post(movement(quantity, SHELF, target))
        lot.reserve("A-01", 10)

        buckets = lot.buckets(KINDS)

        assert (buckets.received, buckets.in_stock, buckets.reserved) == (100, 86, 10)
        assert (buckets.in_transit, buckets.accepted, buckets.lost) == (2, 3, 9)
        assert buckets.lost_by_reason == {"DAMAGED": 4, "LOST": 5}
        assert buckets.available == 75

    @pytest.mark.parametrize(
        "facts",
        [
            {"hold": LotStatus.QUARANTINED},
            {"hold": LotStatus.RECALLED},
            {"awaits_gift": True},
        ],
    )
    def test_nothing_of_a_held_lot_is_available(self, facts):
        lot = accounts(**facts)
        lot.post(movement(10))

        assert lot.buckets(KINDS).available == 0

    def test_nothing_outside_storage_is_available(self):
        lot = accounts()
        lot.post(movement(10, SUPPLY, HOLD))

        assert lot.buckets(KINDS).available == 0


class Ledger(RuleBasedStateMachine):
    """INV-01, INV-02: whatever is tried, a naive book kept beside agrees."""

    def __init__(self):
        super().__init__()
        self.lot = accounts()
        self.book = dict.fromkeys(PLACES, 0)
        self.promised = 0
        self.received = 0

    @rule(quantity=st.integers(1, 50), place=st.sampled_from((SHELF, HOLD)))
    def receive(self, quantity, place):
        self.lot.post(movement(quantity, SUPPLY, place))
        self.book[place] += quantity
        self.received += quantity

    @rule(
        quantity=st.integers(1, 60),
        origin=st.sampled_from(PLACES),
        goal=st.sampled_from((SUPPLY, *PLACES)),
    )
    def carry(self, quantity, origin, goal):
        if origin == goal:
            return
        free = self.book[origin] - (self.promised if origin == SHELF else 0)
        if quantity > free:
            with pytest.raises(InsufficientStockError):
                self.lot.post(movement(quantity, origin, goal))
            return
        self.lot.post(movement(quantity, origin, goal))
        self.book[origin] -= quantity
        if goal == SUPPLY:
            self.received -= quantity
        else:
            self.book[goal] += quantity

    @rule(quantity=st.integers(1, 40))
    def promise(self, quantity):
        if quantity > self.book[SHELF] - self.promised:
            with pytest.raises(InsufficientStockError):
                self.lot.reserve("A-01", quantity)
        else:
            self.lot.reserve("A-01", quantity)
            self.promised += quantity

    @rule(share=st.integers(0, 100))
    def free(self, share):
        quantity = self.promised * share // 100
        self.lot.release("A-01", quantity)
        self.promised -= quantity

    @invariant()
    def agrees_with_the_book(self):
        assert {p: self.lot.balance(p).on_hand for p in PLACES} == self.book
        assert sum(each.on_hand for each in self.lot.balances.values()) == 0

    @invariant()
    def buckets_add_up(self):
        buckets = self.lot.buckets(KINDS)
        elsewhere = buckets.in_transit + buckets.accepted + buckets.returned
        assert buckets.received == self.received
        assert buckets.received == buckets.in_stock + elsewhere + buckets.lost
        assert buckets.available == self.book[SHELF] - self.promised
        assert buckets.reserved == self.promised <= buckets.in_stock


TestLedger = Ledger.TestCase
