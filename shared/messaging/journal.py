"""What a service says, written in the transaction that made it true."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, Select, Table, bindparam, func, select, text

from shared.contracts import envelope as envelopes
from shared.contracts.envelope import Envelope
from shared.contracts.registry import body_of, type_of
from shared.database.database import mark
from shared.kernel.clock import Clock
from shared.kernel.identity import IdSource
from shared.messaging.tables import MessagingTables
from shared.telemetry.correlation import current_trace

log = structlog.get_logger()
SAID = "said"
"""Marks a transaction that has written into the outbox."""

_TRANSACTION_ID = text("pg_current_xact_id()::text::bigint")
_OLDEST_OPEN = text("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")

Said = tuple[object, datetime | None]
"""A fact and when it happened; None means now."""


@dataclass(frozen=True, slots=True)
class StoredEnvelope:
    """A message as it stands in an outbox, with its place there."""

    position: int
    message_type: str
    envelope: str
    message_id: UUID


class Journal:
    """Writes facts into a service's outbox and reads them back in order."""

    def __init__(
        self, source: str, tables: MessagingTables, clock: Clock, ids: IdSource
    ) -> None:
        self.source = source
        self._outbox = tables.outbox
        self._insert_with_snapshot = tables.outbox.insert().values(
            snapshot=_TRANSACTION_ID
        )
        self._insert_alone = tables.outbox.insert()
        self._after = _after(tables.outbox)
        self._settled_after = self._after.where(tables.outbox.c.snapshot < _OLDEST_OPEN)
        self._clock = clock
        self._ids = ids

    def write(
        self, connection: Connection, fact: object, occurred_at: datetime | None = None
    ) -> None:
        """Add one fact to the open transaction."""
        self.write_all(connection, [(fact, occurred_at)])

    def write_all(self, connection: Connection, said: Sequence[Said]) -> None:
        """Add facts to the open transaction, in their order and in one statement."""
        if not said:
            return
        rows = [self._row(fact, occurred_at) for fact, occurred_at in said]
        connection.execute(self._insert(connection), rows)
        mark(connection, SAID)
        for row in rows:
            log.info(
                "fact_announced",
                service=self.source,
                message_type=row["message_type"],
                message_id=str(row["message_id"]),
            )

    def _row(self, fact: object, occurred_at: datetime | None) -> dict[str, Any]:
        now = self._clock.now()
        message_id = self._ids.new_id()
        trace = current_trace()
        envelope = Envelope(
            message_id=message_id,
            source=self.source,
            message_type=type_of(fact),
            occurred_at=occurred_at or now,
            recorded_at=now,
            correlation_id=trace.correlation_id if trace else str(message_id),
            causation_id=trace.causation_id if trace else None,
            body=body_of(fact),
        )
        return {
            "message_id": message_id,
            "message_type": envelope.message_type,
            "envelope": write_envelope(envelope),
            "recorded_at": now,
        }

    def after(
        self,
        connection: Connection,
        position: int,
        *,
        types: Sequence[str],
        recorded_before: datetime,
        limit: int,
    ) -> list[StoredEnvelope]:
        """Read settled messages after a position, oldest first.

        No later commit can still slip in below what is returned.
        """
        is_postgresql = connection.dialect.name == "postgresql"
        terms = {
            "after": position,
            "recorded_before": recorded_before,
            "types": types,
            "most": limit,
        }
        rows = connection.execute(
            self._settled_after if is_postgresql else self._after, terms
        )
        return [StoredEnvelope(*row) for row in rows]

    def _insert(self, connection: Connection) -> Any:
        """Choose the insert: PostgreSQL also notes the writing transaction."""
        is_postgresql = connection.dialect.name == "postgresql"
        return self._insert_with_snapshot if is_postgresql else self._insert_alone

    def unpublished(self, connection: Connection) -> tuple[int, datetime | None]:
        """Count what the broker has not confirmed, and since when."""
        outbox = self._outbox.c
        query = select(func.count(), func.min(outbox.recorded_at)).where(
            outbox.published_at.is_(None)
        )
        count, oldest = connection.execute(query).one()
        return count, oldest


def stored_envelopes(outbox: Table) -> Select[Any]:
    """Ask for rows that make a StoredEnvelope each, oldest first."""
    return select(
        outbox.c.position, outbox.c.message_type, outbox.c.envelope, outbox.c.message_id
    ).order_by(outbox.c.position)


def _after(outbox: Table) -> Select[Any]:
    return (
        stored_envelopes(outbox)
        .where(outbox.c.position > bindparam("after"))
        .where(outbox.c.recorded_at <= bindparam("recorded_before"))
        .where(outbox.c.message_type.in_(bindparam("types", expanding=True)))
        .limit(bindparam("most"))
    )


def write_envelope(envelope: Envelope) -> str:
    """Write an envelope as the JSON text that is stored and sent."""
    return json.dumps(envelopes.written(envelope), ensure_ascii=False, sort_keys=True)


def read_envelope(written: str) -> Envelope:
    """Read an envelope back; ValidationError names what does not fit."""
    return envelopes.read(json.loads(written))
