"""From a validated request to a command that takes effect once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shared.database.commands import Command
from shared.web.auth import current_principal


def command(
    action: str, body: Mapping[str, Any], command_id: UUID | None = None
) -> Command:
    """Make the command of the account that asks; ``action`` includes the address.

    ``command_id`` stands in for the body's where a body may come without one.
    """
    rest = {name: value for name, value in body.items() if name != "command_id"}
    account = str(current_principal().account_id)
    return Command(command_id or body["command_id"], account, action, rest)
