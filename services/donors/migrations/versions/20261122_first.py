"""Gifts and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("donor_code", name=op.f("pk_changes")),
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
        "donors",
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contact_email IS NULL OR consented_on IS NOT NULL",
            name=op.f("ck_donors_keep_a_contact_only_with_consent"),
        ),
        sa.PrimaryKeyConstraint("donor_code", name=op.f("pk_donors")),
    )
    op.create_table(
        "happenings",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_happenings")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("happenings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_happenings_gift_number"), ["gift_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_happenings_source_id"), ["source_id"], unique=False
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
        "lot_days",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("lot_status", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("earmark", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("in_stock", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("in_transit", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("lost_by_reason", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "in_stock >= 0 AND in_transit >= 0 AND accepted >= 0 AND lost >= 0 AND returned >= 0",
            name=op.f("ck_lot_days_no_bucket_below_zero"),
        ),
        sa.CheckConstraint(
            "received = in_stock + in_transit + accepted + lost + returned",
            name=op.f("ck_lot_days_nothing_appears_or_vanishes"),
        ),
        sa.CheckConstraint(
            "reserved >= 0 AND reserved <= in_stock",
            name=op.f("ck_lot_days_reserved_is_part_of_the_stock"),
        ),
        sa.PrimaryKeyConstraint("lot_id", "changed_on", name=op.f("pk_lot_days")),
    )
    op.create_table(
        "kit_parts",
        sa.Column("kit_lot_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_kit_parts_a_kit_holds_something")
        ),
        sa.PrimaryKeyConstraint("kit_lot_id", "lot_id", name=op.f("pk_kit_parts")),
    )
    op.create_table(
        "left_lots",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("lot_id", "decided_on", name=op.f("pk_left_lots")),
    )
    op.create_table(
        "lot_totals",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("lot_status", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("earmark", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("in_stock", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("in_transit", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("lost_by_reason", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "in_stock >= 0 AND in_transit >= 0 AND accepted >= 0 AND lost >= 0 AND returned >= 0",
            name=op.f("ck_lot_totals_no_bucket_below_zero"),
        ),
        sa.CheckConstraint(
            "received = in_stock + in_transit + accepted + lost + returned",
            name=op.f("ck_lot_totals_nothing_appears_or_vanishes"),
        ),
        sa.CheckConstraint(
            "reserved >= 0 AND reserved <= in_stock",
            name=op.f("ck_lot_totals_reserved_is_part_of_the_stock"),
        ),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_totals")),
    )
    with op.batch_alter_table("lot_totals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lot_totals_gift_number", ["gift_number"], unique=False
        )
        batch_op.create_index(
            "ix_lot_totals_product_code", ["product_code"], unique=False
        )

    op.create_table(
        "needs_lists",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_needs_lists")),
    )
    op.create_table(
        "number_series",
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("letter", "year", name=op.f("pk_number_series")),
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
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("unit_of_issue", sa.String(), nullable=False),
        sa.Column("sensitivity", sa.Integer(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("product_code", name=op.f("pk_products")),
    )
    op.create_table(
        "refusals",
        sa.Column("refusal_id", sa.Uuid(), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_refusals_refuse_at_least_one")
        ),
        sa.PrimaryKeyConstraint("refusal_id", name=op.f("pk_refusals")),
    )
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_refusals_gift_number"), ["gift_number"], unique=False
        )

    op.create_table(
        "units",
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facility_code", sa.String(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", name=op.f("pk_units")),
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
        "gifts",
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("earmark", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("earlier_earmarks", sa.JSON(), nullable=False),
        sa.Column("earmark_version", sa.Integer(), nullable=False),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_code"],
            ["donors.donor_code"],
            name=op.f("fk_gifts_donor_code_donors"),
        ),
        sa.PrimaryKeyConstraint("gift_number", name=op.f("pk_gifts")),
    )
    with op.batch_alter_table("gifts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_gifts_announced_at", ["announced_at", "gift_number"], unique=False
        )
        batch_op.create_index(
            "ix_gifts_donor_code", ["donor_code", "announced_at"], unique=False
        )

    op.create_table(
        "pledges",
        sa.Column("pledge_number", sa.String(), nullable=False),
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("pledged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_code"],
            ["donors.donor_code"],
            name=op.f("fk_pledges_donor_code_donors"),
        ),
        sa.PrimaryKeyConstraint("pledge_number", name=op.f("pk_pledges")),
    )
    op.create_table(
        "gift_lines",
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_gift_lines_expect_at_least_one")
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_gift_lines_gift_number_gifts"),
        ),
        sa.PrimaryKeyConstraint(
            "gift_number", "product_code", name=op.f("pk_gift_lines")
        ),
    )
    op.create_table(
        "pledge_lines",
        sa.Column("pledge_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_pledge_lines_promise_at_least_one")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_number"],
            ["pledges.pledge_number"],
            name=op.f("fk_pledge_lines_pledge_number_pledges"),
        ),
        sa.PrimaryKeyConstraint(
            "pledge_number", "product_code", name=op.f("pk_pledge_lines")
        ),
    )


def downgrade() -> None:
    op.drop_table("pledge_lines")
    op.drop_table("gift_lines")
    op.drop_table("pledges")
    with op.batch_alter_table("gifts", schema=None) as batch_op:
        batch_op.drop_index("ix_gifts_donor_code")
        batch_op.drop_index("ix_gifts_announced_at")

    op.drop_table("gifts")
    with op.batch_alter_table("waiting_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_waiting_messages_due")

    op.drop_table("waiting_messages")
    op.drop_table("units")
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refusals_gift_number"))

    op.drop_table("refusals")
    op.drop_table("products")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unpublished",
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("number_series")
    op.drop_table("needs_lists")
    with op.batch_alter_table("lot_totals", schema=None) as batch_op:
        batch_op.drop_index("ix_lot_totals_product_code")
        batch_op.drop_index("ix_lot_totals_gift_number")

    op.drop_table("lot_totals")
    op.drop_table("left_lots")
    op.drop_table("kit_parts")
    op.drop_table("lot_days")
    op.drop_table("inbox")
    op.drop_table("healed_positions")
    with op.batch_alter_table("happenings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_happenings_source_id"))
        batch_op.drop_index(batch_op.f("ix_happenings_gift_number"))

    op.drop_table("happenings")
    op.drop_table("donors")
    op.drop_table("commands")
    op.drop_table("changes")
