"""Bags, vehicles, photographs and late papers."""

revision = "20261122_delivering"
down_revision = "20261122_sharing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
