"""What pages, papers and programs ask about counts; an open sheet stays blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.counting import DueCounts, OpenCounts

UNCOUNTED_STATE = "uncounted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLineView:
    """A lot at a place on a sheet.

    While the sheet is open nothing here comes from the books: ``booked``,
    ``difference``, ``outcome`` and ``movement_id`` are None. ``first_counted`` and
    ``second_counted`` of an open sheet are for whoever decides between them.
    ``movement_id`` is what takes a booked difference back; None once it was.
    """

    product_code: str
    lot_id: UUID
    lot_number: str
    expires_on: date | None
    gift_number: str
    location_code: str
    state: str
    first_counted: int | None = None
    first_by: str | None = None
    first_at: datetime | None = None
    second_counted: int | None = None
    second_by: str | None = None
    second_at: datetime | None = None
    decided_counted: int | None = None
    decided_by: str | None = None
    booked: int | None = None
    difference: int | None = None
    outcome: str | None = None
    movement_id: UUID | None = None

    def counted_by(self, account_id: str) -> int | None:
        """Give the number this person found; nobody else's is theirs to see."""
        if account_id == self.first_by:
            return self.first_counted
        return self.second_counted if account_id == self.second_by else None

    @property
    def counted(self) -> int | None:
        """What was taken for true in the end."""
        for number in (self.decided_counted, self.second_counted):
            if number is not None:
                return number
        return self.first_counted


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCountView:
    """A count that stands against another one until a coordinator rules."""

    scan_id: UUID
    code: str
    quantity: int
    account: str
    occurred_at: datetime
    product_code: str | None
    lot_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheetView:
    """A count sheet with its lines in walking order (DOMAIN.md 2.3)."""

    count_sheet_number: str
    location_code: str | None
    product_code: str | None
    status: str
    opened_at: datetime
    opened_by: str
    finished_at: datetime | None
    finished_by: str | None
    uncounted: str | None
    uncounted_lots: int | None
    lines: Sequence[CountLineView] = ()
    waiting: Sequence[WaitingCountView] = ()

    @property
    def counted(self) -> int:
        """How many lines somebody counted."""
        return sum(line.state != UNCOUNTED_STATE for line in self.lines)

    @property
    def second_counts(self) -> int:
        """How many lines ask for another person."""
        return sum(line.state == "second_count_needed" for line in self.lines)

    @property
    def decisions(self) -> int:
        """How many lines and scans ask for the coordinator."""
        differing = sum(line.state == "counts_differ" for line in self.lines)
        return differing + len(self.waiting)

    @property
    def equal(self) -> int:
        """How many counted lines agreed with the books; known once finished."""
        return sum(line.difference == 0 for line in self.lines)


class CountQueries(Protocol):
    """Read models of count sheets."""

    def sheets(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[CountSheetView]:
        """Read sheets with their lines, the newest first, below *after*."""

    def sheet(self, count_sheet_number: str) -> CountSheetView:
        """Read one; raises CountSheetUnknownError."""

    def open_counts(self) -> OpenCounts:
        """Say what is on open sheets, to hide its numbers from those who count."""

    def due(self, today: date) -> DueCounts:
        """Say what should be counted now and is on no open sheet."""
