"""Bags, vehicles, photographs and late papers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261122_delivering"
down_revision = "20261122_sharing"
branch_labels = None
depends_on = None


def _widened() -> list[tuple[str, list[sa.Column[Any]]]]:
    return [
        (
            "consignments",
            [
                sa.Column("picking_started_at", sa.DateTime(timezone=True)),
                sa.Column("vehicle", sa.String(length=20)),
                sa.Column("driver_role", sa.String(length=20)),
                sa.Column("packages", sa.Integer()),
                sa.Column("gross_weight_grams", sa.Integer()),
                sa.Column("moves", sa.Integer(), nullable=False, server_default="0"),
            ],
        ),
        (
            "consignment_lines",
            [
                sa.Column("bag_ids", sa.JSON(), nullable=False, server_default="[]"),
            ],
        ),
        (
            "handovers",
            [
                sa.Column("receiver_role", sa.String(length=20)),
                sa.Column("receiver_number", sa.String(length=20)),
                sa.Column(
                    "is_from_paper",
                    sa.Boolean(),
                    nullable=False,
                    server_default=sa.false(),
                ),
            ],
        ),
    ]


def upgrade() -> None:
    for table, columns in _widened():
        with op.batch_alter_table(table) as wider:
            for column in columns:
                wider.add_column(column)
    op.create_table(
        "gates",
        sa.Column("facility_code", sa.String(length=40), nullable=False),
        sa.Column("receiver_policy", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_code"],
            ["facilities.facility_code"],
            name=op.f("fk_gates_facility_code_facilities"),
        ),
        sa.PrimaryKeyConstraint("facility_code", name=op.f("pk_gates")),
    )
    _create_photos()
    _create_ticks()
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )


def _create_photos() -> None:
    op.create_table(
        "waybill_photos",
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("consignment_number", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consignment_number"],
            ["consignments.consignment_number"],
            name=op.f("fk_waybill_photos_consignment_number_consignments"),
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_waybill_photos")),
    )
    op.create_index(
        op.f("ix_waybill_photos_consignment_number"),
        "waybill_photos",
        ["consignment_number"],
    )
    op.create_table(
        "photo_reads",
        sa.Column("read_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=100), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["waybill_photos.photo_id"],
            name=op.f("fk_photo_reads_photo_id_waybill_photos"),
        ),
        sa.PrimaryKeyConstraint("read_id", name=op.f("pk_photo_reads")),
    )
    op.create_index("ix_photo_reads_photo", "photo_reads", ["photo_id", "read_at"])


def _create_ticks() -> None:
    op.create_table(
        "packing_ticks",
        sa.Column("tick_id", sa.Uuid(), nullable=False),
        sa.Column("consignment_number", sa.String(length=20), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "part > 0", name=op.f("ck_packing_ticks_something_is_ticked")
        ),
        sa.ForeignKeyConstraint(
            ["consignment_number"],
            ["consignments.consignment_number"],
            name=op.f("fk_packing_ticks_consignment_number_consignments"),
        ),
        sa.PrimaryKeyConstraint(
            "tick_id",
            "unit_code",
            "product_code",
            "lot_id",
            name=op.f("pk_packing_ticks"),
        ),
        comment="What each scan of the packing check added, so that it can be undone",
    )
    op.create_index(
        op.f("ix_packing_ticks_consignment_number"),
        "packing_ticks",
        ["consignment_number"],
    )


def downgrade() -> None:
    for table in ("packing_ticks", "secrets", "photo_reads", "waybill_photos", "gates"):
        op.drop_table(table)
    for table, columns in reversed(_widened()):
        with op.batch_alter_table(table) as narrower:
            for column in columns:
                narrower.drop_column(column.name)
