"""Calendars, what lapses, substitutions and authorisations."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_needing"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_calendars()
    _make_authorisations()
    with op.batch_alter_table("requisitions") as requisitions:
        requisitions.add_column(sa.Column("delivery_on", sa.Date()))
    with op.batch_alter_table("requisition_lines") as lines:
        lines.add_column(
            sa.Column("lapsed", sa.Integer(), nullable=False, server_default="0")
        )
        lines.add_column(sa.Column("approved_because", sa.String(length=40)))
        lines.add_column(sa.Column("substitute_for", sa.String(length=60)))


def _make_calendars() -> None:
    op.create_table(
        "delivery_days",
        sa.Column("facility_code", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_code"],
            ["facilities.facility_code"],
            name=op.f("fk_delivery_days_facility_code_facilities"),
        ),
        sa.PrimaryKeyConstraint("facility_code", "day", name=op.f("pk_delivery_days")),
    )
    op.create_table(
        "carry_rules",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("lapses_after_days", sa.Integer()),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "lapses_after_days >= 0", name=op.f("ck_carry_rules_days_not_negative")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_carry_rules")),
    )


def _make_authorisations() -> None:
    op.create_table(
        "authorisations",
        sa.Column("authorisation_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("product_code", sa.String(length=60), nullable=False),
        sa.Column("infants", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("authorised_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.CheckConstraint(
            "infants > 0 AND weeks > 0",
            name=op.f("ck_authorisations_somebody_for_some_time"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"],
            ["units.unit_code"],
            name=op.f("fk_authorisations_unit_code_units"),
        ),
        sa.PrimaryKeyConstraint("authorisation_id", name=op.f("pk_authorisations")),
    )
    op.create_index(
        "ix_authorisations_of_unit", "authorisations", ["unit_code", "starts_on"]
    )
    op.create_table(
        "authorisation_purchases",
        sa.Column("authorisation_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bought", sa.Integer(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "bought >= 0", name=op.f("ck_authorisation_purchases_bought_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["authorisation_id"],
            ["authorisations.authorisation_id"],
            name=op.f("fk_authorisation_purchases_authorisation_id_authorisations"),
        ),
        sa.PrimaryKeyConstraint(
            "authorisation_id", "version", name=op.f("pk_authorisation_purchases")
        ),
        comment="Every number that was noted; the last one counts, 0 takes it back",
    )


def downgrade() -> None:
    with op.batch_alter_table("requisition_lines") as lines:
        for name in ("substitute_for", "approved_because", "lapsed"):
            lines.drop_column(name)
    with op.batch_alter_table("requisitions") as requisitions:
        requisitions.drop_column("delivery_on")
    op.drop_table("authorisation_purchases")
    op.drop_index("ix_authorisations_of_unit", table_name="authorisations")
    for table in ("authorisations", "carry_rules", "delivery_days"):
        op.drop_table(table)
