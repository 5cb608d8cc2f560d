"""Reserves, and the conditions of a run."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_sharing"
down_revision = "20261122_needing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reserves",
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_reserves_a_reserve_is_not_negative")
        ),
        sa.PrimaryKeyConstraint("product_code", "version", name=op.f("pk_reserves")),
    )
    with op.batch_alter_table("allocation_runs") as runs:
        runs.add_column(
            sa.Column("conditions", sa.JSON(), nullable=False, server_default="{}")
        )
    with op.batch_alter_table("allocation_run_lines") as lines:
        lines.add_column(sa.Column("proposed_reasons", sa.JSON(none_as_null=True)))
        lines.add_column(sa.Column("override_note", sa.String(length=200)))


def downgrade() -> None:
    with op.batch_alter_table("allocation_run_lines") as lines:
        lines.drop_column("override_note")
        lines.drop_column("proposed_reasons")
    with op.batch_alter_table("allocation_runs") as runs:
        runs.drop_column("conditions")
    op.drop_table("reserves")
