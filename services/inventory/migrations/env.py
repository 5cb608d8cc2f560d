"""Runs this service's migrations on the connection it is given."""

from alembic import context

import services.inventory.adapters.counting.tables
import services.inventory.adapters.kits.tables
import services.inventory.adapters.knowing.tables
import services.inventory.adapters.losses.tables
import services.inventory.adapters.outbound.tables
import services.inventory.adapters.receiving.tables
import services.inventory.adapters.scanning.tables  # noqa: F401  these add tables
from services.inventory.adapters.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
