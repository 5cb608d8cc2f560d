"""Values, receipts, thanks and funding periods."""

revision = "20261122_giving"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
