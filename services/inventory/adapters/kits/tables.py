"""Tables of kits: recipes, and what is in the kits that were built."""

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

from services.inventory.adapters.tables import METADATA
from shared.database.types import Instant

KIT_RECIPES = Table(
    "kit_recipes",
    METADATA,
    Column("product_code", ForeignKey("products.product_code"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("components", JSON, nullable=False),
    Column("set_by", String(64), nullable=False),
    Column("set_at", Instant, nullable=False),
    comment="Units of issue by product in one kit; the highest version counts",
)

KIT_LOTS = Table(
    "kit_lots",
    METADATA,
    Column(
        "kit_lot_id",
        Uuid,
        ForeignKey("lots.lot_id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("recipe_version", Integer, nullable=False),
    Column("built", Integer, nullable=False),
    Column("built_at", Instant, nullable=False),
    Column("built_by", String(64), nullable=False),
    Column("other_lot_reason", Text, comment="why not of the lots that went first"),
    CheckConstraint("built > 0", name="a_kit_lot_has_kits"),
    Index("ix_kit_lots_built_at", "built_at"),
)

KIT_CONTENTS = Table(
    "kit_contents",
    METADATA,
    Column(
        "kit_lot_id",
        Uuid,
        ForeignKey("lots.lot_id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("lot_id", ForeignKey("lots.lot_id"), primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="a_kit_holds_something"),
    Index("ix_kit_contents_lot", "lot_id"),
    comment="The units of each lot in one kit of a kit lot; never changed",
)
