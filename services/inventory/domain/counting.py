"""Cycle counts: what is due, when two must count, and when a count may be booked.

DOMAIN.md 2.1: a twelfth of the locations each week, medicine each month, everything
each quarter; a difference above 2 %, or any of medicine, needs a second person.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.inventory.domain.ledger import LotAccounts

WEEKS_OF_A_CYCLE = 12
PERCENT_WITHOUT_SECOND_COUNT = 2
MONTHS_OF_A_QUARTER = 3


COUNTERS, OVERSEER = "volunteer", "coordinator"


def counts_blind(roles: Collection[str]) -> bool:
    """Say whether somebody of these roles may see no book of what is being counted.

    The coordinator may: somebody has to rule on what the counters found.
    """
    return COUNTERS in roles and OVERSEER not in roles


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """What is being counted now, each with the number of its sheet.

    ``products`` are counted wherever they stand; ``touched`` are all products of
    which some units are being counted, so that their totals would tell a book too.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)
    touched: Mapping[str, str] = field(default_factory=dict)

    def of_lot(self, product_code: str, location_code: str) -> str | None:
        """Name the sheet that counts a product at a place."""
        return self.products.get(product_code) or self.places.get(location_code)

    def of_product(self, product_code: str) -> str | None:
        """Name a sheet that counts some units of a product."""
        return self.touched.get(product_code)


class LineState(StrEnum):
    """How far the count of one lot at one place has come."""

    COUNTED = "counted"
    SECOND_COUNT_NEEDED = "second_count_needed"
    AGREED = "agreed"
    COUNTS_DIFFER = "counts_differ"
    DECIDED = "decided"

    @property
    def is_settled(self) -> bool:
        """Whether the line may be booked as it stands."""
        return self not in {LineState.SECOND_COUNT_NEEDED, LineState.COUNTS_DIFFER}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one person found, when they stood there, and when we were told."""

    counted: int
    counted_at: datetime
    counted_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding beside what the books said at its own moment."""

    finding: Finding
    booked: int

    @property
    def difference(self) -> int:
        """Units found beyond the books; below zero when some are missing."""
        return self.finding.counted - self.booked

    def needs_second_count(self, *, is_medicine: bool) -> bool:
        """Say whether one pair of eyes is too few for the difference."""
        if is_medicine:
            return self.difference != 0
        allowed = PERCENT_WITHOUT_SECOND_COUNT * self.booked
        return 100 * abs(self.difference) > allowed


@dataclass(frozen=True, slots=True)
class CountLine:
    """What was found of a lot at a place for one sheet.

    ``count_id`` is the id under which it is booked, and by which it is undone.
    ``decision`` is what the coordinator took for true when two counts differed.
    """

    count_sheet_number: str
    lot_id: UUID
    account: str
    product_code: str
    count_id: UUID
    first: Finding
    second: Finding | None = None
    decision: Finding | None = None

    @property
    def truth(self) -> Finding:
        """What is booked: the decision, else the later of the counts that agree."""
        return self.decision or self.second or self.first

    def is_own(self, account_id: str) -> bool:
        """Say whether this person counted it, first or second."""
        second_by = self.second.counted_by if self.second else None
        return account_id in {self.first.counted_by, second_by}

    def recounted(self, finding: Finding, *, is_added: bool) -> "CountLine":
        """Put a person's further count to, or in place of, their own earlier one.

        Whatever rested on the earlier number falls: a decision, and with the first
        count the second.
        """
        if self.second and finding.counted_by == self.second.counted_by:
            second = _joined(self.second, finding) if is_added else finding
            return replace(self, second=second, decision=None)
        first = _joined(self.first, finding) if is_added else finding
        return replace(self, first=first, second=None, decision=None)


def _joined(earlier: Finding, further: Finding) -> Finding:
    return Finding(
        counted=earlier.counted + further.counted,
        counted_at=max(earlier.counted_at, further.counted_at),
        counted_by=earlier.counted_by,
        recorded_at=further.recorded_at,
    )


def judge(line: CountLine, accounts: LotAccounts, *, is_medicine: bool) -> LineState:
    """Tell how far a line is, by the books at the moment of each of its counts."""
    first = judged(accounts, line.account, line.first)
    second = judged(accounts, line.account, line.second) if line.second else None
    return state_of(
        first,
        second,
        is_decided=line.decision is not None,
        is_medicine=is_medicine,
    )


def judged(accounts: LotAccounts, account: str, finding: Finding) -> Judged:
    """Put a finding beside the books of its own moment."""
    return Judged(finding, accounts.on_hand_at(account, finding.counted_at))


def state_of(
    first: Judged, second: Judged | None, *, is_decided: bool, is_medicine: bool
) -> LineState:
    """Tell how far a line is.

    Two counts agree when they find the same difference, not the same number: goods
    may have moved between them.
    """
    if is_decided:
        return LineState.DECIDED
    if not first.needs_second_count(is_medicine=is_medicine):
        return LineState.COUNTED
    if second is None:
        return LineState.SECOND_COUNT_NEEDED
    if first.difference == second.difference:
        return LineState.AGREED
    return LineState.COUNTS_DIFFER


@dataclass(frozen=True, slots=True)
class DueCounts:
    """What should be counted now: the places of this week, medicine, the quarter."""

    locations: Sequence[str]
    medicines: Sequence[str]
    quarter: Sequence[str]

    def without(self, busy: Collection[str]) -> "DueCounts":
        """Leave out what is being counted already."""

        def idle(codes: Sequence[str]) -> Sequence[str]:
            return [code for code in codes if code not in busy]

        return DueCounts(idle(self.locations), idle(self.medicines), idle(self.quarter))


def due_counts(
    locations: Mapping[str, date | None],
    medicines: Mapping[str, date | None],
    today: date,
) -> DueCounts:
    """Choose what is due from the last day each place and medicine was counted.

    The least recently counted place comes first, one never counted before all.
    """
    monday = today - timedelta(days=today.weekday())
    done = sum(day is not None and day >= monday for day in locations.values())
    wanted = max(0, -(-len(locations) // WEEKS_OF_A_CYCLE) - done)
    waiting = {
        code: day for code, day in locations.items() if day is None or day < monday
    }
    month = today.replace(day=1)
    first_month = today.month - (today.month - 1) % MONTHS_OF_A_QUARTER
    quarter = date(today.year, first_month, 1)
    return DueCounts(
        locations=_oldest(waiting)[:wanted],
        medicines=_oldest(_before(medicines, month)),
        quarter=_oldest(_before(locations, quarter)),
    )


def _before(counted: Mapping[str, date | None], day: date) -> dict[str, date | None]:
    return {code: on for code, on in counted.items() if on is None or on < day}


def _oldest(counted: Mapping[str, date | None]) -> list[str]:
    return sorted(counted, key=lambda code: (counted[code] or date.min, code))
