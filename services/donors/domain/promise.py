"""The lines of a pledge or a gift: what was promised and what may be promised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from services.donors.domain.errors import (
    DuplicateLineError,
    ProductNotAcceptedError,
    QuantityOutOfRangeError,
    UnknownProductError,
)
from shared.kernel.errors import MalformedError

QUANTITY_MAX = 1_000_000
LINES_MAX = 200
REFUSED_FLAGS = frozenset({"bms", "refuse"})
"""Breast-milk substitutes and whatever else is turned away at the door."""


@dataclass(frozen=True, slots=True)
class Line:
    """So many whole units of issue of a product."""

    product_code: str
    quantity: int

    def __post_init__(self) -> None:
        if not 0 < self.quantity <= QUANTITY_MAX:
            raise QuantityOutOfRangeError(self.quantity)


def checked_lines(
    lines: Iterable[Line], flags_of: Mapping[str, Iterable[str]]
) -> Sequence[Line]:
    """Give the lines in order of product, if every one may be promised.

    ``flags_of`` holds every product known. Raises MalformedError for no line or
    too many, DuplicateLineError, UnknownProductError, ProductNotAcceptedError.
    """
    ordered = sorted(lines, key=lambda line: line.product_code)
    if not 0 < len(ordered) <= LINES_MAX:
        raise MalformedError(f"Give 1 to {LINES_MAX} lines.", field="lines")
    for one, other in pairwise(ordered):
        if one.product_code == other.product_code:
            raise DuplicateLineError(one.product_code)
    for line in ordered:
        _refuse_unwanted(line.product_code, flags_of)
    return ordered


def _refuse_unwanted(product_code: str, flags_of: Mapping[str, Iterable[str]]) -> None:
    if product_code not in flags_of:
        raise UnknownProductError(product_code)
    if not REFUSED_FLAGS.isdisjoint(flags_of[product_code]):
        raise ProductNotAcceptedError(product_code)


def spoken_number(letter: str, year: int, count: int) -> str:
    """Write a number people say aloud: ``G-2026-044``, at least three digits."""
    return f"{letter}-{year}-{count:03d}"


REMIND_DAYS_BEFORE = 14
REMIND_DAYS_AFTER = 3


class PledgeState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    CAME = "came"
    WITHDRAWN = "withdrawn"


STILL_TO_COME = frozenset({PledgeState.OPEN, PledgeState.OVERDUE})
"""The states of a promise that has not ended."""


def state_of(due_on: date | None, outcome: str | None, today: date) -> PledgeState:
    """Say where a pledge stands today; one without a day is never overdue."""
    if outcome is not None:
        return PledgeState(outcome)
    is_late = due_on is not None and due_on < today
    return PledgeState.OVERDUE if is_late else PledgeState.OPEN


class Reminder(StrEnum):
    """The two letters a pledge may cause, each at most once for its day."""

    SOON = "soon"
    OVERDUE = "overdue"


def reminder_name(pledge_number: str, due_on: date, kind: Reminder) -> str:
    """Name a reminder: one of a name goes out once, so another day has its own."""
    return f"pledge {pledge_number} {due_on} {kind.value}"


def reminder_due(due_on: date | None, today: date) -> Reminder | None:
    """Say which reminder of an open pledge is due: two weeks before, three days on."""
    if due_on is None:
        return None
    left = (due_on - today).days
    if left < 0:
        return Reminder.OVERDUE if -left >= REMIND_DAYS_AFTER else None
    return Reminder.SOON if left <= REMIND_DAYS_BEFORE else None
