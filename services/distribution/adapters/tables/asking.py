"""The tables of what is asked and known: places, rules, copies, requisitions."""

from sqlalchemy import (
    JSON,
    Boolean,
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

from services.distribution.adapters.tables.metadata import METADATA
from shared.database.types import Instant

FACILITIES = Table(
    "facilities",
    METADATA,
    Column("facility_code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("region", String(100), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("not_admitted", JSON, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("audience IN ('detention', 'community')", name="known_audience"),
)

UNITS = Table(
    "units",
    METADATA,
    Column("unit_code", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column(
        "facility_code",
        ForeignKey("facilities.facility_code"),
        nullable=False,
        index=True,
    ),
    Column("kind", String(40), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("groups", JSON, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("closed_at", Instant),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint(
        "(closed_at IS NOT NULL) = is_closed", name="who_is_closed_knows_when"
    ),
    CheckConstraint("audience IN ('detention', 'community')", name="known_audience"),
)

HEADCOUNTS = Table(
    "headcounts",
    METADATA,
    Column("unit_code", ForeignKey("units.unit_code"), primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("bands", JSON, nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

QUOTA_RULES = Table(
    "quota_rules",
    METADATA,
    Column("rule_code", String(20), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("effective_from", Date, nullable=False),
    Column("product_code", String(60), nullable=False),
    Column("bands", JSON, nullable=False),
    Column("numerator", Integer, nullable=False),
    Column("denominator", Integer, nullable=False),
    Column("per_days", Integer, nullable=False),
    Column("unit_kind", String(40)),
    Column("sizes", JSON, nullable=False),
    Column("is_once", Boolean, nullable=False),
    Column("state_supplied_percent", Integer, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("numerator >= 0", name="quantity_not_negative"),
    CheckConstraint("denominator > 0 AND per_days > 0", name="quantity_is_defined"),
    CheckConstraint(
        "state_supplied_percent BETWEEN 0 AND 100", name="share_of_the_state"
    ),
)

PRODUCTS = Table(
    "products",
    METADATA,
    Column("product_code", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("category", String(60), nullable=False),
    Column("names", JSON, nullable=False),
    Column("unit_of_issue", String(60), nullable=False),
    Column("min_days_at_dispatch", Integer, nullable=False),
    Column("sensitivity", Integer, nullable=False),
    Column("flags", JSON, nullable=False),
)

LOTS = Table(
    "lot_copies",
    METADATA,
    Column("lot_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("product_code", String(60), nullable=False),
    Column("lot_number", String(60), nullable=False),
    Column("expires_on", Date),
    Column("received_on", Date, nullable=False),
    Column("earmark", JSON),
    Column("lot_status", String(20), nullable=False),
    Column("in_stock", Integer, nullable=False),
    Column("available", Integer, nullable=False),
    Index("ix_lot_copies_in_stock", "product_code", "in_stock"),
    CheckConstraint("available <= in_stock", name="available_is_part_of_stock"),
)

RECALLED_LOTS = Table(
    "recalled_lots",
    METADATA,
    Column("lot_id", Uuid, primary_key=True),
    Column("product_code", String(60), nullable=False),
    Column("lot_number", String(60), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("recalled_at", Instant, nullable=False),
)

REQUISITIONS = Table(
    "requisitions",
    METADATA,
    Column("requisition_id", Uuid, primary_key=True),
    Column("unit_code", ForeignKey("units.unit_code"), nullable=False),
    Column("needed_by", Date, nullable=False),
    Column("delivery_on", Date),
    Column("state", String(20), nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("approved_by", String(100)),
    Column("approved_at", Instant),
    Column("cancel_reason", String(500)),
    Index("ix_requisitions_newest", "recorded_at", "requisition_id"),
    Index("ix_requisitions_of_unit", "unit_code", "state"),
    Index("ix_requisitions_in_state", "state", "recorded_at"),
    CheckConstraint(
        "state IN ('draft', 'submitted', 'approved', 'partly_fulfilled',"
        " 'fulfilled', 'cancelled')",
        name="known_state",
    ),
)

REQUISITION_LINES = Table(
    "requisition_lines",
    METADATA,
    Column(
        "requisition_id",
        ForeignKey("requisitions.requisition_id"),
        primary_key=True,
    ),
    Column("product_code", String(60), primary_key=True),
    Column("requested", Integer, nullable=False),
    Column("approved", Integer),
    Column("entitlement", Integer),
    Column("basis", JSON, nullable=False),
    Column("lapsed", Integer, nullable=False, server_default="0"),
    Column("approved_because", String(40)),
    Column("substitute_for", String(60)),
    CheckConstraint("requested >= 1", name="something_is_asked_for"),
    CheckConstraint("approved >= 0", name="approved_not_negative"),
)

NUMBERS = Table(
    "numbers",
    METADATA,
    Column("series", String(40), primary_key=True),
    Column("last", Integer, nullable=False),
)

PUBLISHED_NEEDS = Table(
    "published_needs",
    METADATA,
    Column("version", Integer, primary_key=True),
    Column("as_of", Date, nullable=False),
    Column("items", JSON, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
