"""Tables of masking: deliveries as heard, and frozen months that nobody changes."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Uuid,
)

from services.donors.adapters.tables import METADATA
from shared.database.append_only import forbid_changes
from shared.database.types import Instant
from shared.messaging.tables import POSITION

deliveries = Table(
    "deliveries",
    METADATA,
    Column("handover_id", Uuid, primary_key=True),
    Column("lot_id", Uuid, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("gift_number", String, nullable=False, index=True),
    Column("product_code", String, nullable=False),
    Column("month", Date, nullable=False),
    Column("accepted", Integer, nullable=False),
    CheckConstraint("accepted > 0", name="deliver_at_least_one"),
)

frozen_months = Table(
    "frozen_months",
    METADATA,
    Column("month", Date, primary_key=True),
    Column("threshold", Integer, nullable=False),
    Column("frozen_by", String, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    CheckConstraint("threshold >= 5", name="never_fewer_than_five_people"),
)

frozen_deliveries = Table(
    "frozen_deliveries",
    METADATA,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("frozen_in", ForeignKey("frozen_months.month"), nullable=False),
    Column("donor_code", String, nullable=False),
    Column("month", Date, nullable=False),
    Column("product_code", String, nullable=False),
    Column("category", String, nullable=False),
    Column("sensitivity", Integer, nullable=False),
    Column("unit_code", String, nullable=False),
    Column("audience", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    sqlite_autoincrement=True,
)

snapshot_lines = Table(
    "snapshot_lines",
    METADATA,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("frozen_in", ForeignKey("frozen_months.month"), nullable=False),
    Column("donor_code", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("product_code", String),
    Column("category", String),
    Column("audience", String),
    Column("quantity", Integer),
    Column("people", Integer),
    Column("received", Integer),
    Column("lost", Integer),
    Column("because", JSON, nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_snapshot_lines_donor_code", snapshot_lines.c.donor_code)

REFUSAL = "a frozen month is never changed, only corrected by the next"

for _each in (frozen_months, frozen_deliveries, snapshot_lines):
    forbid_changes(_each, REFUSAL)
