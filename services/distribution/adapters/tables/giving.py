"""The tables of what is given: runs, allotments, consignments and handovers."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Uuid,
    false,
)

from services.distribution.adapters.tables.metadata import METADATA
from shared.database.types import Instant

RUNS = Table(
    "allocation_runs",
    METADATA,
    Column("run_id", Uuid, primary_key=True),
    Column("handover_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("product_codes", JSON),
    Column("unused", JSON, nullable=False),
    Column("conditions", JSON, nullable=False, server_default="{}"),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("approved_by", String(100)),
    Column("approved_at", Instant),
    Column("cancel_reason", String(500)),
    Index("ix_allocation_runs_newest", "recorded_at", "run_id"),
    CheckConstraint(
        "state IN ('proposed', 'approved', 'reserved', 'partly_refused', 'cancelled')",
        name="known_state",
    ),
)

RUN_LINES = Table(
    "allocation_run_lines",
    METADATA,
    Column("run_id", ForeignKey("allocation_runs.run_id"), primary_key=True),
    Column("unit_code", String(40), primary_key=True),
    Column("product_code", String(60), primary_key=True),
    Column("entitlement", Integer, nullable=False),
    Column("already_received", Integer, nullable=False),
    Column("requested", Integer, nullable=False),
    Column("proposed", Integer, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("lots", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("basis", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    Column("override_reason", String(20)),
    Column("override_note", String(200)),
    Column("proposed_reasons", JSON(none_as_null=True)),
    CheckConstraint("quantity >= 0 AND proposed >= 0", name="nothing_negative"),
)

RUN_PRODUCTS = Table(
    "allocation_run_products",
    METADATA,
    Column("run_id", ForeignKey("allocation_runs.run_id"), primary_key=True),
    Column("product_code", String(60), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("refusal_reason", String(500)),
    Column("shortages", JSON, nullable=False),
)

CONSIGNMENTS = Table(
    "consignments",
    METADATA,
    Column("consignment_number", String(20), primary_key=True),
    Column(
        "facility_code",
        ForeignKey("facilities.facility_code"),
        nullable=False,
        index=True,
    ),
    Column("planned_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("waybill_number", String(40)),
    Column("short_reason", String(500)),
    Column("cancel_reason", String(500)),
    Column("recorded_by", String(100), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("dispatched_at", Instant),
    Column("handed_over_at", Instant),
    Column("picking_started_at", Instant),
    Column("vehicle", String(20)),
    Column("driver_role", String(20)),
    Column("packages", Integer),
    Column("gross_weight_grams", Integer),
    Column("moves", Integer, nullable=False, server_default="0"),
    CheckConstraint(
        "state IN ('planned', 'picking', 'in_transit', 'handed_over', 'cancelled')",
        name="known_state",
    ),
)

CONSIGNMENT_LINES = Table(
    "consignment_lines",
    METADATA,
    Column(
        "consignment_number",
        ForeignKey("consignments.consignment_number"),
        primary_key=True,
    ),
    Column("unit_code", String(40), primary_key=True),
    Column("product_code", String(60), primary_key=True),
    Column("lot_id", Uuid, primary_key=True),
    Column("quantity", Integer, nullable=False),
    Column("dispatched", Integer),
    Column("accepted", Integer, nullable=False, default=0),
    Column("refused", Integer, nullable=False, default=0),
    Column("refusal_reason", String(40)),
    Column("damaged", Integer, nullable=False, default=0),
    Column("short", Integer, nullable=False, default=0),
    Column("bag_ids", JSON, nullable=False, server_default="[]"),
    Index("ix_consignment_lines_lot", "lot_id"),
    CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    CheckConstraint(
        "accepted + refused + damaged + short = 0"
        " OR accepted + refused + damaged + short = dispatched",
        name="every_unit_is_accounted_for",
    ),
    CheckConstraint(
        "refused = 0 OR refusal_reason IS NOT NULL", name="a_refusal_has_a_reason"
    ),
)

PACKING_TICKS = Table(
    "packing_ticks",
    METADATA,
    Column("tick_id", Uuid, primary_key=True),
    Column(
        "consignment_number",
        ForeignKey("consignments.consignment_number"),
        nullable=False,
        index=True,
    ),
    Column("unit_code", String(40), primary_key=True),
    Column("product_code", String(60), primary_key=True),
    Column("lot_id", Uuid, primary_key=True),
    Column("part", Integer, nullable=False),
    CheckConstraint("part > 0", name="something_is_ticked"),
    comment="What each scan of the packing check added, so that it can be undone",
)

HANDOVERS = Table(
    "handovers",
    METADATA,
    Column("handover_id", Uuid, primary_key=True),
    Column(
        "consignment_number",
        ForeignKey("consignments.consignment_number"),
        nullable=False,
        index=True,
    ),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", String(100), nullable=False),
    Column("corrects", Uuid, unique=True),
    Column("receiver_role", String(20)),
    Column("receiver_number", String(20)),
    Column("is_from_paper", Boolean, nullable=False, server_default=false()),
    Column("lines", JSON, nullable=False),
)

ALLOTMENTS = Table(
    "allotments",
    METADATA,
    Column("allotment_id", Uuid, primary_key=True),
    Column("run_id", Uuid, nullable=False),
    Column("requisition_id", Uuid, nullable=False),
    Column("unit_code", String(40), nullable=False),
    Column("product_code", String(60), nullable=False),
    Column("lot_id", Uuid, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("lot_version", Integer),
    Column(
        "consignment_number",
        ForeignKey("consignments.consignment_number"),
        index=True,
    ),
    Column("dispatched", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("damaged", Integer, nullable=False),
    Column("short", Integer, nullable=False),
    ForeignKeyConstraint(["run_id"], ["allocation_runs.run_id"]),
    ForeignKeyConstraint(
        ["requisition_id", "product_code"],
        ["requisition_lines.requisition_id", "requisition_lines.product_code"],
    ),
    Index("ix_allotments_run", "run_id", "product_code"),
    Index("ix_allotments_requisition", "requisition_id", "product_code"),
    Index("ix_allotments_lot", "lot_id", "state"),
    Index("ix_allotments_due", "unit_code", "product_code", "due_on"),
    CheckConstraint("quantity >= 0", name="quantity_not_negative"),
    CheckConstraint(
        "accepted + refused + damaged + short <= dispatched",
        name="no_more_ends_than_left",
    ),
)
