"""Mail, visits and webhooks."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_telling"
down_revision = "20261122_masking"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
        sa.Column("unsubscribe_url", sa.Text(), nullable=True),
        sa.Column("enclosed_name", sa.String(length=100), nullable=True),
        sa.Column("enclosed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'unclear', 'failed')",
            name=op.f("ck_mail_the_state_is_known"),
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_mail")),
    )
    op.create_index("ix_mail_due", "mail", ["state", "next_try_at"], unique=False)
    op.create_table(
        "own_addresses",
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["donor_code"],
            ["donors.donor_code"],
            name=op.f("fk_own_addresses_donor_code_donors"),
        ),
        sa.PrimaryKeyConstraint("donor_code", name=op.f("pk_own_addresses")),
        comment="Entered by a donor; without an email it counts, and knows a used link",
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(length=10), nullable=False),
        sa.Column("told_until", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_code"],
            ["donors.donor_code"],
            name=op.f("fk_subscriptions_donor_code_donors"),
        ),
        sa.PrimaryKeyConstraint("donor_code", name=op.f("pk_subscriptions")),
        comment="One row for each donor with a contact; ``never`` has no next letter",
    )
    op.create_index(
        "ix_subscriptions_next_on", "subscriptions", ["next_on"], unique=False
    )
    op.create_table(
        "visits",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_visits")),
        comment="The numbers an account was shown, as they were shown",
    )
    op.create_table(
        "webhooks",
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_code"],
            ["donors.donor_code"],
            name=op.f("fk_webhooks_donor_code_donors"),
        ),
        sa.PrimaryKeyConstraint("webhook_id", name=op.f("pk_webhooks")),
        comment="``told`` is the digest of each gift as it was last told",
    )
    op.create_index("ix_webhooks_donor_code", "webhooks", ["donor_code"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_problem", sa.String(length=200), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'delivered', 'failed')",
            name=op.f("ck_webhook_deliveries_the_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["webhooks.webhook_id"],
            name=op.f("fk_webhook_deliveries_webhook_id_webhooks"),
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index(
        "ix_webhook_deliveries_due", "webhook_deliveries", ["state", "next_try_at"]
    )
    op.create_index(
        "ix_webhook_deliveries_webhook_id",
        "webhook_deliveries",
        ["webhook_id", "created_at"],
    )


def downgrade() -> None:
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
    op.drop_table("visits")
    op.drop_index("ix_subscriptions_next_on", table_name="subscriptions")
    op.drop_table("subscriptions")
    op.drop_table("secrets")
    op.drop_table("own_addresses")
    op.drop_index("ix_mail_due", table_name="mail")
    op.drop_table("mail")
