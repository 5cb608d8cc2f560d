"""Units, requisitions and runs."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "allocation_runs",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("handover_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("product_codes", sa.JSON(), nullable=True),
        sa.Column("unused", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=100), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'reserved', 'partly_refused', 'cancelled')",
            name=op.f("ck_allocation_runs_known_state"),
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_allocation_runs")),
    )
    with op.batch_alter_table("allocation_runs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_allocation_runs_newest", ["recorded_at", "run_id"], unique=False
        )

    op.create_table(
        "commands",
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("command_id", name=op.f("pk_commands")),
    )
    op.create_table(
        "facilities",
        sa.Column("facility_code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=100), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("not_admitted", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "audience IN ('detention', 'community')",
            name=op.f("ck_facilities_known_audience"),
        ),
        sa.PrimaryKeyConstraint("facility_code", name=op.f("pk_facilities")),
    )
    op.create_table(
        "healed_positions",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_healed_positions")),
    )
    op.create_table(
        "inbox",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("message_type", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_inbox")),
    )
    op.create_table(
        "lot_copies",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("lot_number", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("earmark", sa.JSON(), nullable=True),
        sa.Column("lot_status", sa.String(length=20), nullable=False),
        sa.Column("in_stock", sa.Integer(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "available <= in_stock",
            name=op.f("ck_lot_copies_available_is_part_of_stock"),
        ),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_copies")),
    )
    with op.batch_alter_table("lot_copies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lot_copies_in_stock", ["product_code", "in_stock"], unique=False
        )

    op.create_table(
        "numbers",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_numbers")),
    )
    op.create_table(
        "outbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("message_type", sa.String(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snapshot", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_unpublished",
            ["position"],
            unique=False,
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.create_table(
        "products",
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("unit_of_issue", sa.String(length=60), nullable=False),
        sa.Column("min_days_at_dispatch", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.Integer(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("product_code", name=op.f("pk_products")),
    )
    op.create_table(
        "published_needs",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_published_needs")),
    )
    op.create_table(
        "quota_rules",
        sa.Column("rule_code", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("per_days", sa.Integer(), nullable=False),
        sa.Column("unit_kind", sa.String(length=40), nullable=True),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("is_once", sa.Boolean(), nullable=False),
        sa.Column("state_supplied_percent", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "denominator > 0 AND per_days > 0",
            name=op.f("ck_quota_rules_quantity_is_defined"),
        ),
        sa.CheckConstraint(
            "numerator >= 0", name=op.f("ck_quota_rules_quantity_not_negative")
        ),
        sa.CheckConstraint(
            "state_supplied_percent BETWEEN 0 AND 100",
            name=op.f("ck_quota_rules_share_of_the_state"),
        ),
        sa.PrimaryKeyConstraint("rule_code", "version", name=op.f("pk_quota_rules")),
    )
    op.create_table(
        "recalled_lots",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("lot_number", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_recalled_lots")),
    )
    op.create_table(
        "waiting_messages",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("message_type", sa.String(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_waiting_messages")),
    )
    with op.batch_alter_table("waiting_messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_waiting_messages_due", ["parked_at", "next_try_at"], unique=False
        )

    op.create_table(
        "allocation_run_lines",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("entitlement", sa.Integer(), nullable=False),
        sa.Column("already_received", sa.Integer(), nullable=False),
        sa.Column("requested", sa.Integer(), nullable=False),
        sa.Column("proposed", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("lots", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("override_reason", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "quantity >= 0 AND proposed >= 0",
            name=op.f("ck_allocation_run_lines_nothing_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["allocation_runs.run_id"],
            name=op.f("fk_allocation_run_lines_run_id_allocation_runs"),
        ),
        sa.PrimaryKeyConstraint(
            "run_id", "unit_code", "product_code", name=op.f("pk_allocation_run_lines")
        ),
    )
    op.create_table(
        "allocation_run_products",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("refusal_reason", sa.String(length=500), nullable=True),
        sa.Column("shortages", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["allocation_runs.run_id"],
            name=op.f("fk_allocation_run_products_run_id_allocation_runs"),
        ),
        sa.PrimaryKeyConstraint(
            "run_id", "product_code", name=op.f("pk_allocation_run_products")
        ),
    )
    op.create_table(
        "consignments",
        sa.Column("consignment_number", sa.String(length=20), nullable=False),
        sa.Column("facility_code", sa.String(length=40), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("waybill_number", sa.String(length=40), nullable=True),
        sa.Column("short_reason", sa.String(length=500), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dispatched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'picking', 'in_transit', 'handed_over', 'cancelled')",
            name=op.f("ck_consignments_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["facility_code"],
            ["facilities.facility_code"],
            name=op.f("fk_consignments_facility_code_facilities"),
        ),
        sa.PrimaryKeyConstraint("consignment_number", name=op.f("pk_consignments")),
    )
    with op.batch_alter_table("consignments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consignments_facility_code"), ["facility_code"], unique=False
        )

    op.create_table(
        "units",
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facility_code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NOT NULL) = is_closed",
            name=op.f("ck_units_who_is_closed_knows_when"),
        ),
        sa.CheckConstraint(
            "audience IN ('detention', 'community')",
            name=op.f("ck_units_known_audience"),
        ),
        sa.ForeignKeyConstraint(
            ["facility_code"],
            ["facilities.facility_code"],
            name=op.f("fk_units_facility_code_facilities"),
        ),
        sa.PrimaryKeyConstraint("unit_code", name=op.f("pk_units")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_units_facility_code"), ["facility_code"], unique=False
        )

    op.create_table(
        "consignment_lines",
        sa.Column("consignment_number", sa.String(length=20), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("dispatched", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("refusal_reason", sa.String(length=40), nullable=True),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "accepted + refused + damaged + short = 0 OR accepted + refused + damaged + short = dispatched",
            name=op.f("ck_consignment_lines_every_unit_is_accounted_for"),
        ),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_consignment_lines_quantity_not_negative")
        ),
        sa.CheckConstraint(
            "refused = 0 OR refusal_reason IS NOT NULL",
            name=op.f("ck_consignment_lines_a_refusal_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["consignment_number"],
            ["consignments.consignment_number"],
            name=op.f("fk_consignment_lines_consignment_number_consignments"),
        ),
        sa.PrimaryKeyConstraint(
            "consignment_number",
            "unit_code",
            "product_code",
            "lot_id",
            name=op.f("pk_consignment_lines"),
        ),
    )
    with op.batch_alter_table("consignment_lines", schema=None) as batch_op:
        batch_op.create_index("ix_consignment_lines_lot", ["lot_id"], unique=False)

    op.create_table(
        "handovers",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("consignment_number", sa.String(length=20), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_number"],
            ["consignments.consignment_number"],
            name=op.f("fk_handovers_consignment_number_consignments"),
        ),
        sa.PrimaryKeyConstraint("handover_id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("corrects", name=op.f("uq_handovers_corrects")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handovers_consignment_number"),
            ["consignment_number"],
            unique=False,
        )

    op.create_table(
        "headcounts",
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["units.unit_code"],
            name=op.f("fk_headcounts_unit_code_units"),
        ),
        sa.PrimaryKeyConstraint(
            "unit_code", "as_of", "version", name=op.f("pk_headcounts")
        ),
    )
    op.create_table(
        "requisitions",
        sa.Column("requisition_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=100), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'partly_fulfilled', 'fulfilled', 'cancelled')",
            name=op.f("ck_requisitions_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["units.unit_code"],
            name=op.f("fk_requisitions_unit_code_units"),
        ),
        sa.PrimaryKeyConstraint("requisition_id", name=op.f("pk_requisitions")),
    )
    with op.batch_alter_table("requisitions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_requisitions_in_state", ["state", "recorded_at"], unique=False
        )
        batch_op.create_index(
            "ix_requisitions_newest", ["recorded_at", "requisition_id"], unique=False
        )
        batch_op.create_index(
            "ix_requisitions_of_unit", ["unit_code", "state"], unique=False
        )

    op.create_table(
        "requisition_lines",
        sa.Column("requisition_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("requested", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=True),
        sa.Column("entitlement", sa.Integer(), nullable=True),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "approved >= 0", name=op.f("ck_requisition_lines_approved_not_negative")
        ),
        sa.CheckConstraint(
            "requested >= 1", name=op.f("ck_requisition_lines_something_is_asked_for")
        ),
        sa.ForeignKeyConstraint(
            ["requisition_id"],
            ["requisitions.requisition_id"],
            name=op.f("fk_requisition_lines_requisition_id_requisitions"),
        ),
        sa.PrimaryKeyConstraint(
            "requisition_id", "product_code", name=op.f("pk_requisition_lines")
        ),
    )
    op.create_table(
        "allotments",
        sa.Column("allotment_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("requisition_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("lot_version", sa.Integer(), nullable=True),
        sa.Column("consignment_number", sa.String(length=20), nullable=True),
        sa.Column("dispatched", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "accepted + refused + damaged + short <= dispatched",
            name=op.f("ck_allotments_no_more_ends_than_left"),
        ),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_allotments_quantity_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["consignment_number"],
            ["consignments.consignment_number"],
            name=op.f("fk_allotments_consignment_number_consignments"),
        ),
        sa.ForeignKeyConstraint(
            ["requisition_id", "product_code"],
            ["requisition_lines.requisition_id", "requisition_lines.product_code"],
            name=op.f("fk_allotments_requisition_id_product_code_requisition_lines"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["allocation_runs.run_id"],
            name=op.f("fk_allotments_run_id_allocation_runs"),
        ),
        sa.PrimaryKeyConstraint("allotment_id", name=op.f("pk_allotments")),
    )
    with op.batch_alter_table("allotments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_allotments_consignment_number"),
            ["consignment_number"],
            unique=False,
        )
        batch_op.create_index(
            "ix_allotments_due", ["unit_code", "product_code", "due_on"], unique=False
        )
        batch_op.create_index("ix_allotments_lot", ["lot_id", "state"], unique=False)
        batch_op.create_index(
            "ix_allotments_requisition",
            ["requisition_id", "product_code"],
            unique=False,
        )
        batch_op.create_index(
            "ix_allotments_run", ["run_id", "product_code"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("allotments", schema=None) as batch_op:
        batch_op.drop_index("ix_allotments_run")
        batch_op.drop_index("ix_allotments_requisition")
        batch_op.drop_index("ix_allotments_lot")
        batch_op.drop_index("ix_allotments_due")
        batch_op.drop_index(batch_op.f("ix_allotments_consignment_number"))

    op.drop_table("allotments")
    op.drop_table("requisition_lines")
    with op.batch_alter_table("requisitions", schema=None) as batch_op:
        batch_op.drop_index("ix_requisitions_of_unit")
        batch_op.drop_index("ix_requisitions_newest")
        batch_op.drop_index("ix_requisitions_in_state")

    op.drop_table("requisitions")
    op.drop_table("headcounts")
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_consignment_number"))

    op.drop_table("handovers")
    with op.batch_alter_table("consignment_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_consignment_lines_lot")

    op.drop_table("consignment_lines")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_facility_code"))

    op.drop_table("units")
    with op.batch_alter_table("consignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consignments_facility_code"))

    op.drop_table("consignments")
    op.drop_table("allocation_run_products")
    op.drop_table("allocation_run_lines")
    with op.batch_alter_table("waiting_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_waiting_messages_due")

    op.drop_table("waiting_messages")
    op.drop_table("recalled_lots")
    op.drop_table("quota_rules")
    op.drop_table("published_needs")
    op.drop_table("products")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unpublished",
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("numbers")
    with op.batch_alter_table("lot_copies", schema=None) as batch_op:
        batch_op.drop_index("ix_lot_copies_in_stock")

    op.drop_table("lot_copies")
    op.drop_table("inbox")
    op.drop_table("healed_positions")
    op.drop_table("facilities")
    op.drop_table("commands")
    with op.batch_alter_table("allocation_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_allocation_runs_newest")

    op.drop_table("allocation_runs")
