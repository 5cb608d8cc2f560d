"""The proof finds what it looks for, and the metrics tell what happened."""

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from services.inventory.wiring import build
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.kernel.identity import SeededIdSource
from shared.messaging.station import Surroundings
from shared.telemetry.metrics import MessagingMetrics
from tests.support.store import MORNING
from tests.support.warehouse import LATER, Warehouse


@pytest.fixture
def tampered(tmp_path):
    """A warehouse whose rows a test may spoil; nobody proves it afterwards."""
    warehouse = Warehouse(f"sqlite:///{tmp_path / 'spoilt.sqlite3'}")
    warehouse.receive(quantity=5)
    warehouse.undo(warehouse.receive(quantity=3))
    yield warehouse
    warehouse.database.close()


def spoil(warehouse, *statements):
    """Change rows behind the back of every rule."""
    with warehouse.database.writing() as connection:
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        connection.execute(text("DROP TRIGGER movements_never_update"))
        for statement in statements:
            connection.execute(text(statement))
        connection.execute(text("PRAGMA ignore_check_constraints = OFF"))


def broken(warehouse):
    return {check["name"] for check in warehouse.app.verify() if check["violations"]}


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE balances SET on_hand = 6 WHERE account = 'location:A-01'",
            "every lot sums to zero",
        ),
        ("UPDATE movements SET quantity = 9", "balances are sums of movements"),
        (
            "UPDATE balances SET reserved = 6 WHERE account = 'location:A-01'",
            "nothing is below zero or overpromised",
        ),
        (
            "UPDATE movements SET target = 'location:A-02' WHERE reverses IS NOT NULL",
            "reversals are exact opposites",
        ),
        (
            "DELETE FROM outbox WHERE message_type = 'inventory.stock_changed.v1'",
            "the newest stock_changed tells the balances",
        ),
        (
            "UPDATE lots SET hold = 'recalled'",
            "the newest stock_changed tells the balances",
        ),
    ],
)
def test_finds_what_was_spoilt(tampered, statement, found):
    assert broken(tampered) == set()

    spoil(tampered, statement)

    assert found in broken(tampered)


def test_what_it_finds_can_be_written_down(tampered):
    spoil(tampered, "UPDATE balances SET on_hand = on_hand + 1 WHERE kind = 'supply'")

    [check] = [c for c in tampered.app.verify() if "sums to zero" in c["name"]]
    assert check["violations"] == [
        {"lot_id": check["violations"][0]["lot_id"], "sum": "1"}
    ]


class TestMetrics:
    @pytest.fixture
    def registry(self):
        return CollectorRegistry()

    @pytest.fixture
    def counted(self, tmp_path, registry):
        """A service whose metrics we hold, on a warehouse's database."""
        url = f"sqlite:///{tmp_path / 'counted.sqlite3'}"
        warehouse = Warehouse(url)
        clock = FrozenClock(MORNING)
        surroundings = Surroundings(
            Database(url), clock, SeededIdSource(clock, 3), MessagingMetrics(registry)
        )
        warehouse.app.database.close()
        warehouse.app = build(surroundings, registry)
        yield warehouse
        surroundings.database.close()

    def samples(self, registry):
        families = text_string_to_metric_families(generate_latest(registry).decode())
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in families
            for sample in family.samples
            if sample.name.startswith("inventory_")
        }

    def test_tell_what_happened(self, counted, registry):
        counted.receive(product_code="HYG-SOAP-B", expires_on="2027-02-20")
        counted.receive(product_code="HYG-SOAP-L", expires_on=LATER)
        counted.only(action="refuse", reason="torn")
        counted.only(action="move", to_location_code="A-02", lot_number="none")

        samples = self.samples(registry)
        assert samples["inventory_goods_receipts_total", "complete"] == 2
        assert samples["inventory_goods_receipts_total", "refused"] == 1
        assert samples["inventory_movements_posted_total", "RECEIPT"] == 2
        assert samples["inventory_lots_near_expiry", "90d"] == 1
        assert samples["inventory_lots_near_expiry", "30d"] == 0
        assert samples[("inventory_ledger_imbalance",)] == 0

    def test_show_books_that_are_wrong(self, counted, registry):
        counted.receive()
        with counted.app.database.writing() as connection:
            connection.execute(
                text("UPDATE balances SET on_hand = 7 WHERE kind = 'location'")
            )

        assert self.samples(registry)[("inventory_ledger_imbalance",)] == 1
