"""A service made for a test: it keeps notes of what it hears."""

from collections.abc import Callable
from typing import Any

from prometheus_client import CollectorRegistry
from sqlalchemy import Column, MetaData, String, Table

from shared.contracts.envelope import Envelope
from shared.database.commands import command_table
from shared.database.database import Database
from shared.database.tables import service_metadata
from shared.kernel.clock import Clock, SystemClock
from shared.kernel.identity import UUIDv7Source
from shared.messaging.application import Application, SqlWork
from shared.messaging.station import Surroundings
from shared.messaging.tables import MessagingTables
from shared.telemetry.metrics import MessagingMetrics


class NotingWork(SqlWork):
    """Writes one note a message, so that an effect can be counted."""

    def note(self, text: str) -> None:
        self.connection.execute(_NOTES.insert().values(text=text))


def _tables() -> tuple[MetaData, MessagingTables, Table, Table]:
    metadata = service_metadata()
    notes = Table("notes", metadata, Column("text", String, nullable=False))
    return (
        metadata,
        MessagingTables.declare(metadata),
        command_table(metadata),
        notes,
    )


_METADATA, MESSAGING, COMMANDS, _NOTES = _tables()


class NotingService(Application[NotingWork]):
    """An application whose effects are notes."""

    def notes(self) -> list[str]:
        """What has taken effect so far, in order of the text."""
        with self.database.reading() as connection:
            query = _NOTES.select().order_by(_NOTES.c.text)
            return [row.text for row in connection.execute(query)]


_opened: list[Database] = []


def close_all() -> None:
    """Close the databases of every service a test has built."""
    while _opened:
        _opened.pop().close()


def a_service(
    database_url: str,
    *hears: str,
    name: str = "inventory",
    effect: Callable[[NotingWork, Any, Envelope], None] | None = None,
    clock: Clock | None = None,
) -> NotingService:
    """Build a service on an empty database that notes what it hears."""
    clock = clock or SystemClock()
    database = Database(database_url)
    _opened.append(database)
    _METADATA.create_all(database.engine)
    metrics = MessagingMetrics(CollectorRegistry())
    return NotingService(
        name,
        Surroundings(database, clock, UUIDv7Source(clock), metrics),
        messaging=MESSAGING,
        commands=COMMANDS,
        work=NotingWork,
        hearings=dict.fromkeys(hears, effect or _note_gift),
    )


def _note_gift(work: NotingWork, fact: Any, _envelope: Envelope) -> None:
    work.note(fact.gift_number)
