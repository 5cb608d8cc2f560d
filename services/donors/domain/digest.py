"""What a regular letter tells a donor: only what was not known at the last one.

A letter is part of what an adversary sees (DOMAIN.md 5.3, point 5): it tells no
more than the dashboard, only whole days that are over, and it leaves on a fixed
weekday or the first of a month, never because something happened.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from services.donors.domain.delay import Freezes
from services.donors.domain.happening import Happening, Told, told

WEEK = 7


class Cadence(StrEnum):
    """How often a donor wishes to hear of the own gifts."""

    NEVER = "never"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def next_letter_on(cadence: Cadence, today: date) -> date | None:
    """Give the next Monday, or first of a month, after a day; null for never."""
    if cadence is Cadence.NEVER:
        return None
    if cadence is Cadence.WEEKLY:
        return today + timedelta(days=WEEK - today.weekday())
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def news(
    happenings: Iterable[Happening], since: date, today: date, freezes: Freezes
) -> Sequence[Told]:
    """Tell what may be known at the start of today and was not at that of ``since``."""
    fresh = [
        each
        for each in happenings
        if _is_known(each, today, freezes) and not _is_known(each, since, freezes)
    ]
    return told(fresh, today, freezes.through(today))


def _is_known(each: Happening, at_start_of: date, freezes: Freezes) -> bool:
    """Take only days that are over, of all goods: a letter tells of no morning."""
    is_over = each.must_wait or each.recorded_on < at_start_of
    return is_over and each.is_known(at_start_of, freezes.through(at_start_of))
