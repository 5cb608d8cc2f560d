"""The same day in the warehouse on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from services.inventory.adapters.tables import BALANCES, MOVEMENTS
from services.inventory.domain.movement import SUPPLY, location
from shared.contracts.inventory_v1 import StockChanged
from tests.support.store import MORNING, an_id
from tests.support.warehouse import LATER

SHELVES = ("A-01", "A-02", "H-01")


def test_a_day_in_the_warehouse(either_warehouse):
    """Every kind of write and read once; the fixture proves the books."""
    store = either_warehouse
    soap = store.receive(raw="2000100010006", expires_on=LATER, quantity=50)
    combs = store.receive(gift_number="G-2026-009", quantity=10)
    store.only(product_code="MED-PARA", expires_on=LATER)
    pills = store.receive(product_code="MED-PARA", expires_on=LATER, lot_number="=1+1")
    store.announce("G-2026-009", ("women",))
    store.release(pills)
    moved = store.only(action="move", to_location_code="A-02", quantity=4)
    store.undo(moved)
    store.only(action="count", quantity=9)
    store.wait(minutes=5)

    again = store.scan(store.line(action="count", quantity=10))

    assert again[0]["status"] == "applied"
    assert store.lot(combs).earmark == ("women",)
    assert store.lot(soap).version == 1
    assert store.stock() == [
        ("HYG-COMB", "A-01", 10),
        ("HYG-SOAP-B", "A-01", 50),
        ("MED-PARA", "A-01", 2),
    ]
    card = store.app.queries.stock_card("HYG-COMB")
    assert [(each.change, each.balance) for each in card] == [
        (1, 10),
        (-1, 9),
        (0, 10),
        (0, 10),
        (10, 10),
    ]
    [item] = store.attention()
    assert item[0] == "lot_missing"


def test_the_past_is_asked_of_the_records(either_warehouse):
    """Ten came; nine left at two and came back at four: one could leave at one."""
    store = either_warehouse
    store.receive(quantity=10)
    for origin, goal in (("A-01", "A-02"), ("A-02", "A-01")):
        store.wait(hours=2)
        store.only(
            action="move", location_code=origin, to_location_code=goal, quantity=9
        )
    past = MORNING + timedelta(hours=1)
    back_dated = {"action": "move", "occurred_at": past.isoformat()}

    too_many = store.only(**back_dated, to_location_code="A-02", quantity=2)
    few_enough = store.only(**back_dated, to_location_code="A-02", quantity=1)

    assert too_many["code"] == "balance_would_be_negative"
    assert few_enough["status"] == "applied"


def test_a_movement_is_never_changed_or_deleted(either_warehouse):
    """INV-05, said by the database."""
    either_warehouse.receive()

    for statement in (update(MOVEMENTS).values(quantity=9), delete(MOVEMENTS)):
        with (
            pytest.raises(DBAPIError, match="only reversed"),
            either_warehouse.database.writing() as connection,
        ):
            connection.execute(statement)


@pytest.mark.parametrize(
    ("values", "rule_name"),
    [
        ({"account": "loss:LOST", "kind": "loss", "on_hand": -1}, "below_zero"),
        ({"account": location("A-02"), "reserved": 3}, "never_promise"),
        ({"account": "loss:LOST", "kind": "loss", "reserved": 1}, "never_promise"),
        ({"account": "attic:1", "kind": "attic"}, "kind_is_known"),
    ],
)
def test_the_database_refuses_what_the_ledger_would(
    either_warehouse, values, rule_name
):
    """INV-02, said once more by the database."""
    answer = either_warehouse.receive()
    row = {
        "lot_id": an_id("unused"),
        "product_code": "HYG-COMB",
        "kind": "location",
        "on_hand": 2,
        "reserved": 0,
        "latest_at": either_warehouse.clock.now(),
    }
    lot_id = either_warehouse.lot(answer).lot_id

    with (
        pytest.raises(IntegrityError, match=rule_name),
        either_warehouse.database.writing() as connection,
    ):
        connection.execute(insert(BALANCES).values({**row, "lot_id": lot_id, **values}))


class Warehouse(RuleBasedStateMachine):
    """INV-01, INV-02: whatever is scanned, the messages tell what a book tells."""

    store = None

    @initialize()
    def open(self):
        self.gift = f"G-{self.store.app.ids.new_id().hex[-12:]}"
        self.book = dict.fromkeys(SHELVES, 0)
        self.received = self.lost = 0
        self.store.announce(self.gift)

    def scan(self, **fields):
        return self.store.only(gift_number=self.gift, **fields)

    @rule(quantity=st.integers(1, 30), shelf=st.sampled_from(SHELVES))
    def receive(self, quantity, shelf):
        answer = self.scan(quantity=quantity, location_code=shelf)
        self.book[shelf] += quantity
        self.received += quantity
        self.lot_id = answer["lot_id"]

    @precondition(lambda self: self.received)
    @rule(
        quantity=st.integers(1, 40),
        shelf=st.sampled_from(SHELVES),
        goal=st.sampled_from(SHELVES),
    )
    def carry(self, quantity, shelf, goal):
        answer = self.scan(
            action="move",
            quantity=quantity,
            location_code=shelf,
            to_location_code=goal,
            lot_id=self.lot_id,
        )
        may = shelf != goal and quantity <= self.book[shelf]
        assert answer["status"] == ("applied" if may else "refused")
        if may:
            self.book[shelf] -= quantity
            self.book[goal] += quantity

    @precondition(lambda self: self.received)
    @rule(counted=st.integers(0, 40), shelf=st.sampled_from(SHELVES))
    def count(self, counted, shelf):
        self.scan(
            action="count", quantity=counted, location_code=shelf, lot_id=self.lot_id
        )
        gained = counted - self.book[shelf]
        found = min(max(gained, 0), self.lost)
        self.lost += -found if gained > 0 else -gained
        self.received += max(gained, 0) - found
        self.book[shelf] = counted

    @precondition(lambda self: self.received)
    @invariant()
    def the_messages_tell_what_the_book_tells(self):
        last = [
            each
            for each in self.store.facts(StockChanged)
            if str(each.lot_id) == self.lot_id
        ][-1]
        in_stock = sum(self.book.values())
        assert (last.received, last.in_stock, last.lost) == (
            self.received,
            in_stock,
            self.lost,
        )
        assert last.received == last.in_stock + last.lost
        assert last.available == self.book["A-01"] + self.book["A-02"]
        accounts = self.store.accounts(last.lot_id)
        assert accounts.balance(SUPPLY).on_hand == -self.received


def test_whatever_is_scanned_the_messages_agree_with_the_book(either_warehouse):
    class Machine(Warehouse):
        store = either_warehouse

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
