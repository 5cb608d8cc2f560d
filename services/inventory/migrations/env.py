"""Runs this service's migrations on the connection it is given."""

from alembic import context

import services.inventory.adapters.counting_tables
import services.inventory.adapters.kit_tables
import services.inventory.adapters.knowing_tables
import services.inventory.adapters.loss_tables
import services.inventory.adapters.outbound_tables
import services.inventory.adapters.receiving_tables
import services.inventory.adapters.scanning_tables  # noqa: F401  these add tables
from services.inventory.adapters.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
