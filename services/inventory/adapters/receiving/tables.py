"""Tables of what comes in: what was expected, and what a note says beside receipts."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)

from services.inventory.adapters.tables import METADATA
from shared.database.types import Instant

EXPECTED_GOODS = Table(
    "expected_goods",
    METADATA,
    Column("gift_number", ForeignKey("gifts.gift_number"), primary_key=True),
    Column("product_code", String(40), primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="something_is_expected"),
    comment="What a donor said would come; the product may be unknown here yet",
)

TEMPERATURES = Table(
    "temperatures",
    METADATA,
    Column("movement_id", Uuid, primary_key=True),
    Column("celsius", Float, nullable=False),
    comment="The reading a receipt of cold-chain goods came with",
)

DAMAGES = Table(
    "damages",
    METADATA,
    Column("movement_id", Uuid, primary_key=True),
    Column("grn_number", ForeignKey("goods_received_notes.grn_number"), nullable=False),
    Column("lot_id", ForeignKey("lots.lot_id"), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("condition", Text, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("quantity > 0", name="damage_is_of_something"),
    CheckConstraint(
        "outcome IN ('held', 'given_back')", name="damaged_is_held_or_given_back"
    ),
    Index("ix_damages_note", "grn_number"),
    comment="Units that arrived damaged, and the movement that took them aside",
)

GIVEN_BACK = Table(
    "given_back",
    METADATA,
    Column("movement_id", Uuid, primary_key=True),
    Column("condition", String(20), nullable=False),
    CheckConstraint(
        "condition IN ('whole', 'opened', 'kept_wrong', 'damaged')",
        name="the_condition_is_known",
    ),
    comment="How goods looked that came back from a unit, by their movement",
)
