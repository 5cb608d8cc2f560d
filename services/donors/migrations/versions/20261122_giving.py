"""Values, receipts, thanks and funding periods."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_giving"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contracts",
        sa.Column("contract_number", sa.String(length=20), nullable=False),
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.String(length=20), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_contracts_starts_before_it_ends")
        ),
        sa.ForeignKeyConstraint(
            ["donor_code"],
            ["donors.donor_code"],
            name=op.f("fk_contracts_donor_code_donors"),
        ),
        sa.PrimaryKeyConstraint("contract_number", name=op.f("pk_contracts")),
    )
    op.create_table(
        "gift_funding",
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("contract_number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_number"],
            ["contracts.contract_number"],
            name=op.f("fk_gift_funding_contract_number_contracts"),
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_gift_funding_gift_number_gifts"),
        ),
        sa.PrimaryKeyConstraint("gift_number", name=op.f("pk_gift_funding")),
    )
    op.create_index(
        op.f("ix_gift_funding_contract_number"),
        "gift_funding",
        ["contract_number"],
        unique=False,
    )
    op.create_table(
        "gift_values",
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("product_code", sa.String(), nullable=False),
        sa.Column("amount", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("basis", sa.String(length=30), nullable=False),
        sa.Column("rate", sa.String(length=30), nullable=True),
        sa.Column("rate_source", sa.String(length=120), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(currency = 'KZT') = (rate IS NULL)",
            name=op.f("ck_gift_values_keep_a_rate_unless_tenge"),
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_gift_values_gift_number_gifts"),
        ),
        sa.PrimaryKeyConstraint(
            "gift_number", "product_code", name=op.f("pk_gift_values")
        ),
        comment="Estimated value of one unit; decimals as text, so nothing is rounded",
    )
    op.create_table(
        "pledge_ends",
        sa.Column("pledge_number", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'came') = (gift_number IS NOT NULL)",
            name=op.f("ck_pledge_ends_what_came_is_a_gift"),
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_pledge_ends_gift_number_gifts"),
        ),
        sa.ForeignKeyConstraint(
            ["pledge_number"],
            ["pledges.pledge_number"],
            name=op.f("fk_pledge_ends_pledge_number_pledges"),
        ),
        sa.PrimaryKeyConstraint("pledge_number", name=op.f("pk_pledge_ends")),
    )
    op.create_table(
        "receipts",
        sa.Column("receipt_number", sa.String(length=20), nullable=False),
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("donor_code", sa.String(), nullable=False),
        sa.Column("donor_name", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces", sa.String(length=20), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_code"],
            ["donors.donor_code"],
            name=op.f("fk_receipts_donor_code_donors"),
        ),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_receipts_gift_number_gifts"),
        ),
        sa.PrimaryKeyConstraint("receipt_number", name=op.f("pk_receipts")),
        comment="What a receipt said when it was issued; a change makes a new one",
    )
    op.create_index(
        "ix_receipts_donor_code", "receipts", ["donor_code", "issued_at"], unique=False
    )
    op.create_index(
        op.f("ix_receipts_gift_number"), "receipts", ["gift_number"], unique=False
    )
    op.create_table(
        "thanks",
        sa.Column("gift_number", sa.String(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["gift_number"],
            ["gifts.gift_number"],
            name=op.f("fk_thanks_gift_number_gifts"),
        ),
        sa.PrimaryKeyConstraint("gift_number", name=op.f("pk_thanks")),
    )


def downgrade() -> None:
    op.drop_table("thanks")
    op.drop_index(op.f("ix_receipts_gift_number"), table_name="receipts")
    op.drop_index("ix_receipts_donor_code", table_name="receipts")
    op.drop_table("receipts")
    op.drop_table("pledge_ends")
    op.drop_table("gift_values")
    op.drop_index(op.f("ix_gift_funding_contract_number"), table_name="gift_funding")
    op.drop_table("gift_funding")
    op.drop_table("contracts")
