"""Serials seen, photographs and cases to learn."""

import sqlalchemy as sa
from alembic import op

import shared.database.types

revision = "20261122_scanning"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let scans that wait be found by their code, and keep what goes with them."""
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    with op.batch_alter_table("attention") as attention:
        attention.add_column(sa.Column("gtin", sa.String(length=14)))
        attention.add_column(
            sa.Column(
                "serial_digest",
                sa.String(length=64),
                comment="kept only while the scan waits",
            )
        )
        attention.create_index("ix_attention_gtin", ["gtin", "resolved_at"])
    _fill_gtins()
    op.create_table(
        "received_serials",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["movement_id"],
            ["movements.movement_id"],
            name=op.f("fk_received_serials_movement_id_movements"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_received_serials")),
        sa.UniqueConstraint(
            "movement_id", name=op.f("uq_received_serials_movement_id")
        ),
    )
    op.create_table(
        "attention_photos",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=False),
        sa.Column("taken_at", shared.database.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"],
            ["attention.scan_id"],
            name=op.f("fk_attention_photos_scan_id_attention"),
        ),
        sa.PrimaryKeyConstraint("scan_id", name=op.f("pk_attention_photos")),
    )


def downgrade() -> None:
    """Takes back what upgrade made."""
    op.drop_table("attention_photos")
    op.drop_table("received_serials")
    with op.batch_alter_table("attention") as attention:
        attention.drop_index("ix_attention_gtin")
        attention.drop_column("serial_digest")
        attention.drop_column("gtin")
    op.drop_table("secrets")


def _fill_gtins() -> None:
    """Give every scan that waits already the code it waits under."""
    attention = sa.table(
        "attention",
        sa.column("position", sa.Integer),
        sa.column("line", sa.JSON),
        sa.column("gtin", sa.String),
        sa.column("resolved_at"),
    )
    connection = op.get_bind()
    waiting = sa.select(attention.c.position, attention.c.line).where(
        attention.c.resolved_at.is_(None)
    )
    for position, line in connection.execute(waiting).all():
        decoded = line.get("decoded") or {}
        gtin = decoded.get("gtin") or decoded.get("content_gtin")
        connection.execute(
            attention.update().where(attention.c.position == position).values(gtin=gtin)
        )
