"""What inventory counts of itself; facts are counted as they pass."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge
from sqlalchemy import func, select

from services.inventory.adapters.tables import BALANCES, LOTS, STANDING
from services.inventory.domain.movement import Movement
from shared.contracts.inventory_v1 import (
    GoodsReceived,
    GoodsRefused,
    ReservationRefused,
    StockReserved,
)
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

HORIZONS_DAYS = (30, 90)


class InventoryMetrics:
    """Counters that grow with each unit of work, gauges read at each scrape.

    A unit of work that fails at its very commit may have been counted.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self.receipts = Counter(
            "inventory_goods_receipts_total",
            "Scanned receipts: complete when taken in, refused when not.",
            ["outcome"],
            registry=registry,
        )
        self.movements = Counter(
            "inventory_movements_posted_total",
            "Movements posted to the stock ledger.",
            ["reason"],
            registry=registry,
        )
        self.reservations = Counter(
            "inventory_reservations_total",
            "Products of allocation runs answered: reserved whole, or short.",
            ["outcome"],
            registry=registry,
        )
        self.imbalance = Gauge(
            "inventory_ledger_imbalance",
            "INV-01: lots whose accounts do not sum to zero; must be 0.",
            registry=registry,
        )
        self.near_expiry = Gauge(
            "inventory_lots_near_expiry",
            "Lots in stock whose last day of use is near.",
            ["horizon"],
            registry=registry,
        )

    def count(self, movements: Iterable[Movement], facts: Iterable[object]) -> None:
        """Count what a unit of work posted and said."""
        for movement in movements:
            self.movements.labels(movement.reason).inc()
        for fact in facts:
            match fact:
                case GoodsReceived(is_reversal=False):
                    self.receipts.labels("complete").inc()
                case GoodsRefused():
                    self.receipts.labels("refused").inc()
                case StockReserved():
                    self.reservations.labels("reserved").inc()
                case ReservationRefused():
                    self.reservations.labels("short").inc()
                case _:
                    continue

    def watch(self, database: Database, clock: Clock) -> None:
        """Let the gauges read the database whenever they are scraped."""
        self.imbalance.set_function(lambda: _imbalance(database))
        for days in HORIZONS_DAYS:
            reader = _near_expiry(database, clock, timedelta(days=days))
            self.near_expiry.labels(f"{days}d").set_function(reader)


def _imbalance(database: Database) -> float:
    uneven = (
        select(BALANCES.c.lot_id)
        .group_by(BALANCES.c.lot_id)
        .having(func.sum(BALANCES.c.on_hand) != 0)
        .subquery()
    )
    with database.reading() as connection:
        return float(
            connection.execute(select(func.count()).select_from(uneven)).scalar_one()
        )


def _near_expiry(
    database: Database, clock: Clock, horizon: timedelta
) -> Callable[[], float]:
    def read() -> float:
        today = local_day(clock.now())
        query = (
            select(func.count(LOTS.c.lot_id.distinct()))
            .join_from(LOTS, BALANCES)
            .where(LOTS.c.expires_on.between(today, today + horizon))
            .where(STANDING)
        )
        with database.reading() as connection:
            return float(connection.execute(query).scalar_one())

    return read
