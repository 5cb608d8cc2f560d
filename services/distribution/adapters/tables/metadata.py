"""The metadata all tables of distribution stand on, and its messages' tables."""

from shared.database.commands import command_table
from shared.database.tables import service_metadata
from shared.messaging.tables import MessagingTables

METADATA = service_metadata()
MESSAGING = MessagingTables.declare(METADATA)
COMMANDS = command_table(METADATA)
