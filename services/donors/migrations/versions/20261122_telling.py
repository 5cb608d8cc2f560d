"""Mail, visits and webhooks."""

revision = "20261122_telling"
down_revision = "20261122_masking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
