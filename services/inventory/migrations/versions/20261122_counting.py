"""Count sheets, incidents and destruction records."""

revision = "20261122_counting"
down_revision = "20261122_scanning"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
