"""What becomes of goods that were approved and did not come within their month."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.distribution.domain.period import first_of_next_month

LAPSE_DAYS_MAX = 366
LAPSED = "lapsed"
"""Why a requisition is cancelled of which nothing ever came."""

UNIT_CLOSED = "unit_closed"
"""Why everything ends that was meant for a unit which has closed."""

LET_GO = frozenset({LAPSED, UNIT_CLOSED})
"""Why a rule, and no person, cancels a requisition of which nothing came."""


@dataclass(frozen=True, slots=True)
class CarryRule:
    """Open goods wait on, or lapse so many days after their month is over.

    ``lapses_after_days`` None means that they carry over until they come. The
    rule in force on a day decides what lapses on it.
    """

    effective_from: date
    lapses_after_days: int | None

    def last_day(self, needed_by: date) -> date | None:
        """Give the last day on which open goods are waited for; None for ever."""
        if self.lapses_after_days is None:
            return None
        days = timedelta(days=self.lapses_after_days - 1)
        return first_of_next_month(needed_by) + days


CARRIES = CarryRule(date(2000, 1, 1), None)
"""Until a coordinator decides otherwise, nothing that was approved is lost."""
