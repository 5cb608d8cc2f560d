"""Deliveries as heard, and frozen months."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261122_masking"
down_revision = "20261122_giving"
branch_labels = None
depends_on = None

REFUSAL = "a frozen month is never changed, only corrected by the next"
FROZEN = ("frozen_months", "frozen_deliveries", "snapshot_lines")


def upgrade() -> None:
    """Add what a unit told of its people, the deliveries, and frozen months."""
    with op.batch_alter_table("units") as batch_op:
        batch_op.add_column(sa.Column("audience", sa.String()))
        batch_op.add_column(sa.Column("people_in_tens", sa.Integer()))
    _create_deliveries()
    op.create_table(
        "frozen_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "threshold >= 5",
            name=op.f("ck_frozen_months_never_fewer_than_five_people"),
        ),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_frozen_months")),
    )
    _create_frozen(
        "frozen_deliveries",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("sensitivity", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
    )
    _create_frozen(
        "snapshot_lines",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("product_code", sa.String()),
        sa.Column("category", sa.String()),
        sa.Column("audience", sa.String()),
        sa.Column("quantity", sa.Integer()),
        sa.Column("people", sa.Integer()),
        sa.Column("received", sa.Integer()),
        sa.Column("lost", sa.Integer()),
        sa.Column("because", sa.JSON(), nullable=False),
    )
    op.create_index("ix_snapshot_lines_donor_code", "snapshot_lines", ["donor_code"])
    for table in FROZEN:
        for statement in _triggers(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    """Take all of it back."""
    op.drop_table("snapshot_lines")
    op.drop_table("frozen_deliveries")
    op.drop_table("frozen_months")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_frozen()")
    op.drop_table("deliveries")
    with op.batch_alter_table("units") as batch_op:
        batch_op.drop_column("people_in_tens")
        batch_op.drop_column("audience")


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("handover_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "accepted > 0", name=op.f("ck_deliveries_deliver_at_least_one")
        ),
        sa.PrimaryKeyConstraint(
            "handover_id", "lot_id", "unit_code", name=op.f("pk_deliveries")
        ),
    )
    op.create_index("ix_deliveries_gift_number", "deliveries", ["gift_number"])


def _create_frozen(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("frozen_in", sa.Date(), nullable=False),
        sa.Column("donor_code", sa.String(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["frozen_in"],
            ["frozen_months.month"],
            name=op.f(f"fk_{table}_frozen_in_frozen_months"),
        ),
        sa.PrimaryKeyConstraint("position", name=op.f(f"pk_{table}")),
        sqlite_autoincrement=True,
    )


def _triggers(table: str) -> dict[str, tuple[str, ...]]:
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_never_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for verb in ("update", "delete")
        ),
        "postgresql": (
            (
                "CREATE OR REPLACE FUNCTION refuse_change_of_frozen() RETURNS trigger "
                f"AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql"
            ),
            (
                f"CREATE TRIGGER {table}_never_change BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen()"
            ),
        ),
    }
