"""The tables of inventory; every rule that a database can say is said here too."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    and_,
    false,
    literal_column,
)

from shared.database.append_only import forbid_changes
from shared.database.commands import command_table
from shared.database.tables import service_metadata
from shared.database.types import Instant
from shared.messaging.tables import MessagingTables

METADATA = service_metadata()
MESSAGING = MessagingTables.declare(METADATA)
COMMANDS = command_table(METADATA)
POSITION = BigInteger().with_variant(Integer, "sqlite")


def _lot(**options: Any) -> Column[Any]:
    return Column("lot_id", ForeignKey("lots.lot_id"), nullable=False, **options)


PRODUCTS = Table(
    "products",
    METADATA,
    Column("product_code", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("category", String(40), nullable=False),
    Column("names", JSON, nullable=False),
    Column("unit_of_issue", String(40), nullable=False),
    Column("min_days_at_receipt", Integer, nullable=False),
    Column("min_days_at_dispatch", Integer, nullable=False),
    Column("sensitivity", Integer, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("searched", Text, nullable=False, comment="folded codes, names, GTINs"),
    CheckConstraint(
        "min_days_at_receipt >= 0 AND min_days_at_dispatch >= 0",
        name="days_are_not_negative",
    ),
    CheckConstraint("sensitivity BETWEEN 0 AND 2", name="sensitivity_is_0_to_2"),
    Index("ix_products_category", "category", "product_code"),
)

PACKS = Table(
    "packs",
    METADATA,
    Column("gtin", String(14), primary_key=True),
    Column("product_code", ForeignKey("products.product_code"), nullable=False),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="a_pack_holds_something"),
    Index("ix_packs_product_code", "product_code"),
)

LOCATIONS = Table(
    "locations",
    METADATA,
    Column("location_code", String(40), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sequence", Integer, nullable=False, default=0, server_default="0"),
    CheckConstraint(
        "kind IN ('storage', 'hold', 'dispatch')",
        name="a_location_stores_holds_or_dispatches",
    ),
)

GIFTS = Table(
    "gifts",
    METADATA,
    Column("gift_number", String(40), primary_key=True),
    Column("donor_code", String(40)),
    Column("is_known", Boolean, nullable=False, comment="announced, or opened here"),
    Column("earmark", JSON),
    Column("earmark_version", Integer, nullable=False),
    Column("walk_in_of", String(64), comment="the account that received it"),
    Column("walk_in_on", Date),
    Column("first_scan_id", Uuid),
    Column("first_seen_at", Instant, nullable=False),
    UniqueConstraint("walk_in_of", "walk_in_on"),
    Index("ix_gifts_unknown", "is_known", "first_seen_at"),
)

GOODS_RECEIVED_NOTES = Table(
    "goods_received_notes",
    METADATA,
    Column("grn_number", String(40), primary_key=True),
    Column("gift_number", ForeignKey("gifts.gift_number"), nullable=False),
    Column("account", String(64), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("part", Integer, nullable=False),
    Column("donor_document", String(80)),
    Column("condition", Text),
    Column("finished_at", Instant),
    Column("counted_by", String(64)),
    Column("checked_at", Instant),
    Column("checked_by", String(64)),
    CheckConstraint("checked_by <> counted_by", name="two_people_stand_for_it"),
    UniqueConstraint("gift_number", "account", "received_on", "part"),
)

LOTS = Table(
    "lots",
    METADATA,
    Column("lot_id", Uuid, primary_key=True),
    Column("identity", String(300), nullable=False, unique=True),
    Column("product_code", ForeignKey("products.product_code"), nullable=False),
    Column("lot_number", String(20), nullable=False),
    Column("expires_on", Date),
    Column("received_on", Date, nullable=False),
    Column("gift_number", ForeignKey("gifts.gift_number"), nullable=False),
    Column("grn_number", String(40), nullable=False),
    Column("hold", String(20), nullable=False),
    Column("awaits_gift", Boolean, nullable=False),
    Column("earmark", JSON),
    Column("version", Integer, nullable=False),
    Column("is_kit", Boolean, nullable=False, default=False, server_default=false()),
    CheckConstraint(
        "hold IN ('released', 'quarantined', 'recalled')",
        name="a_lot_is_released_quarantined_or_recalled",
    ),
    Index("ix_lots_number", "product_code", "lot_number"),
    Index("ix_lots_gift", "gift_number"),
    Index("ix_lots_expiry", "expires_on"),
    Index("ix_lots_hold", "hold", "awaits_gift"),
)

LOT_DECISIONS = Table(
    "lot_decisions",
    METADATA,
    Column("decision_id", Uuid, primary_key=True),
    _lot(index=True),
    Column("hold", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", String(64), nullable=False),
    Column("decided_at", Instant, nullable=False),
)

RECALLS = Table(
    "recalls",
    METADATA,
    Column("product_code", ForeignKey("products.product_code"), primary_key=True),
    Column("lot_number", String(20), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("recalled_by", String(64), nullable=False),
    Column("recalled_at", Instant, nullable=False),
)

BALANCES = Table(
    "balances",
    METADATA,
    _lot(primary_key=True),
    Column("account", String(80), primary_key=True),
    Column("product_code", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("on_hand", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),
    Column("latest_at", Instant, nullable=False),
    CheckConstraint(
        "kind IN ('supply', 'location', 'transit', 'delivered', 'assembly', 'loss',"
        " 'returned')",
        name="the_kind_is_known",
    ),
    CheckConstraint(
        "CASE WHEN kind = 'supply' THEN on_hand <= 0 ELSE on_hand >= 0 END",
        name="only_the_outside_world_is_below_zero",
    ),
    CheckConstraint(
        "CASE WHEN kind = 'location' THEN reserved BETWEEN 0 AND on_hand"
        " ELSE reserved = 0 END",
        name="never_promise_what_is_not_there",
    ),
    Index("ix_balances_account", "account", "product_code", "lot_id"),
)

STANDING = and_(
    BALANCES.c.kind == literal_column("'location'"),
    BALANCES.c.on_hand > literal_column("0"),
)
"""Goods in the house; said with literals, so that SQLite may use the index."""

Index(
    "ix_balances_standing",
    BALANCES.c.product_code,
    BALANCES.c.lot_id,
    BALANCES.c.account,
    BALANCES.c.on_hand,
    sqlite_where=STANDING,
    postgresql_where=STANDING,
)

MOVEMENTS = Table(
    "movements",
    METADATA,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("movement_id", Uuid, nullable=False, unique=True),
    _lot(),
    Column("product_code", String(40), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("source", String(80), nullable=False),
    Column("target", String(80), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("document", String(80)),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("reverses", Uuid, unique=True),
    CheckConstraint("quantity > 0", name="a_movement_moves_something"),
    CheckConstraint("source <> target", name="a_movement_goes_somewhere"),
    Index("ix_movements_lot", "lot_id", "occurred_at"),
    Index("ix_movements_card", "product_code", "occurred_at", "position"),
    Index("ix_movements_document", "document"),
    sqlite_autoincrement=True,
)

COUNTS = Table(
    "counts",
    METADATA,
    Column("count_id", Uuid, primary_key=True),
    _lot(),
    Column("account", String(80), nullable=False),
    Column("expected", Integer, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("counted_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("undone_at", Instant),
    Index("ix_counts_covered", "lot_id", "account", "counted_at"),
)

REFUSALS = Table(
    "refusals",
    METADATA,
    Column("refusal_id", Uuid, primary_key=True),
    Column("gift_number", ForeignKey("gifts.gift_number"), nullable=False),
    Column("product_code", ForeignKey("products.product_code"), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    CheckConstraint("quantity > 0", name="a_refusal_refuses_something"),
)

SCANS = Table(
    "scans",
    METADATA,
    Column("scan_id", Uuid, primary_key=True),
    Column("account", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("result", JSON, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Index("ix_scans_account", "account", "recorded_at"),
)

ATTENTION = Table(
    "attention",
    METADATA,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("scan_id", ForeignKey("scans.scan_id"), nullable=False, unique=True),
    Column("account", String(64), nullable=False),
    Column("code", String(60), nullable=False),
    Column("detail", Text, nullable=False),
    Column("line", JSON, nullable=False, comment="the scan, its secrets taken out"),
    Column("gtin", String(14)),
    Column("serial_digest", String(64), comment="kept only while the scan waits"),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolved_by", String(64)),
    Column("discard_reason", Text),
    Index("ix_attention_open", "resolved_at", "position"),
    Index("ix_attention_gtin", "gtin", "resolved_at"),
    sqlite_autoincrement=True,
)

DOCUMENT_NUMBERS = Table(
    "document_numbers",
    METADATA,
    Column("series", String(40), primary_key=True),
    Column("last", Integer, nullable=False),
)

forbid_changes(MOVEMENTS, "a movement is never changed, only reversed")  # INV-05
