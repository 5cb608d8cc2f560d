"""What a unit is suggested to ask for, before anybody has typed a number."""

from collections.abc import Sequence
from datetime import date, timedelta

USUAL_NOTICE = timedelta(days=14)
"""How far ahead a need is taken to lie until the unit says otherwise."""


def due_left(entitlement: int | None, received: int) -> int | None:
    """Say what is still due in the month; None where no norm speaks of it."""
    return None if entitlement is None else max(0, entitlement - received)


def suggested(due: int | None, *, left_over: int, waiting: int) -> int:
    """Suggest what is due, less what is left over or is asked for already."""
    return max(0, (due or 0) - left_over - waiting)


def usual_day(delivery_days: Sequence[date], today: date) -> date:
    """Give the facility's next delivery day, or a day a fortnight ahead.

    Today's delivery is packed already, so a later one goes before it.
    """
    later = next((day for day in delivery_days if day > today), None)
    return later or next(iter(delivery_days), today + USUAL_NOTICE)
