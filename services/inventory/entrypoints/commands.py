"""From a validated request to a command that takes effect once."""

from collections.abc import Mapping
from typing import Any

from shared.database.commands import Command
from shared.web.auth import current_principal


def account() -> str:
    """Give the id of the account that asks."""
    return str(current_principal().account_id)


def is_coordinator() -> bool:
    """Tell whether a coordinator asks, who stands for what others may not decide."""
    return current_principal().has_role("coordinator")


def command(action: str, body: Mapping[str, Any]) -> Command:
    """Make the command of the account that asks; ``action`` includes the address."""
    rest = {name: value for name, value in body.items() if name != "command_id"}
    return Command(body["command_id"], account(), action, rest)
