"""Donors' tables: what people entered, and what is built from messages alone."""

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
    Uuid,
)

from shared.database.commands import command_table
from shared.database.tables import service_metadata
from shared.database.types import Instant
from shared.messaging.tables import POSITION, MessagingTables

METADATA = service_metadata()
MESSAGING = MessagingTables.declare(METADATA)
COMMANDS = command_table(METADATA)

donors = Table(
    "donors",
    METADATA,
    Column("donor_code", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("language", String, nullable=False),
    Column("contact_email", String),
    Column("consented_on", Date),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint(
        "contact_email IS NULL OR consented_on IS NOT NULL",
        name="keep_a_contact_only_with_consent",
    ),
)

gifts = Table(
    "gifts",
    METADATA,
    Column("gift_number", String, primary_key=True),
    Column("donor_code", ForeignKey("donors.donor_code"), nullable=False),
    Column("earmark", JSON(none_as_null=True)),
    Column("earlier_earmarks", JSON, nullable=False),
    Column("earmark_version", Integer, nullable=False),
    Column("is_walk_in", Boolean, nullable=False),
    Column("announced_at", Instant, nullable=False),
)
Index("ix_gifts_donor_code", gifts.c.donor_code, gifts.c.announced_at)
Index("ix_gifts_announced_at", gifts.c.announced_at, gifts.c.gift_number)

gift_lines = Table(
    "gift_lines",
    METADATA,
    Column("gift_number", ForeignKey("gifts.gift_number"), primary_key=True),
    Column("product_code", String, primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="expect_at_least_one"),
)

pledges = Table(
    "pledges",
    METADATA,
    Column("pledge_number", String, primary_key=True),
    Column("donor_code", ForeignKey("donors.donor_code"), nullable=False),
    Column("due_on", Date),
    Column("pledged_at", Instant, nullable=False),
)

pledge_lines = Table(
    "pledge_lines",
    METADATA,
    Column("pledge_number", ForeignKey("pledges.pledge_number"), primary_key=True),
    Column("product_code", String, primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="promise_at_least_one"),
)

number_series = Table(
    "number_series",
    METADATA,
    Column("letter", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

products = Table(
    "products",
    METADATA,
    Column("product_code", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("category", String, nullable=False),
    Column("names", JSON, nullable=False),
    Column("unit_of_issue", String, nullable=False),
    Column("sensitivity", Integer, nullable=False),
    Column("flags", JSON, nullable=False),
)

units = Table(
    "units",
    METADATA,
    Column("unit_code", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("facility_code", String, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    Column("audience", String),
    Column("people_in_tens", Integer),
)

needs_lists = Table(
    "needs_lists",
    METADATA,
    Column("source", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("items", JSON, nullable=False),
)


def _lot_table(name: str, *key: str) -> Table:
    """Declare a table of lot states; both say the equation of totals again."""
    return Table(
        name,
        METADATA,
        Column("lot_id", Uuid, primary_key=True),
        Column("changed_on", Date, primary_key="changed_on" in key, nullable=False),
        Column("version", Integer, nullable=False),
        Column("gift_number", String, nullable=False),
        Column("product_code", String, nullable=False),
        Column("lot_status", String, nullable=False),
        Column("expires_on", Date),
        Column("received_on", Date, nullable=False),
        Column("earmark", JSON(none_as_null=True)),
        Column("available", Integer, nullable=False),
        Column("received", Integer, nullable=False),
        Column("in_stock", Integer, nullable=False),
        Column("reserved", Integer, nullable=False),
        Column("in_transit", Integer, nullable=False),
        Column("accepted", Integer, nullable=False),
        Column("lost", Integer, nullable=False),
        Column("returned", Integer, nullable=False),
        Column("lost_by_reason", JSON, nullable=False),
        CheckConstraint(
            "received = in_stock + in_transit + accepted + lost + returned",
            name="nothing_appears_or_vanishes",
        ),
        CheckConstraint(
            "in_stock >= 0 AND in_transit >= 0 AND accepted >= 0"
            " AND lost >= 0 AND returned >= 0",
            name="no_bucket_below_zero",
        ),
        CheckConstraint(
            "reserved >= 0 AND reserved <= in_stock",
            name="reserved_is_part_of_the_stock",
        ),
    )


lot_totals = _lot_table("lot_totals")
lot_days = _lot_table("lot_days", "changed_on")
Index("ix_lot_totals_gift_number", lot_totals.c.gift_number)
Index("ix_lot_totals_product_code", lot_totals.c.product_code)

kit_parts = Table(
    "kit_parts",
    METADATA,
    Column("kit_lot_id", Uuid, primary_key=True),
    Column("lot_id", Uuid, primary_key=True),
    Column("quantity", Integer, nullable=False),
    CheckConstraint("quantity > 0", name="a_kit_holds_something"),
)

left_lots = Table(
    "left_lots",
    METADATA,
    Column("lot_id", Uuid, primary_key=True),
    Column("decided_on", Date, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("reason", String, nullable=False),
)

refusals = Table(
    "refusals",
    METADATA,
    Column("refusal_id", Uuid, primary_key=True),
    Column("gift_number", String, nullable=False, index=True),
    Column("product_code", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("recorded_on", Date, nullable=False),
    CheckConstraint("quantity > 0", name="refuse_at_least_one"),
)

happenings = Table(
    "happenings",
    METADATA,
    Column("position", POSITION, primary_key=True, autoincrement=True),
    Column("source_id", Uuid, nullable=False, index=True),
    Column("gift_number", String, nullable=False, index=True),
    Column("product_code", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("reason", String),
    Column("happened_on", Date, nullable=False),
    Column("recorded_on", Date, nullable=False),
    sqlite_autoincrement=True,
)

changes = Table(
    "changes",
    METADATA,
    Column("donor_code", String, primary_key=True),
    Column("version", Integer, nullable=False),
)
