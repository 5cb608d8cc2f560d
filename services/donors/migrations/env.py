"""Runs this service's migrations on the connection it is given."""

from alembic import context

import services.donors.adapters.giving_tables
import services.donors.adapters.snapshot_tables
import services.donors.adapters.telling_tables
import services.donors.adapters.visit_tables  # noqa: F401  they add tables
from services.donors.adapters.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
