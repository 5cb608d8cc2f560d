"""Expected use, forecasts and alerts."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_knowing"
down_revision = "20261122_receiving"
branch_labels = None
depends_on = None

OPEN = sa.text("solved_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_movements_occurred_at", "movements", ["occurred_at"])
    op.create_table(
        "heard_needs",
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("per_month", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", name=op.f("pk_heard_needs")),
        comment="Units of each product due in 30 days, as distribution said last that day",
    )
    op.create_table(
        "alerts",
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "solved_at >= first_seen_at",
            name=op.f("ck_alerts_seen_before_it_is_solved"),
        ),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_alerts")),
        comment="One row each time something began to need a person",
    )
    op.create_index(
        "uq_alerts_open",
        "alerts",
        ["kind", "subject"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "alert_readers",
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "greeted_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when all that was open had been told",
        ),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_alert_readers")),
        comment="Who asked to be told by e-mail",
    )
    op.create_table(
        "turns",
        sa.Column("task", sa.String(length=40), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("task", name=op.f("pk_turns")),
        comment="When any one copy of the service may do a regular task again",
    )
    op.create_table(
        "sent_tables",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_sent_tables")),
        comment="A table without a fault, until its sender confirms it",
    )
    op.create_index("ix_sent_tables_sent_at", "sent_tables", ["sent_at"])
    op.create_table(
        "mail",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=250), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_problem", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'unclear', 'failed')",
            name=op.f("ck_mail_the_state_is_known"),
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_mail")),
    )
    op.create_index("ix_mail_due", "mail", ["state", "next_try_at"])


def downgrade() -> None:
    for table in (
        "mail",
        "sent_tables",
        "turns",
        "alert_readers",
        "alerts",
        "heard_needs",
    ):
        op.drop_table(table)
    op.drop_index("ix_movements_occurred_at", "movements")
