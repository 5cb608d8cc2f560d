"""Serials seen, photographs and cases to learn."""

revision = "20261122_scanning"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
