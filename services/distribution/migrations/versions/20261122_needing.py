"""Calendars, drafts, substitutions and authorisations."""

revision = "20261122_needing"
down_revision = "20261122_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the tables that need it."""


def downgrade() -> None:
    """Takes back what upgrade made."""
