"""Notes of received goods, kits and the walk through the store."""

revision = "20261122_receiving"
down_revision = "20261122_counting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
