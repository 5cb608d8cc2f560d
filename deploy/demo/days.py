"""Thirteen weeks from Monday 24 August 2026, in Almaty's time."""

from datetime import date, datetime, time, timedelta

from shared.kernel.clock import ALMATY

FIRST_DAY = date(2026, 8, 24)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(week: int, name: str) -> date:
    """Give a day of the story: ``day(3, "Tue")`` is 8 September 2026."""
    return FIRST_DAY + timedelta(weeks=week - 1, days=DAYS.index(name))


def moment(week: int, name: str, clock: str = "10:00") -> datetime:
    """Give an instant of the story, as a clock on the wall shows it."""
    return datetime.combine(day(week, name), time.fromisoformat(clock), ALMATY)
