"""What counting needs from outside: its sheets, and what the books expect there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.counting import CountLine, Finding

LotPlace = tuple[UUID, str]
"""A lot and the account of the place where it stands."""


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A sheet counts one place, or one product wherever it stands."""

    count_sheet_number: str
    location_code: str | None
    product_code: str | None
    is_open: bool = True

    @property
    def counts(self) -> str:
        """The code of what it counts."""
        return self.location_code or self.product_code or ""


@dataclass(frozen=True, slots=True)
class CountEntry:
    """A count as it came; ``became`` says what it was taken for."""

    entry_id: UUID
    finding: Finding
    became: str


@dataclass(frozen=True, slots=True)
class CountOutcome:
    """What the books said at the count's moment, and what was done about it."""

    outcome: str
    booked: int
    difference: int


@dataclass(frozen=True, slots=True)
class Closing:
    """Who finished a sheet, and what became of the lots nobody counted."""

    finished_by: str
    finished_at: datetime
    uncounted: str | None
    uncounted_lots: int


class CountSheets(Protocol):
    """Sheets with their lines; the numbers of the books stay apart from them."""

    def add(self, sheet: CountSheet, opened_by: str, now: datetime) -> None: ...
    def find(
        self, count_sheet_number: str, *, is_locked: bool = False
    ) -> CountSheet | None: ...
    def rival(self, sheet: CountSheet) -> CountSheet | None:
        """Find the first open sheet that counts some of what a new one would."""

    def counted_elsewhere(
        self, lot_id: UUID, account: str, count_sheet_number: str
    ) -> str | None:
        """Name another open sheet on which the lot was counted at that place."""

    def lines(self, count_sheet_number: str) -> Sequence[CountLine]: ...
    def line(
        self, count_sheet_number: str, lot_id: UUID, account: str
    ) -> CountLine | None: ...
    def save(self, line: CountLine, entry: CountEntry | None) -> None: ...
    def settle(self, line: CountLine, outcome: CountOutcome) -> None: ...
    def close(self, count_sheet_number: str, closing: Closing) -> None: ...
    def standing(self, sheet: CountSheet) -> Iterable[LotPlace]: ...
    def waiting(self, count_sheet_number: str) -> Sequence[UUID]: ...
    def is_counted_after(self, line: CountLine, instant: datetime) -> bool: ...
