"""Notes of received goods, kits and the walk through the store."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_receiving"
down_revision = "20261122_counting"
branch_labels = None
depends_on = None

NOTE_COLUMNS = (
    ("donor_document", sa.String(length=80)),
    ("condition", sa.Text()),
    ("finished_at", sa.DateTime(timezone=True)),
    ("counted_by", sa.String(length=64)),
    ("checked_at", sa.DateTime(timezone=True)),
    ("checked_by", sa.String(length=64)),
)


def upgrade() -> None:
    """Add the tables, and columns that old rows leave empty."""
    with op.batch_alter_table("locations") as locations:
        locations.add_column(
            sa.Column("sequence", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("lots") as lots:
        lots.add_column(
            sa.Column("is_kit", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("goods_received_notes") as notes:
        for name, kind in NOTE_COLUMNS:
            notes.add_column(sa.Column(name, kind, nullable=True))
        notes.create_check_constraint(
            "two_people_stand_for_it", "checked_by <> counted_by"
        )
    _add_kits()
    _add_receiving()


def downgrade() -> None:
    """Take the tables and columns away again."""
    for table in (
        *("given_back", "damages", "temperatures", "expected_goods"),
        *("kit_contents", "kit_lots", "kit_recipes"),
    ):
        op.drop_table(table)
    with op.batch_alter_table("goods_received_notes") as notes:
        notes.drop_constraint(
            op.f("ck_goods_received_notes_two_people_stand_for_it"), type_="check"
        )
        for name, _ in NOTE_COLUMNS:
            notes.drop_column(name)
    with op.batch_alter_table("lots") as lots:
        lots.drop_column("is_kit")
    with op.batch_alter_table("locations") as locations:
        locations.drop_column("sequence")


def _add_kits() -> None:
    op.create_table(
        "kit_recipes",
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.String(length=64), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_code"],
            ["products.product_code"],
            name=op.f("fk_kit_recipes_product_code_products"),
        ),
        sa.PrimaryKeyConstraint("product_code", "version", name=op.f("pk_kit_recipes")),
        comment="Units of issue by product in one kit; the highest version counts",
    )
    op.create_table(
        "kit_lots",
        sa.Column("kit_lot_id", sa.Uuid(), nullable=False),
        sa.Column("recipe_version", sa.Integer(), nullable=False),
        sa.Column("built", sa.Integer(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("built_by", sa.String(length=64), nullable=False),
        sa.Column(
            "other_lot_reason",
            sa.Text(),
            nullable=True,
            comment="why not of the lots that went first",
        ),
        sa.CheckConstraint("built > 0", name=op.f("ck_kit_lots_a_kit_lot_has_kits")),
        sa.ForeignKeyConstraint(
            ["kit_lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_kit_lots_kit_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("kit_lot_id", name=op.f("pk_kit_lots")),
    )
    op.create_index("ix_kit_lots_built_at", "kit_lots", ["built_at"])
    op.create_table(
        "kit_contents",
        sa.Column("kit_lot_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_kit_contents_a_kit_holds_something")
        ),
        sa.ForeignKeyConstraint(
            ["kit_lot_id"],
            ["lots.lot_id"],
            name=op.f("fk_kit_contents_kit_lot_id_lots"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.lot_id"], name=op.f("fk_kit_contents_lot_id_lots")
        ),
        sa.PrimaryKeyConstraint("kit_lot_id", "lot_id", name=op.f("pk_kit_contents")),
        comment="The units of each lot in one kit of a kit lot; never changed",
    )
    op.create_index("ix_kit_contents_lot", "kit_contents", ["lot_id"])


def _add_receiving() -> None:
    op.create_table(
        "expected_goods",
        sa.Column("gift_number", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_expected_goods_something_is_expected")
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_expected_goods_gift_number_gifts"),
        ),
        sa.PrimaryKeyConstraint(
            "gift_number", "product_code", name=op.f("pk_expected_goods")
        ),
        comment="What a donor said would come; the product may be unknown here yet",
    )
    op.create_table(
        "temperatures",
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("celsius", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_temperatures")),
        comment="The reading a receipt of cold-chain goods came with",
    )
    op.create_table(
        "damages",
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("grn_number", sa.String(length=40), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_damages_damage_is_of_something")
        ),
        sa.CheckConstraint(
            "outcome IN ('held', 'given_back')",
            name=op.f("ck_damages_damaged_is_held_or_given_back"),
        ),
        sa.ForeignKeyConstraint(
            ["grn_number"],
            ["goods_received_notes.grn_number"],
            name=op.f("fk_damages_grn_number_goods_received_notes"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lots.lot_id"], name=op.f("fk_damages_lot_id_lots")
        ),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_damages")),
        comment="Units that arrived damaged, and the movement that took them aside",
    )
    op.create_index("ix_damages_note", "damages", ["grn_number"])
    op.create_table(
        "given_back",
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("condition", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "condition IN ('whole', 'opened', 'kept_wrong', 'damaged')",
            name=op.f("ck_given_back_the_condition_is_known"),
        ),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_given_back")),
        comment="How goods looked that came back from a unit, by their movement",
    )
