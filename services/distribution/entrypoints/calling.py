"""From a validated request to a command, and whose units its caller may know."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.distribution.domain.places import EVERY_UNIT, Scope
from services.distribution.wiring import Asked
from shared.database.commands import Command
from shared.web.auth import current_principal
from shared.web.paging import decode_cursor, encode_cursor

NEWEST_FIRST = (datetime, UUID)
"""The key of lists that run from the newest to the oldest."""

WIDE = ("coordinator", "auditor")
"""Roles that may know of every unit; anybody else only of the own ones."""


def account() -> str:
    """Name who asks, as it is recorded."""
    return str(current_principal().account_id)


def command(
    action: str, body: Mapping[str, Any], command_id: UUID | None = None
) -> Command:
    """Make the command of the account that asks; ``action`` names its object."""
    rest = {name: value for name, value in body.items() if name != "command_id"}
    return Command(command_id or body["command_id"], account(), action, rest)


def scope() -> Scope:
    """Give the units the caller may know of."""
    principal = current_principal()
    if principal.has_role(*WIDE):
        return EVERY_UNIT
    return Scope(frozenset(principal.units))


def may_see_all() -> bool:
    """Say whether the caller may know of every unit."""
    return current_principal().has_role(*WIDE)


def authorised_for() -> frozenset[str] | None:
    """Give the units whose authorisations the caller may see; None for all."""
    return None if current_principal().has_role("reviewer") else scope().units


def asked(query: Mapping[str, Any], *kinds: type, whose: Scope = EVERY_UNIT) -> Asked:
    """Read limit, cursor and filters of a list."""
    filters = {k: v for k, v in query.items() if k not in {"limit", "cursor"}}
    after = decode_cursor(query["cursor"], *kinds)
    return Asked(query["limit"], after, filters, whose)


def page(
    found: tuple[Sequence[Mapping[str, Any]], Sequence[Any] | None],
) -> dict[str, Any]:
    """Write a page of a list with the cursor of the next."""
    items, following = found
    return {"items": items, "next": encode_cursor(following) if following else None}
