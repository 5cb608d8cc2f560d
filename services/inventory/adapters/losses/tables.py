"""Tables of losses: incidents, write-offs that wait, destruction records."""

from sqlalchemy import (
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

from services.inventory.adapters.counting.tables import to_lot
from services.inventory.adapters.tables import METADATA
from shared.database.types import Instant

INCIDENTS = Table(
    "incidents",
    METADATA,
    Column("incident_number", String(40), primary_key=True),
    Column("consignment_number", String(40), comment="whose handover opened it"),
    Column("cause", String(20)),
    Column("discovered", String(30)),
    Column("facts", String(30)),
    Column("action", String(30)),
    Column("value_tenge", Integer),
    Column("happened_on", Date),
    Column("opened_by", String(64), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("described_by", String(64)),
    Column("described_at", Instant),
    CheckConstraint("value_tenge >= 0", name="a_loss_is_worth_nothing_or_more"),
    CheckConstraint(
        "CASE WHEN described_by IS NULL THEN"
        " coalesce(cause, discovered, facts, action) IS NULL"
        " AND happened_on IS NULL AND value_tenge IS NULL AND described_at IS NULL"
        " ELSE cause IS NOT NULL AND discovered IS NOT NULL AND facts IS NOT NULL"
        " AND action IS NOT NULL AND happened_on IS NOT NULL"
        " AND described_at IS NOT NULL END",
        name="an_incident_is_described_whole_by_somebody",
    ),
    comment="facts from choice lists only: no free text about people",
)

WRITE_OFFS = Table(
    "write_offs",
    METADATA,
    Column("write_off_id", Uuid, primary_key=True),
    to_lot(index=True),
    Column("product_code", String(40), nullable=False),
    Column("location_code", String(40), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("incident_number", String(40)),
    Column("status", String(20), nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("decided_by", String(64)),
    Column("decided_at", Instant),
    Column("movement_id", Uuid),
    CheckConstraint("quantity > 0", name="a_write_off_is_of_something"),
    CheckConstraint(
        "status IN ('waiting', 'approved', 'rejected')",
        name="a_write_off_waits_or_is_decided",
    ),
    CheckConstraint(
        "decided_by <> recorded_by", name="nobody_approves_their_own_write_off"
    ),
    CheckConstraint(
        "(status = 'approved') = (movement_id IS NOT NULL)",
        name="only_what_was_approved_moved",
    ),
    Index("ix_write_offs_status", "status", "recorded_at"),
)

DESTRUCTIONS = Table(
    "destructions",
    METADATA,
    Column("destruction_number", String(40), primary_key=True),
    Column("method", String(30), nullable=False),
    Column("incident_number", String(40)),
    Column("status", String(20), nullable=False),
    Column("opened_by", String(64), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("first_by", String(64)),
    Column("first_role", String(20)),
    Column("first_at", Instant),
    Column("second_by", String(64)),
    Column("second_role", String(20)),
    Column("second_at", Instant),
    CheckConstraint(
        "status IN ('open', 'destroyed', 'cancelled')",
        name="a_record_is_open_destroyed_or_cancelled",
    ),
    CheckConstraint(
        "first_by <> second_by AND first_role <> second_role",
        name="two_people_of_two_roles_destroy",
    ),
    CheckConstraint(
        "(status = 'destroyed') = (second_by IS NOT NULL)",
        name="the_second_confirmation_destroys",
    ),
    Index("ix_destructions_status", "status", "destruction_number"),
)

DESTRUCTION_LINES = Table(
    "destruction_lines",
    METADATA,
    Column(
        "destruction_number",
        ForeignKey("destructions.destruction_number"),
        primary_key=True,
    ),
    to_lot(primary_key=True),
    Column("location_code", String(40), primary_key=True),
    Column("product_code", String(40), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("movement_id", Uuid),
    CheckConstraint("quantity > 0", name="a_line_destroys_something"),
    CheckConstraint(
        "reason IN ('EXPIRED', 'RECALLED_DESTROYED')",
        name="only_expired_or_recalled_goods_are_destroyed",
    ),
    Index("ix_destruction_lines_lot", "lot_id"),
)
