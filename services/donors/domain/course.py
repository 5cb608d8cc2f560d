"""How a donor's totals grew, week by week, as they were shown at the time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.donors.domain.delay import Freezes, as_shown
from services.donors.domain.lot_state import LotState
from services.donors.domain.totals import Totals, summed

POINTS_MAX = 26
A_WEEK, A_DAY = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """What a donor's page said at the end of a day."""

    day: date
    totals: Totals

    @property
    def gone(self) -> int:
        """What neither reached anybody nor can: lost, or returned to the donor."""
        return self.totals.lost + self.totals.returned


@dataclass(frozen=True, slots=True)
class LotHistory:
    """A lot's last state of every day on which it changed; late if it must wait."""

    states: Sequence[LotState]
    is_late: bool

    def on(self, day: date, today: date, freezes: Freezes) -> LotState | None:
        """Give the lot as its donor saw it when the day was over, or sees it now.

        What is late was seen a day later, and nothing more is told of it in
        hindsight: not even that something settled earlier than it showed.
        """
        if self.is_late:
            return as_shown(self.states, min(day + A_DAY, today), freezes)
        return max(
            (state for state in self.states if state.changed_on <= day),
            key=lambda state: state.version,
            default=None,
        )


def days_of(first: date, today: date) -> Sequence[date]:
    """Choose at most POINTS_MAX days, whole weeks apart, that end today."""
    weeks = max(1, -(-(today - first) // A_WEEK))
    step = A_WEEK * -(-weeks // (POINTS_MAX - 1))
    days = [today]
    while days[-1] > first:
        days.append(days[-1] - step)
    return days[::-1]


def course(
    histories: Sequence[LotHistory], today: date, freezes: Freezes
) -> Sequence[Point]:
    """Follow the totals; empty while no lot has been heard of."""
    changed = [state.changed_on for lot in histories for state in lot.states]
    if not changed:
        return []
    return [
        Point(day, summed(_totals(lot.on(day, today, freezes) for lot in histories)))
        for day in days_of(min(changed), today)
    ]


def _totals(seen: Iterable[LotState | None]) -> Iterable[Totals]:
    return (state.totals for state in seen if state is not None)
