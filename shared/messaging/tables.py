"""The tables a service keeps for its messages; each service owns its own set."""

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

from shared.database.types import Instant

POSITION = BigInteger().with_variant(Integer, "sqlite")


@dataclass(frozen=True, slots=True)
class MessagingTables:
    """Outbox, inbox, messages that wait for another try, and how far we healed."""

    outbox: Table
    inbox: Table
    waiting: Table
    healed: Table

    @classmethod
    def declare(cls, metadata: MetaData) -> "MessagingTables":
        """Add the four tables to a service's metadata."""
        return cls(
            _outbox(metadata), _inbox(metadata), _waiting(metadata), _healed(metadata)
        )


def _outbox(metadata: MetaData) -> Table:
    """Keep what was said; ``snapshot`` is PostgreSQL's id of the transaction.

    A sequence is handed out before the commit, so a reader that remembers a
    position could pass over a slower writer: healing reads only below the oldest
    transaction that is still running.
    """
    outbox = Table(
        "outbox",
        metadata,
        Column("position", POSITION, primary_key=True, autoincrement=True),
        Column("message_id", Uuid, nullable=False, unique=True),
        Column("message_type", String, nullable=False),
        Column("envelope", Text, nullable=False),
        Column("recorded_at", Instant, nullable=False),
        Column("published_at", Instant),
        Column("snapshot", BigInteger),
        sqlite_autoincrement=True,
    )
    unpublished = outbox.c.published_at.is_(None)
    Index(
        "ix_outbox_unpublished",
        outbox.c.position,
        sqlite_where=unpublished,
        postgresql_where=unpublished,
    )
    return outbox


def _inbox(metadata: MetaData) -> Table:
    return Table(
        "inbox",
        metadata,
        Column("message_id", Uuid, primary_key=True),
        Column("message_type", String, nullable=False),
        Column("received_at", Instant, nullable=False),
    )


def _waiting(metadata: MetaData) -> Table:
    waiting = Table(
        "waiting_messages",
        metadata,
        Column("message_id", Uuid, primary_key=True),
        Column("message_type", String, nullable=False),
        Column("envelope", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("next_try_at", Instant, nullable=False),
        Column("last_error", Text, nullable=False),
        Column("parked_at", Instant),
    )
    Index("ix_waiting_messages_due", waiting.c.parked_at, waiting.c.next_try_at)
    return waiting


def _healed(metadata: MetaData) -> Table:
    return Table(
        "healed_positions",
        metadata,
        Column("source", String, primary_key=True),
        Column("position", POSITION, nullable=False),
    )
