"""Everything one service needs to speak and to listen, put together once."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.database.database import Database
from shared.kernel.clock import Clock
from shared.kernel.identity import IdSource
from shared.messaging.healing import Healer
from shared.messaging.inbox import Effect, Inbox
from shared.messaging.journal import Journal
from shared.messaging.parking import Parking
from shared.messaging.relay import Relay
from shared.messaging.tables import MessagingTables
from shared.telemetry.metrics import MessagingMetrics


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a service is given from outside: its world, real or made for a test."""

    database: Database
    clock: Clock
    ids: IdSource
    metrics: MessagingMetrics


@dataclass(frozen=True, slots=True)
class Station:
    """One service's mouth and ears."""

    service: str
    database: Database
    tables: MessagingTables
    journal: Journal
    inbox: Inbox
    relay: Relay
    healer: Healer
    parking: Parking
    metrics: MessagingMetrics

    @classmethod
    def build(
        cls,
        service: str,
        surroundings: Surroundings,
        tables: MessagingTables,
        effects: Mapping[str, Effect],
    ) -> "Station":
        """Put the parts together for a service and what its messages do."""
        database, clock = surroundings.database, surroundings.clock
        metrics = surroundings.metrics
        inbox = Inbox(service, database, tables, effects, clock=clock, metrics=metrics)
        return cls(
            service=service,
            database=database,
            tables=tables,
            journal=Journal(service, tables, clock, surroundings.ids),
            inbox=inbox,
            relay=Relay(service, database, tables, clock=clock, metrics=metrics),
            healer=Healer(database, tables, inbox),
            parking=Parking(database, tables, clock),
            metrics=metrics,
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """The other services this one listens to."""
        return tuple(sorted({t.split(".")[0] for t in self.inbox.message_types}))

    def measure(self) -> None:
        """Let the gauges ask for themselves whenever the metrics are read."""
        gauges = self.metrics
        gauges.unpublished.labels(self.service).set_function(self._unpublished)
        gauges.oldest_unpublished.labels(self.service).set_function(self._oldest)
        gauges.parked.labels(self.service).set_function(self._parked)

    def _unpublished(self) -> float:
        with self.database.reading() as connection:
            return self.journal.unpublished(connection)[0]

    def _oldest(self) -> float:
        with self.database.reading() as connection:
            oldest = self.journal.unpublished(connection)[1]
        return oldest.timestamp() if oldest else 0

    def _parked(self) -> float:
        return self.parking.counts()[0]
