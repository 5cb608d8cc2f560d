"""Run identity's migrations on the connection the caller opened."""

from alembic import context

from shared.identity.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
