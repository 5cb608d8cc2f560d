"""The rows behind accounts; nothing here can be turned back into a secret."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Uuid,
)

from shared.database.tables import service_metadata
from shared.database.types import Instant

metadata = service_metadata()

accounts = Table(
    "accounts",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("display_name", String(120), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("units", JSON, nullable=False),
    Column("donor_code", String(40)),
    Column("language", String(2), nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column("secret_hash", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column(
        "account_id",
        Uuid,
        ForeignKey("accounts.account_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("granted_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    CheckConstraint("kind IN ('session', 'token')", name="kind_is_known"),
    CheckConstraint("expires_at > granted_at", name="expires_after_it_begins"),
    Index("ix_grants_expires_at", "expires_at"),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("email_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("first_failed_at", Instant, nullable=False),
    CheckConstraint("failures > 0", name="counts_from_one"),
)

secret_values = Table(
    "secret_values",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)
