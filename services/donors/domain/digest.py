"""What a regular letter tells a donor: only what was not known at the last one.

A letter is part of what an adversary sees (DOMAIN.md 5.3, point 5): it tells no
more than the dashboard, only whole days that are over, and it leaves on a fixed
weekday or the first of a month, never because something happened.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from services.donors.domain.delay import frozen_through
from services.donors.domain.happening import OF_A_DELIVERY, Happening, Told, told

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


def news(happenings: Iterable[Happening], since: date, today: date) -> Sequence[Told]:
    """Tell what may be known at the start of today and was not at that of ``since``."""
    fresh = [
        each
        for each in happenings
        if _is_known(each, today) and not _is_known(each, since)
    ]
    return told(fresh, today)


def _is_known(each: Happening, at_start_of: date) -> bool:
    if each.must_wait and each.kind in OF_A_DELIVERY:
        return each.recorded_on <= frozen_through(at_start_of)
    return each.recorded_on < at_start_of
