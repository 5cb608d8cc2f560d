"""Time as an input.

Nothing else in the project asks the operating system what time it is, so a test,
the demo story and a replay can each live on a day of their own.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

ALMATY = ZoneInfo("Asia/Almaty")
"""Days and months of the programme are Almaty's (DOMAIN.md 4.2)."""


class Clock(Protocol):
    """Tells the present instant, always aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True)
class FrozenClock:
    """A clock that stands still until it is advanced or set."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def advance(self, **duration: float) -> None:
        """Move on by a duration given as to ``timedelta``: ``minutes=5``."""
        self.instant += timedelta(**duration)

    def set(self, instant: datetime) -> None:
        """Jump to an instant, back as well as forth."""
        self.instant = instant


def local_day(instant: datetime) -> date:
    """Give the calendar day of an instant in Almaty."""
    return instant.astimezone(ALMATY).date()
