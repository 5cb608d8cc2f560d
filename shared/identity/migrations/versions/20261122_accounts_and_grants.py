"""Accounts, the grants given to them, failed attempts and shared secrets."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_accounts"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("display_name", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("donor_code", sa.String(40)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_accounts"),
        sa.UniqueConstraint("email", name="uq_accounts_email"),
    )
    op.create_table(
        "grants",
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_grants"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.account_id"],
            name="fk_grants_account_id_accounts",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "kind IN ('session', 'token')", name="ck_grants_kind_is_known"
        ),
        sa.CheckConstraint(
            "expires_at > granted_at", name="ck_grants_expires_after_it_begins"
        ),
    )
    op.create_index("ix_grants_account_id", "grants", ["account_id"])
    op.create_index("ix_grants_expires_at", "grants", ["expires_at"])
    op.create_table(
        "sign_in_failures",
        sa.Column("email_hash", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_failed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("email_hash", name="pk_sign_in_failures"),
        sa.CheckConstraint("failures > 0", name="ck_sign_in_failures_counts_from_one"),
    )
    op.create_table(
        "secret_values",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret_values"),
    )


def downgrade() -> None:
    for table in ("secret_values", "sign_in_failures", "grants", "accounts"):
        op.drop_table(table)
