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
    Column("bought", Integer),
    Column("bought_on", Date),
    Column("ended_on", Date),
    Index("ix_authorisations_of_unit", "unit_code", "starts_on"),
    CheckConstraint("infants > 0 AND weeks > 0", name="somebody_for_some_time"),
    CheckConstraint("bought > 0", name="something_is_bought"),
)
