"""Count sheets, incidents and destruction records."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_counting"
down_revision = "20261122_scanning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of counting and of losses."""
    op.create_table(
        "count_sheets",
        sa.Column("count_sheet_number", sa.String(length=40), nullable=False),
        sa.Column("location_code", sa.String(length=40), nullable=True),
        sa.Column("product_code", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=64), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by", sa.String(length=64), nullable=True),
        sa.Column(
            "uncounted",
            sa.String(length=20),
            nullable=True,
            comment="what was said of lots not counted",
        ),
        sa.Column("uncounted_lots", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(status = 'finished') = (finished_at IS NOT NULL)",
            name=op.f("ck_count_sheets_a_finished_sheet_says_when"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'finished')",
            name=op.f("ck_count_sheets_a_sheet_is_open_or_finished"),
        ),
        sa.CheckConstraint(
            "(location_code IS NULL) <> (product_code IS NULL)",
            name=op.f("ck_count_sheets_a_sheet_counts_a_place_or_a_product"),
        ),
        sa.PrimaryKeyConstraint("count_sheet_number", name=op.f("pk_count_sheets")),
    )
    op.create_index(
        "ix_count_sheets_status",
        "count_sheets",
        ["status", "count_sheet_number"],
        unique=False,
    )
    for counted in ("location_code", "product_code"):
        op.create_index(
            f"uq_count_sheets_open_{counted}",
            "count_sheets",
            [counted],
            unique=True,
            sqlite_where=sa.text("status = 'open'"),
            postgresql_where=sa.text("status = 'open'"),
        )
    op.create_table(
        "count_lines",
        sa.Column("count_sheet_number", sa.String(length=40), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("first_counted", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_by", sa.String(length=64), nullable=False),
        sa.Column("first_recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_counted", sa.Integer(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_by", sa.String(length=64), nullable=True),
        sa.Column("second_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_counted", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column(
            "outcome",
            sa.String(length=30),
            nullable=True,
            comment="written when the sheet is finished",
        ),
        sa.Column(
            "booked",
            sa.Integer(),
            nullable=True,
            comment="what the books said at the count's moment",
        ),
        sa.Column("difference", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (booked IS NULL)",
            name=op.f("ck_count_lines_an_outcome_has_a_difference"),
        ),
        sa.CheckConstraint(
            "decided_counted >= 0", name=op.f("ck_count_lines_decide_nothing_or_more")
        ),
        sa.CheckConstraint(
            "first_counted >= 0", name=op.f("ck_count_lines_count_nothing_or_more")
        ),
        sa.CheckConstraint(
            "second_by <> first_by",
            name=op.f("ck_count_lines_a_second_count_is_by_another"),
        ),
        sa.CheckConstraint(
            "second_counted >= 0",
            name=op.f("ck_count_lines_count_nothing_or_more_again"),
        ),
        sa.ForeignKeyConstraint(
            ["count_sheet_number"],
            ["count_sheets.count_sheet_number"],
            name=op.f("fk_count_lines_count_sheet_number_count_sheets"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_count_lines_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "count_sheet_number", "lot_id", "account", name=op.f("pk_count_lines")
        ),
        sa.UniqueConstraint("count_id", name=op.f("uq_count_lines_count_id")),
        comment="first and second count of a lot at a place; blind until finished",
    )
    op.create_index(
        "ix_count_lines_lot", "count_lines", ["lot_id", "account"], unique=False
    )
    op.create_table(
        "count_entries",
        sa.Column("entry_id", sa.Uuid(), nullable=False, comment="the scan's own id"),
        sa.Column("count_sheet_number", sa.String(length=40), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_by", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("became", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "became IN ('first', 'second', 'added', 'replaced')",
            name=op.f("ck_count_entries_an_entry_became_something"),
        ),
        sa.CheckConstraint(
            "counted >= 0",
            name=op.f("ck_count_entries_an_entry_counts_nothing_or_more"),
        ),
        sa.ForeignKeyConstraint(
            ["count_sheet_number"],
            ["count_sheets.count_sheet_number"],
            name=op.f("fk_count_entries_count_sheet_number_count_sheets"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_count_entries_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_count_entries")),
        comment="every count as it came; nothing is overwritten here",
    )
    op.create_index(
        op.f("ix_count_entries_count_sheet_number"),
        "count_entries",
        ["count_sheet_number"],
        unique=False,
    )
    op.create_index(
        op.f("ix_count_entries_lot_id"), "count_entries", ["lot_id"], unique=False
    )
    op.create_table(
        "incidents",
        sa.Column("incident_number", sa.String(length=40), nullable=False),
        sa.Column(
            "consignment_number",
            sa.String(length=40),
            nullable=True,
            comment="whose handover opened it",
        ),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("discovered", sa.String(length=30), nullable=True),
        sa.Column("facts", sa.String(length=30), nullable=True),
        sa.Column("action", sa.String(length=30), nullable=True),
        sa.Column("value_tenge", sa.Integer(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("described_by", sa.String(length=64), nullable=True),
        sa.Column("described_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN described_by IS NULL THEN"
            " coalesce(cause, discovered, facts, action) IS NULL"
            " AND happened_on IS NULL AND value_tenge IS NULL AND described_at IS NULL"
            " ELSE cause IS NOT NULL AND discovered IS NOT NULL AND facts IS NOT NULL"
            " AND action IS NOT NULL AND happened_on IS NOT NULL"
            " AND described_at IS NOT NULL END",
            name=op.f("ck_incidents_an_incident_is_described_whole_by_somebody"),
        ),
        sa.CheckConstraint(
            "value_tenge >= 0",
            name=op.f("ck_incidents_a_loss_is_worth_nothing_or_more"),
        ),
        sa.PrimaryKeyConstraint("incident_number", name=op.f("pk_incidents")),
        comment="facts from choice lists only: no free text about people",
    )
    op.create_table(
        "write_offs",
        sa.Column("write_off_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("location_code", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("incident_number", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("movement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(status = 'approved') = (movement_id IS NOT NULL)",
            name=op.f("ck_write_offs_only_what_was_approved_moved"),
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'approved', 'rejected')",
            name=op.f("ck_write_offs_a_write_off_waits_or_is_decided"),
        ),
        sa.CheckConstraint(
            "decided_by <> recorded_by",
            name=op.f("ck_write_offs_nobody_approves_their_own_write_off"),
        ),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_write_offs_a_write_off_is_of_something")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_write_offs_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("write_off_id", name=op.f("pk_write_offs")),
    )
    op.create_index(
        op.f("ix_write_offs_lot_id"), "write_offs", ["lot_id"], unique=False
    )
    op.create_index(
        "ix_write_offs_status", "write_offs", ["status", "recorded_at"], unique=False
    )
    op.create_table(
        "destructions",
        sa.Column("destruction_number", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("incident_number", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_by", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_by", sa.String(length=64), nullable=True),
        sa.Column("first_role", sa.String(length=20), nullable=True),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_by", sa.String(length=64), nullable=True),
        sa.Column("second_role", sa.String(length=20), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'destroyed') = (second_by IS NOT NULL)",
            name=op.f("ck_destructions_the_second_confirmation_destroys"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'destroyed', 'cancelled')",
            name=op.f("ck_destructions_a_record_is_open_destroyed_or_cancelled"),
        ),
        sa.CheckConstraint(
            "first_by <> second_by AND first_role <> second_role",
            name=op.f("ck_destructions_two_people_of_two_roles_destroy"),
        ),
        sa.PrimaryKeyConstraint("destruction_number", name=op.f("pk_destructions")),
    )
    op.create_index(
        "ix_destructions_status",
        "destructions",
        ["status", "destruction_number"],
        unique=False,
    )
    op.create_table(
        "destruction_lines",
        sa.Column("destruction_number", sa.String(length=40), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("location_code", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("movement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('EXPIRED', 'RECALLED_DESTROYED')",
            name=op.f(
                "ck_destruction_lines_only_expired_or_recalled_goods_are_destroyed"
            ),
        ),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_destruction_lines_a_line_destroys_something")
        ),
        sa.ForeignKeyConstraint(
            ["destruction_number"],
            ["destructions.destruction_number"],
            name=op.f("fk_destruction_lines_destruction_number_destructions"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_destruction_lines_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "destruction_number",
            "lot_id",
            "location_code",
            name=op.f("pk_destruction_lines"),
        ),
    )
    op.create_index(
        "ix_destruction_lines_lot", "destruction_lines", ["lot_id"], unique=False
    )


def downgrade() -> None:
    """Take back what upgrade made."""
    op.drop_table("destruction_lines")
    op.drop_table("destructions")
    op.drop_table("write_offs")
    op.drop_table("incidents")
    op.drop_table("count_entries")
    op.drop_table("count_lines")
    op.drop_table("count_sheets")
