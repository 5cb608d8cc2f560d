"""Tables of what donors were shown and told: visits, webhooks, and what they sent."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from services.donors.adapters.tables import METADATA
from shared.database.types import Instant

visits = Table(
    "visits",
    METADATA,
    Column("account_id", Uuid, primary_key=True),
    Column("donor_code", String, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("seen", JSON, nullable=False),
    Column("before_at", Instant),
    Column("before", JSON, nullable=False),
    comment="The numbers an account was shown, as they were shown",
)

webhooks = Table(
    "webhooks",
    METADATA,
    Column("webhook_id", Uuid, primary_key=True),
    Column("donor_code", ForeignKey("donors.donor_code"), nullable=False),
    Column("url", String(500), nullable=False),
    Column("secret", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("version", String(40), nullable=False),
    Column("told", JSON, nullable=False),
    comment="``told`` is the digest of each gift as it was last told",
)
Index("ix_webhooks_donor_code", webhooks.c.donor_code)

webhook_deliveries = Table(
    "webhook_deliveries",
    METADATA,
    Column("delivery_id", Uuid, primary_key=True),
    Column("webhook_id", ForeignKey("webhooks.webhook_id"), nullable=False),
    Column("gift_number", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", Instant, nullable=False),
    Column("last_status", Integer),
    Column("last_problem", String(200)),
    Column("ended_at", Instant),
    CheckConstraint(
        "state IN ('waiting', 'delivered', 'failed')", name="the_state_is_known"
    ),
)
Index(
    "ix_webhook_deliveries_due",
    webhook_deliveries.c.state,
    webhook_deliveries.c.next_try_at,
)
Index(
    "ix_webhook_deliveries_webhook_id",
    webhook_deliveries.c.webhook_id,
    webhook_deliveries.c.created_at,
)
