"""From the outbox to the broker: marked as published only when it confirmed."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, select

from shared.database.database import Database
from shared.kernel.clock import Clock
from shared.messaging.journal import StoredEnvelope
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
    drop the duplicate.
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
        self._outbox = tables.outbox
        self._clock = clock
        self._metrics = metrics

    def publish_batch(self, publisher: Publisher) -> int:
        """Publish at most one batch; give its size. Raises what the broker raises."""
        if self._database.is_sqlite:
            batch = self._read()
            sent = self._send(publisher, batch)
            self._mark(sent)
            return len(sent)
        with self._database.writing() as connection:
            batch = self._read_locked(connection)
            sent = self._send(publisher, batch)
            self._mark_in(connection, sent)
        return len(sent)

    def _send(
        self, publisher: Publisher, batch: Sequence[StoredEnvelope]
    ) -> list[StoredEnvelope]:
        for stored in batch:
            publisher.publish(self._source, stored)
            self._metrics.published.labels(self._source, stored.message_type).inc()
        return list(batch)

    def _read(self) -> list[StoredEnvelope]:
        with self._database.reading() as connection:
            return [StoredEnvelope(*row) for row in connection.execute(self._next())]

    def _read_locked(self, connection: Connection) -> list[StoredEnvelope]:
        locked = self._next().with_for_update(skip_locked=True)
        return [StoredEnvelope(*row) for row in connection.execute(locked)]

    def _next(self) -> Any:
        outbox = self._outbox.c
        return (
            select(outbox.position, outbox.message_type, outbox.envelope)
            .where(outbox.published_at.is_(None))
            .order_by(outbox.position)
            .limit(RELAY_BATCH_MAX)
        )

    def _mark(self, sent: Sequence[StoredEnvelope]) -> None:
        if sent:
            with self._database.writing() as connection:
                self._mark_in(connection, sent)

    def _mark_in(self, connection: Connection, sent: Sequence[StoredEnvelope]) -> None:
        connection.execute(
            self._outbox.update()
            .where(self._outbox.c.position.in_([stored.position for stored in sent]))
            .values(published_at=self._clock.now())
        )
