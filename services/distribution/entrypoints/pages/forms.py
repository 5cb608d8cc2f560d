"""How pages take what people type, and make commands of it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app, request

from services.distribution.entrypoints import calling
from services.distribution.wiring import Distribution
from shared.database.commands import Command
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError
from shared.web.auth import current_principal
from shared.web.parts import parts
from shared.web.words import _

SERVICE = "komek_distribution"
SPACES = re.compile(r"[\s\u00a0\u202f]")
DAY_IN_DIGITS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
NUMBER_MAX = 1_000_000_000
"""More than any rule allows, so that the rule itself can refuse it by name."""


def service() -> Distribution:
    """Give the service behind the application that answers now."""
    found: Distribution = current_app.extensions[SERVICE]
    return found


def may_decide() -> bool:
    """Say whether the reader decides, or only asks or reads."""
    return current_principal().has_role("coordinator")


def today() -> date:
    """Give the calendar day in Almaty."""
    return local_day(parts().clock.now())


def new_id() -> str:
    """Make the id of the command that a form will send: twice is once."""
    return str(parts().ids.new_id())


def command(action: str, body: Mapping[str, Any]) -> Command:
    """Make the command of the form that was sent, under the id it was given."""
    return calling.command(action, body, uuid_field("command_id"))


def uuid_field(name: str) -> UUID:
    """Read an id that a form carries; raises MalformedError."""
    return id_of(request.form.get(name, ""), name)


def id_of(text: str, name: str = "command_id") -> UUID:
    """Read an id; raises MalformedError for the field it stands in."""
    try:
        return UUID(text)
    except ValueError as problem:
        raise MalformedError(
            "This form has lost its number. Load the page again.", field=name
        ) from problem


def text_field(name: str, chars_max: int = 200) -> str:
    """Read one line of text, cut to what can be kept."""
    return request.form.get(name, "").strip()[:chars_max]


def whole(text: str) -> int | None:
    """Read a whole number as people type it; None when it is none."""
    digits = SPACES.sub("", text)
    if not digits.isascii() or not digits.isdigit():
        return None
    return min(int(digits[:12]), NUMBER_MAX)


def day_of(text: str) -> date | None:
    """Read a date as ``2026-11-30`` or ``30.11.2026``; None when it is none."""
    try:
        if found := DAY_IN_DIGITS.fullmatch(text.strip()):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def number_error(text: str, *, minimum: int = 0, maximum: int = 1_000_000) -> str:
    """Say what is wrong with a number that was typed; empty when nothing is."""
    value = whole(text)
    if value is not None and minimum <= value <= maximum:
        return ""
    return _(
        "Enter a whole number from %(low)s to %(high)s.", low=minimum, high=maximum
    )
