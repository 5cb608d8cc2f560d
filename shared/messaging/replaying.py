"""What is built from messages alone is emptied and built again from the outboxes.

All of it is one transaction: whoever reads meanwhile sees the old numbers or the
new ones, and a crash in the middle leaves the old. Copies that are running wait.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Table, func, select

from shared.contracts.envelope import Envelope
from shared.database.upsert import insert_or_update
from shared.kernel.clock import Clock, local_day
from shared.kernel.errors import DomainError
from shared.messaging.journal import read_envelope
from shared.messaging.station import Station

BATCH_MAX = 500


class OlderMessagesError(DomainError):
    """Numbers built without the oldest messages would be wrong."""

    code = "older_messages"

    def __init__(self, source: str, first_day: date) -> None:
        super().__init__(
            f"{source} has told things since {first_day}, and numbers built without "
            f"the first would be wrong. Give --since {first_day} or an earlier day.",
            source=source,
            first_day=first_day.isoformat(),
        )


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many messages were taken, and how many of them did not take effect."""

    messages: int
    waiting: int


def replay(
    station: Station,
    built: Sequence[Table],
    sources: Sequence[Station],
    *,
    clock: Clock,
    since: date | None = None,
) -> Replayed:
    """Build a service's tables again from all that the sources have said.

    ``built`` are the tables that hold nothing else, children first. Raises
    OlderMessagesError when a source's first message is older than ``since``.
    """
    readers = [_Reader(station, source) for source in sources]
    for reader in readers:
        reader.refuse_gap(since)
    with station.database.writing() as connection:
        _empty(connection, station, built)
        merged = heapq.merge(
            *(reader.messages(clock.now()) for reader in readers),
            key=lambda envelope: envelope.recorded_at,
        )
        messages = 0
        for batch in _batches(merged):
            station.inbox.take_within(connection, batch)
            messages += len(batch)
        waiting = station.inbox.retry_all(connection)
        for reader in readers:
            reader.remember(connection)
    return Replayed(messages, waiting)


class _Reader:
    """Reads one source's outbox from its beginning, for one listener."""

    def __init__(self, station: Station, source: Station) -> None:
        self._healed = station.tables.healed
        self._source = source
        self._position = 0
        prefix = f"{source.service}."
        self._types = [
            each for each in station.inbox.message_types if each.startswith(prefix)
        ]

    def refuse_gap(self, since: date | None) -> None:
        outbox = self._source.tables.outbox.c
        query = select(func.min(outbox.recorded_at)).where(
            outbox.message_type.in_(self._types)
        )
        with self._source.database.reading() as connection:
            first = connection.execute(query).scalar()
        if since and first and local_day(first) < since:
            raise OlderMessagesError(self._source.service, local_day(first))

    def messages(self, until: datetime) -> Iterator[Envelope]:
        while True:
            with self._source.database.reading() as connection:
                stored = self._source.journal.after(
                    connection,
                    self._position,
                    types=self._types,
                    recorded_before=until,
                    limit=BATCH_MAX,
                )
            if not stored:
                return
            for each in stored:
                self._position = each.position
                yield read_envelope(each.envelope)

    def remember(self, connection: Connection) -> None:
        row = {"source": self._source.service, "position": self._position}
        insert_or_update(connection, self._healed, row, key=["source"])


def _empty(connection: Connection, station: Station, built: Sequence[Table]) -> None:
    """Forget what was heard; the lock keeps what a running copy hears out of it."""
    tables = station.tables
    emptied = [tables.inbox, tables.waiting, tables.healed, *built]
    if connection.dialect.name == "postgresql":
        names = ", ".join(table.name for table in emptied)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    for table in emptied:
        connection.execute(table.delete())


def _batches(messages: Iterator[Envelope]) -> Iterator[Sequence[Envelope]]:
    batch: list[Envelope] = []
    for each in messages:
        batch.append(each)
        if len(batch) == BATCH_MAX:
            yield batch
            batch = []
    if batch:
        yield batch
