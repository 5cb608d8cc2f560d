"""Products, lots and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_first"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = {
    "sqlite": (
        """
        CREATE TRIGGER movements_never_update BEFORE UPDATE ON movements
        BEGIN SELECT RAISE(ABORT, 'a movement is never changed, only reversed'); END
        """,
        """
        CREATE TRIGGER movements_never_delete BEFORE DELETE ON movements
        BEGIN SELECT RAISE(ABORT, 'a movement is never changed, only reversed'); END
        """,
    ),
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION refuse_change_of_movement() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'a movement is never changed, only reversed'; END
        $$ LANGUAGE plpgsql
        """,
        """
        CREATE TRIGGER movements_never_change BEFORE UPDATE OR DELETE ON movements
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_movement()
        """,
    ),
}


def upgrade() -> None:
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
        "document_numbers",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_document_numbers")),
    )
    op.create_table(
        "gifts",
        sa.Column("gift_number", sa.String(length=40), nullable=False),
        sa.Column("donor_code", sa.String(length=40), nullable=True),
        sa.Column(
            "is_known",
            sa.Boolean(),
            nullable=False,
            comment="announced, or opened here",
        ),
        sa.Column("earmark", sa.JSON(), nullable=True),
        sa.Column("earmark_version", sa.Integer(), nullable=False),
        sa.Column(
            "walk_in_of",
            sa.String(length=64),
            nullable=True,
            comment="the account that received it",
        ),
        sa.Column("walk_in_on", sa.Date(), nullable=True),
        sa.Column("first_scan_id", sa.Uuid(), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("gift_number", name=op.f("pk_gifts")),
        sa.UniqueConstraint(
            "walk_in_of", "walk_in_on", name=op.f("uq_gifts_walk_in_of_walk_in_on")
        ),
    )
    with op.batch_alter_table("gifts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_gifts_unknown", ["is_known", "first_seen_at"], unique=False
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
        "locations",
        sa.Column("location_code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "kind IN ('storage', 'hold', 'dispatch')",
            name=op.f("ck_locations_a_location_stores_holds_or_dispatches"),
        ),
        sa.PrimaryKeyConstraint("location_code", name=op.f("pk_locations")),
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
        "pick_lists",
        sa.Column("pick_list_number", sa.String(), nullable=False),
        sa.Column("consignment_number", sa.String(), nullable=False),
        sa.Column("facility_code", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False, comment="the newest heard of"),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waybill_number", sa.String(), nullable=True),
        sa.Column("short_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status = 'dispatched') = (waybill_number IS NOT NULL)",
            name=op.f("ck_pick_lists_what_left_has_a_waybill"),
        ),
        sa.PrimaryKeyConstraint("pick_list_number", name=op.f("pk_pick_lists")),
        sa.UniqueConstraint(
            "consignment_number", name=op.f("uq_pick_lists_consignment_number")
        ),
        sa.UniqueConstraint(
            "waybill_number", name=op.f("uq_pick_lists_waybill_number")
        ),
    )
    with op.batch_alter_table("pick_lists", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pick_lists_status", ["status", "pick_list_number"], unique=False
        )

    op.create_table(
        "products",
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("unit_of_issue", sa.String(length=40), nullable=False),
        sa.Column("min_days_at_receipt", sa.Integer(), nullable=False),
        sa.Column("min_days_at_dispatch", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.Integer(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column(
            "searched", sa.Text(), nullable=False, comment="folded codes, names, GTINs"
        ),
        sa.CheckConstraint(
            "min_days_at_receipt >= 0 AND min_days_at_dispatch >= 0",
            name=op.f("ck_products_days_are_not_negative"),
        ),
        sa.CheckConstraint(
            "sensitivity BETWEEN 0 AND 2",
            name=op.f("ck_products_sensitivity_is_0_to_2"),
        ),
        sa.PrimaryKeyConstraint("product_code", name=op.f("pk_products")),
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(
            "ix_products_category", ["category", "product_code"], unique=False
        )

    op.create_table(
        "reservations",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "product_code", name=op.f("pk_reservations")),
        comment="How each product of an allocation run was answered; once and for all",
    )
    op.create_table(
        "scans",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_scans")),
    )
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.create_index(
            "ix_scans_account", ["account", "recorded_at"], unique=False
        )

    op.create_table(
        "settlements",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("consignment_number", sa.String(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("handover_id", name=op.f("pk_settlements")),
        sa.UniqueConstraint("corrects", name=op.f("uq_settlements_corrects")),
    )
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_settlements_consignment_number"),
            ["consignment_number"],
            unique=False,
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
        "attention",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column(
            "line", sa.JSON(), nullable=False, comment="the scan, its secrets taken out"
        ),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=64), nullable=True),
        sa.Column("discard_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scans.scan_id"], name=op.f("fk_attention_scan_id_scans")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_attention")),
        sa.UniqueConstraint("scan_id", name=op.f("uq_attention_scan_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attention", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attention_open", ["resolved_at", "position"], unique=False
        )

    op.create_table(
        "goods_received_notes",
        sa.Column("grn_number", sa.String(length=40), nullable=False),
        sa.Column("gift_number", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_goods_received_notes_gift_number_gifts"),
        ),
        sa.PrimaryKeyConstraint("grn_number", name=op.f("pk_goods_received_notes")),
        sa.UniqueConstraint(
            "gift_number",
            "account",
            "received_on",
            "part",
            name=op.f("uq_goods_received_notes_gift_number_account_received_on_part"),
        ),
    )
    op.create_table(
        "lots",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("identity", sa.String(length=300), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("lot_number", sa.String(length=20), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("gift_number", sa.String(length=40), nullable=False),
        sa.Column("grn_number", sa.String(length=40), nullable=False),
        sa.Column("hold", sa.String(length=20), nullable=False),
        sa.Column("awaits_gift", sa.Boolean(), nullable=False),
        sa.Column("earmark", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "hold IN ('released', 'quarantined', 'recalled')",
            name=op.f("ck_lots_a_lot_is_released_quarantined_or_recalled"),
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_lots_gift_number_gifts"),
        ),
        sa.ForeignKeyConstraint(
            ["product_code"],
            ["products.product_code"],
            name=op.f("fk_lots_product_code_products"),
        ),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lots")),
        sa.UniqueConstraint("identity", name=op.f("uq_lots_identity")),
    )
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.create_index("ix_lots_expiry", ["expires_on"], unique=False)
        batch_op.create_index("ix_lots_gift", ["gift_number"], unique=False)
        batch_op.create_index("ix_lots_hold", ["hold", "awaits_gift"], unique=False)
        batch_op.create_index(
            "ix_lots_number", ["product_code", "lot_number"], unique=False
        )

    op.create_table(
        "packs",
        sa.Column("gtin", sa.String(length=14), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_packs_a_pack_holds_something")
        ),
        sa.ForeignKeyConstraint(
            ["product_code"],
            ["products.product_code"],
            name=op.f("fk_packs_product_code_products"),
        ),
        sa.PrimaryKeyConstraint("gtin", name=op.f("pk_packs")),
    )
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.create_index("ix_packs_product_code", ["product_code"], unique=False)

    op.create_table(
        "recalls",
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("lot_number", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recalled_by", sa.String(length=64), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_code"],
            ["products.product_code"],
            name=op.f("fk_recalls_product_code_products"),
        ),
        sa.PrimaryKeyConstraint("product_code", "lot_number", name=op.f("pk_recalls")),
    )
    op.create_table(
        "refusals",
        sa.Column("refusal_id", sa.Uuid(), nullable=False),
        sa.Column("gift_number", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_refusals_a_refusal_refuses_something")
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_refusals_gift_number_gifts"),
        ),
        sa.ForeignKeyConstraint(
            ["product_code"],
            ["products.product_code"],
            name=op.f("fk_refusals_product_code_products"),
        ),
        sa.PrimaryKeyConstraint("refusal_id", name=op.f("pk_refusals")),
    )
    op.create_table(
        "balances",
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("latest_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN kind = 'location' THEN reserved BETWEEN 0 AND on_hand ELSE reserved = 0 END",
            name=op.f("ck_balances_never_promise_what_is_not_there"),
        ),
        sa.CheckConstraint(
            "CASE WHEN kind = 'supply' THEN on_hand <= 0 ELSE on_hand >= 0 END",
            name=op.f("ck_balances_only_the_outside_world_is_below_zero"),
        ),
        sa.CheckConstraint(
            "kind IN ('supply', 'location', 'transit', 'delivered', 'assembly', 'loss', 'returned')",
            name=op.f("ck_balances_the_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.lot_id"], name=op.f("fk_balances_lot_id_lots")
        ),
        sa.PrimaryKeyConstraint("lot_id", "account", name=op.f("pk_balances")),
    )
    with op.batch_alter_table("balances", schema=None) as batch_op:
        batch_op.create_index(
            "ix_balances_account", ["account", "product_code", "lot_id"], unique=False
        )
        batch_op.create_index(
            "ix_balances_standing",
            ["product_code", "lot_id", "account", "on_hand"],
            unique=False,
            sqlite_where=sa.text("kind = 'location' AND on_hand > 0"),
            postgresql_where=sa.text("kind = 'location' AND on_hand > 0"),
        )

    op.create_table(
        "counts",
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.lot_id"], name=op.f("fk_counts_lot_id_lots")
        ),
        sa.PrimaryKeyConstraint("count_id", name=op.f("pk_counts")),
    )
    with op.batch_alter_table("counts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_counts_covered", ["lot_id", "account", "counted_at"], unique=False
        )

    op.create_table(
        "dispatched_lines",
        sa.Column("consignment_number", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("short", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "accepted + refused + damaged + short <= quantity",
            name=op.f("ck_dispatched_lines_settle_only_what_was_dispatched"),
        ),
        sa.CheckConstraint(
            "accepted >= 0 AND refused >= 0 AND damaged >= 0 AND short >= 0",
            name=op.f("ck_dispatched_lines_settle_nothing_or_more"),
        ),
        sa.CheckConstraint(
            "quantity BETWEEN 0 AND planned",
            name=op.f("ck_dispatched_lines_dispatch_what_was_planned"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_dispatched_lines_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "consignment_number",
            "unit_code",
            "product_code",
            "lot_id",
            name=op.f("pk_dispatched_lines"),
        ),
    )
    with op.batch_alter_table("dispatched_lines", schema=None) as batch_op:
        batch_op.create_index("ix_dispatched_lines_lot", ["lot_id"], unique=False)

    op.create_table(
        "holds",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("location_code", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_holds_hold_nothing_or_more")),
        sa.CheckConstraint(
            "withdrawn >= 0", name=op.f("ck_holds_withdraw_nothing_or_more")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_holds_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "run_id", "unit_code", "lot_id", "location_code", name=op.f("pk_holds")
        ),
        comment="What a run keeps of a lot in a place until a pick list asks for it",
    )
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.create_index("ix_holds_lot", ["lot_id"], unique=False)
        batch_op.create_index(
            "ix_holds_unit", ["unit_code", "product_code"], unique=False
        )

    op.create_table(
        "lot_decisions",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("hold", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.lot_id"], name=op.f("fk_lot_decisions_lot_id_lots")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_lot_decisions")),
    )
    with op.batch_alter_table("lot_decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lot_decisions_lot_id"), ["lot_id"], unique=False
        )

    op.create_table(
        "movements",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_movements_a_movement_moves_something")
        ),
        sa.CheckConstraint(
            "source <> target", name=op.f("ck_movements_a_movement_goes_somewhere")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.lot_id"], name=op.f("fk_movements_lot_id_lots")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_movements")),
        sa.UniqueConstraint("movement_id", name=op.f("uq_movements_movement_id")),
        sa.UniqueConstraint("reverses", name=op.f("uq_movements_reverses")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("movements", schema=None) as batch_op:
        batch_op.create_index(
            "ix_movements_card",
            ["product_code", "occurred_at", "position"],
            unique=False,
        )
        batch_op.create_index("ix_movements_document", ["document"], unique=False)
        batch_op.create_index(
            "ix_movements_lot", ["lot_id", "occurred_at"], unique=False
        )

    op.create_table(
        "pick_lines",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("pick_list_number", sa.String(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("location_code", sa.String(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("picked", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "picked <= quantity", name=op.f("ck_pick_lines_never_pick_more_than_asked")
        ),
        sa.CheckConstraint(
            "picked >= 0", name=op.f("ck_pick_lines_pick_nothing_or_more")
        ),
        sa.CheckConstraint(
            "planned > 0", name=op.f("ck_pick_lines_a_line_was_planned")
        ),
        sa.CheckConstraint(
            "quantity <= planned",
            name=op.f("ck_pick_lines_never_ask_more_than_planned"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_pick_lines_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["pick_list_number"],
            ["pick_lists.pick_list_number"],
            name=op.f("fk_pick_lines_pick_list_number_pick_lists"),
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_pick_lines")),
        comment="quantity - picked of an open list is held for the line",
    )
    with op.batch_alter_table("pick_lines", schema=None) as batch_op:
        batch_op.create_index("ix_pick_lines_lot", ["lot_id"], unique=False)
        batch_op.create_index(
            "uq_pick_lines_source",
            ["pick_list_number", "lot_id", "location_code", "unit_code", "run_id"],
            unique=True,
        )

    op.create_table(
        "settled_outcomes",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("incident_number", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(ending IN ('damaged', 'short')) = (incident_number IS NOT NULL)",
            name=op.f("ck_settled_outcomes_a_loss_has_an_incident"),
        ),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_settled_outcomes_an_outcome_is_of_something")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_settled_outcomes_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "handover_id",
            "unit_code",
            "product_code",
            "lot_id",
            "ending",
            name=op.f("pk_settled_outcomes"),
        ),
    )
    op.create_table(
        "picks",
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("other_lot_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_picks_a_pick_takes_something")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["pick_lines.line_id"],
            name=op.f("fk_picks_line_id_pick_lines"),
        ),
        sa.PrimaryKeyConstraint("movement_id", "line_id", name=op.f("pk_picks")),
        comment="Which lines a pick answered, so that undo gives each its goods back",
    )
    with op.batch_alter_table("picks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picks_line_id"), ["line_id"], unique=False)
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("picks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picks_line_id"))

    op.drop_table("picks")
    op.drop_table("settled_outcomes")
    with op.batch_alter_table("pick_lines", schema=None) as batch_op:
        batch_op.drop_index("uq_pick_lines_source")
        batch_op.drop_index("ix_pick_lines_lot")

    op.drop_table("pick_lines")
    with op.batch_alter_table("movements", schema=None) as batch_op:
        batch_op.drop_index("ix_movements_lot")
        batch_op.drop_index("ix_movements_document")
        batch_op.drop_index("ix_movements_card")

    op.drop_table("movements")
    with op.batch_alter_table("lot_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lot_decisions_lot_id"))

    op.drop_table("lot_decisions")
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.drop_index("ix_holds_unit")
        batch_op.drop_index("ix_holds_lot")

    op.drop_table("holds")
    with op.batch_alter_table("dispatched_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_dispatched_lines_lot")

    op.drop_table("dispatched_lines")
    with op.batch_alter_table("counts", schema=None) as batch_op:
        batch_op.drop_index("ix_counts_covered")

    op.drop_table("counts")
    with op.batch_alter_table("balances", schema=None) as batch_op:
        batch_op.drop_index("ix_balances_standing")
        batch_op.drop_index("ix_balances_account")

    op.drop_table("balances")
    op.drop_table("refusals")
    op.drop_table("recalls")
    with op.batch_alter_table("packs", schema=None) as batch_op:
        batch_op.drop_index("ix_packs_product_code")

    op.drop_table("packs")
    with op.batch_alter_table("lots", schema=None) as batch_op:
        batch_op.drop_index("ix_lots_number")
        batch_op.drop_index("ix_lots_hold")
        batch_op.drop_index("ix_lots_gift")
        batch_op.drop_index("ix_lots_expiry")

    op.drop_table("lots")
    op.drop_table("goods_received_notes")
    with op.batch_alter_table("attention", schema=None) as batch_op:
        batch_op.drop_index("ix_attention_open")

    op.drop_table("attention")
    with op.batch_alter_table("waiting_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_waiting_messages_due")

    op.drop_table("waiting_messages")
    with op.batch_alter_table("settlements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlements_consignment_number"))

    op.drop_table("settlements")
    with op.batch_alter_table("scans", schema=None) as batch_op:
        batch_op.drop_index("ix_scans_account")

    op.drop_table("scans")
    op.drop_table("reservations")
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.drop_index("ix_products_category")

    op.drop_table("products")
    with op.batch_alter_table("pick_lists", schema=None) as batch_op:
        batch_op.drop_index("ix_pick_lists_status")

    op.drop_table("pick_lists")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_unpublished",
            sqlite_where=sa.text("published_at IS NULL"),
            postgresql_where=sa.text("published_at IS NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("locations")
    op.drop_table("inbox")
    op.drop_table("healed_positions")
    with op.batch_alter_table("gifts", schema=None) as batch_op:
        batch_op.drop_index("ix_gifts_unknown")

    op.drop_table("gifts")
    op.drop_table("document_numbers")
    op.drop_table("commands")
