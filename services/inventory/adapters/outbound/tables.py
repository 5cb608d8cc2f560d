"""Tables of what is promised, picked, under way and settled.

INV-02 is said here once more: what holds and open pick lines add up to is what the
balances of the ledger call reserved.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
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


def _lot(**options: Any) -> Column[Any]:
    """Name a lot that may be new: it is written at the end of its transaction."""
    to_lots = ForeignKey("lots.lot_id", deferrable=True, initially="DEFERRED")
    return Column("lot_id", Uuid, to_lots, nullable=False, **options)


RESERVATIONS = Table(
    "reservations",
    METADATA,
    Column("run_id", Uuid, primary_key=True),
    Column("product_code", String, primary_key=True),
    Column("outcome", String, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    comment="How each product of an allocation run was answered; once and for all",
)

HOLDS = Table(
    "holds",
    METADATA,
    Column("run_id", Uuid, primary_key=True),
    Column("unit_code", String, primary_key=True),
    _lot(primary_key=True),
    Column("location_code", String, primary_key=True),
    Column("product_code", String, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False, default=0),
    CheckConstraint("quantity >= 0", name="hold_nothing_or_more"),
    CheckConstraint("withdrawn >= 0", name="withdraw_nothing_or_more"),
    comment="What a run keeps of a lot in a place until a pick list asks for it",
)
Index("ix_holds_lot", HOLDS.c.lot_id)
Index("ix_holds_unit", HOLDS.c.unit_code, HOLDS.c.product_code)

PICK_LISTS = Table(
    "pick_lists",
    METADATA,
    Column("pick_list_number", String, primary_key=True),
    Column("consignment_number", String, nullable=False, unique=True),
    Column("facility_code", String, nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("moves", Integer, nullable=False, comment="the newest heard of"),
    Column("status", String, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("waybill_number", String, unique=True),
    Column("short_reason", Text),
    CheckConstraint(
        "(status = 'dispatched') = (waybill_number IS NOT NULL)",
        name="what_left_has_a_waybill",
    ),
)
Index("ix_pick_lists_status", PICK_LISTS.c.status, PICK_LISTS.c.pick_list_number)

PICK_LINES = Table(
    "pick_lines",
    METADATA,
    Column("line_id", Uuid, primary_key=True),
    Column(
        "pick_list_number",
        String,
        ForeignKey("pick_lists.pick_list_number"),
        nullable=False,
    ),
    Column("run_id", Uuid, nullable=False),
    Column("unit_code", String, nullable=False),
    Column("product_code", String, nullable=False),
    _lot(),
    Column("location_code", String, nullable=False),
    Column("planned", Integer, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("picked", Integer, nullable=False),
    CheckConstraint("planned > 0", name="a_line_was_planned"),
    CheckConstraint("picked >= 0", name="pick_nothing_or_more"),
    CheckConstraint("picked <= quantity", name="never_pick_more_than_asked"),
    CheckConstraint("quantity <= planned", name="never_ask_more_than_planned"),
    comment="quantity - picked of an open list is held for the line",
)
Index(
    "uq_pick_lines_source",
    PICK_LINES.c.pick_list_number,
    PICK_LINES.c.lot_id,
    PICK_LINES.c.location_code,
    PICK_LINES.c.unit_code,
    PICK_LINES.c.run_id,
    unique=True,
)
Index("ix_pick_lines_lot", PICK_LINES.c.lot_id)

PICKS = Table(
    "picks",
    METADATA,
    Column("movement_id", Uuid, primary_key=True),
    Column(
        "line_id", Uuid, ForeignKey("pick_lines.line_id"), primary_key=True, index=True
    ),
    Column("quantity", Integer, nullable=False),
    Column("other_lot_reason", Text),
    CheckConstraint("quantity > 0", name="a_pick_takes_something"),
    comment="Which lines a pick answered, so that undo gives each its goods back",
)

DISPATCHED_LINES = Table(
    "dispatched_lines",
    METADATA,
    Column("consignment_number", String, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("product_code", String, primary_key=True),
    _lot(primary_key=True),
    Column("planned", Integer, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("accepted", Integer, nullable=False, default=0),
    Column("refused", Integer, nullable=False, default=0),
    Column("damaged", Integer, nullable=False, default=0),
    Column("short", Integer, nullable=False, default=0),
    CheckConstraint("quantity BETWEEN 0 AND planned", name="dispatch_what_was_planned"),
    CheckConstraint(
        "accepted >= 0 AND refused >= 0 AND damaged >= 0 AND short >= 0",
        name="settle_nothing_or_more",
    ),
    CheckConstraint(
        "accepted + refused + damaged + short <= quantity",
        name="settle_only_what_was_dispatched",
    ),
)
Index("ix_dispatched_lines_lot", DISPATCHED_LINES.c.lot_id)

SETTLEMENTS = Table(
    "settlements",
    METADATA,
    Column("handover_id", Uuid, primary_key=True),
    Column("consignment_number", String, nullable=False, index=True),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("corrects", Uuid, unique=True),
)

SETTLED_OUTCOMES = Table(
    "settled_outcomes",
    METADATA,
    Column("handover_id", Uuid, primary_key=True),
    Column("unit_code", String, primary_key=True),
    Column("product_code", String, primary_key=True),
    _lot(primary_key=True),
    Column("ending", String, primary_key=True),
    Column("quantity", Integer, nullable=False),
    Column("movement_id", Uuid, nullable=False),
    Column("incident_number", String),
    CheckConstraint("quantity > 0", name="an_outcome_is_of_something"),
    CheckConstraint(
        "(ending IN ('damaged', 'short')) = (incident_number IS NOT NULL)",
        name="a_loss_has_an_incident",
    ),
)
