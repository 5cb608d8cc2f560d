"""Tables of what we expect, whom we tell of it, and what was sent in to be read."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Uuid,
)

from services.inventory.adapters.tables import METADATA, MOVEMENTS
from shared.database.types import Instant
from shared.mail.queue import mail_table

Index("ix_movements_occurred_at", MOVEMENTS.c.occurred_at)
"""Forecasts read the last 90 days, whatever lies before them."""

HEARD_NEEDS = Table(
    "heard_needs",
    METADATA,
    Column("as_of", Date, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("per_month", JSON, nullable=False),
    comment="Units of each product due in 30 days, as distribution said last that day",
)

ALERTS = Table(
    "alerts",
    METADATA,
    Column("alert_id", Uuid, primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("told_at", Instant),
    Column("solved_at", Instant),
    CheckConstraint("solved_at >= first_seen_at", name="seen_before_it_is_solved"),
    comment="One row each time something began to need a person",
)
_OPEN = ALERTS.c.solved_at.is_(None)
Index(
    "uq_alerts_open",
    ALERTS.c.kind,
    ALERTS.c.subject,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)

ALERT_READERS = Table(
    "alert_readers",
    METADATA,
    Column("account", String(64), primary_key=True),
    Column("email", String(254), nullable=False),
    Column("language", String(2), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("since", Instant, nullable=False),
    Column("greeted_at", Instant, comment="when all that was open had been told"),
    comment="Who asked to be told by e-mail",
)

TURNS = Table(
    "turns",
    METADATA,
    Column("task", String(40), primary_key=True),
    Column("next_at", Instant, nullable=False),
    comment="When any one copy of the service may do a regular task again",
)

SENT_TABLES = Table(
    "sent_tables",
    METADATA,
    Column("import_id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("account", String(64), nullable=False),
    Column("rows", JSON, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("is_applied", Boolean, nullable=False),
    comment="A table without a fault, until its sender confirms it",
)
Index("ix_sent_tables_sent_at", SENT_TABLES.c.sent_at)

MAIL = mail_table(METADATA)
