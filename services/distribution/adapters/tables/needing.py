"""The tables of calendars, of what lapses, and of authorisations."""

from sqlalchemy import (
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

DELIVERY_DAYS = Table(
    "delivery_days",
    METADATA,
    Column("facility_code", ForeignKey("facilities.facility_code"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("is_on", Boolean, nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

CARRY_RULES = Table(
    "carry_rules",
    METADATA,
    Column("version", Integer, primary_key=True),
    Column("effective_from", Date, nullable=False),
    Column("lapses_after_days", Integer),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("lapses_after_days >= 0", name="days_not_negative"),
)

AUTHORISATIONS = Table(
    "authorisations",
    METADATA,
    Column("authorisation_id", Uuid, primary_key=True),
    Column("unit_code", ForeignKey("units.unit_code"), nullable=False),
    Column("product_code", String(60), nullable=False),
    Column("infants", Integer, nullable=False),
    Column("weeks", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("authorised_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("ended_on", Date),
    Index("ix_authorisations_of_unit", "unit_code", "starts_on"),
    CheckConstraint("infants > 0 AND weeks > 0", name="somebody_for_some_time"),
)

PURCHASES = Table(
    "authorisation_purchases",
    METADATA,
    Column(
        "authorisation_id",
        ForeignKey("authorisations.authorisation_id"),
        primary_key=True,
    ),
    Column("version", Integer, primary_key=True),
    Column("bought", Integer, nullable=False),
    Column("bought_on", Date, nullable=False),
    Column("noted_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("bought >= 0", name="bought_not_negative"),
    comment="Every number that was noted; the last one counts, 0 takes it back",
)
