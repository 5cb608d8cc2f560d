"""Expected use, forecasts and alerts."""

revision = "20261122_knowing"
down_revision = "20261122_receiving"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
