"""The table of what policy holds back."""

from sqlalchemy import CheckConstraint, Column, Date, Integer, String, Table

from services.distribution.adapters.tables.metadata import METADATA
from shared.database.types import Instant

RESERVES = Table(
    "reserves",
    METADATA,
    Column("product_code", String(60), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("quantity", Integer, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("quantity >= 0", name="a_reserve_is_not_negative"),
)
