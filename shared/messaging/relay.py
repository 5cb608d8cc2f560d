"""From the outbox to the broker: marked as published only when it confirmed."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam

from shared.database.database import Database
from shared.kernel.clock import Clock
from shared.messaging.journal import StoredEnvelope, stored_envelopes
from shared.messaging.tables import MessagingTables
from shared.telemetry.metrics import MessagingMetrics

RELAY_BATCH_MAX = 200


class Publisher(Protocol):
    """Sends one stored message and returns when the broker has it."""

    def publish(self, source: str, stored: StoredEnvelope) -> None:
        """Send; raise when the broker did not confirm."""


class Relay:
    """Publishes what a service has said, oldest first, at least once.

    A crash between the confirmation and the mark publishes again: consumers
    drop the duplicate. So with SQLite, where every commit waits for the disk and
    positions are in the order of commits, many batches are marked at once.
    """

    def __init__(
        self,
        source: str,
        database: Database,
        tables: MessagingTables,
        *,
        clock: Clock,
        metrics: MessagingMetrics,
    ) -> None:
        self._source = source
        self._database = database
        outbox = tables.outbox
        self._confirmed: list[int] = []
        self._published_up_to = 0
        self._next = (
            stored_envelopes(outbox)
            .where(outbox.c.published_at.is_(None))
            .where(outbox.c.position > bindparam("published_up_to"))
            .limit(RELAY_BATCH_MAX)
        )
        self._next_locked = self._next.with_for_update(skip_locked=True)
        self._set_published = (
            outbox.update()
            .where(outbox.c.position.in_(bindparam("positions", expanding=True)))
            .values(published_at=bindparam("now"))
        )
        self._clock = clock
        self._metrics = metrics

    def publish_batch(self, publisher: Publisher) -> int:
        """Publish at most one batch; give its size. Raises what the broker raises.

        With SQLite the call that finds nothing more marks what was confirmed.
        """
        if not self._database.is_sqlite:
            with self._database.writing() as connection:
                return self._publish_locked(publisher, connection)
        with self._database.reading() as connection:
            batch = self._read(connection, self._next)
        for stored in batch:
            self._send(publisher, stored)
            self._published_up_to = stored.position
            self._confirmed.append(stored.position)
        if not batch or len(self._confirmed) >= RELAY_BATCH_MAX:
            self._mark_confirmed()
        return len(batch)

    def _publish_locked(self, publisher: Publisher, connection: Connection) -> int:
        """Keep other copies off the batch until it is marked."""
        batch = self._read(connection, self._next_locked)
        for stored in batch:
            self._send(publisher, stored)
        self._mark(connection, [stored.position for stored in batch])
        return len(batch)

    def _read(self, connection: Connection, query: Any) -> Sequence[StoredEnvelope]:
        rows = connection.execute(query, {"published_up_to": self._published_up_to})
        return [StoredEnvelope(*row) for row in rows]

    def _send(self, publisher: Publisher, stored: StoredEnvelope) -> None:
        publisher.publish(self._source, stored)
        self._metrics.published.labels(self._source, stored.message_type).inc()

    def _mark_confirmed(self) -> None:
        if self._confirmed:
            with self._database.writing() as connection:
                self._mark(connection, self._confirmed)
            self._confirmed = []

    def _mark(self, connection: Connection, positions: Sequence[int]) -> None:
        if positions:
            terms = {"positions": positions, "now": self._clock.now()}
            connection.execute(self._set_published, terms)
