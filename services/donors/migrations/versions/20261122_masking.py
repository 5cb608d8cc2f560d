"""Frozen months."""

revision = "20261122_masking"
down_revision = "20261122_giving"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
