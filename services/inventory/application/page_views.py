"""What inventory's pages show, and the questions they ask for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from services.inventory.domain.counting import OpenCounts
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import Reason, place_of

COUNTED = (Reason.COUNT_PLUS, Reason.COUNT_MINUS)
EXPIRING_DAYS = 90
"""From here on a lot is shown as near its end (UI.md, section 3)."""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A location as people choose it."""

    location_code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class GiftView:
    """An announced gift that goods may belong to."""

    gift_number: str
    donor_code: str | None


@dataclass(frozen=True, slots=True)
class LotDecision:
    """Who held a lot back, released or recalled it, when and why."""

    hold: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot in one place; ``available`` is 0 unless it may be given out today.

    ``why_held`` is the reason of the last decision about it. ``counted_on`` is the
    sheet because of which its numbers were taken out, see ``hidden``.
    """

    product_code: str
    lot_id: UUID
    lot_number: str
    expires_on: date | None
    received_on: date
    gift_number: str
    earmark: Sequence[str] | None
    location_code: str
    location_kind: str
    on_hand: int
    reserved: int
    available: int
    status: LotStatus
    days_left: int | None
    why_held: str | None = None
    counted_on: str | None = None

    def hidden(self, counts: OpenCounts) -> "LotView":
        """Take the numbers out while the lot is being counted here."""
        sheet = counts.of_lot(self.product_code, self.location_code)
        if sheet is None:
            return self
        return replace(self, on_hand=0, reserved=0, available=0, counted_on=sheet)

    @property
    def badge(self) -> str:
        """Say what decides about the lot in this place: its state, or the place."""
        if self.status is LotStatus.RELEASED and self.location_kind != STORAGE:
            return self.location_kind
        return "expiring" if self.is_expiring else self.status.value

    @property
    def is_expiring(self) -> bool:
        """Tell whether a lot that may be given out is near its last day."""
        return (
            self.status is LotStatus.RELEASED
            and self.days_left is not None
            and self.days_left <= EXPIRING_DAYS
        )

    @property
    def life_total(self) -> int:
        """Days of life the lot had when it arrived, at least one."""
        if self.expires_on is None:
            return 1
        return max(1, (self.expires_on - self.received_on).days)


@dataclass(frozen=True, slots=True)
class ProductStock:
    """A product with its lots; the four sums are the four parts of its bar.

    With ``counted_on`` the sums lack what was hidden and mean nothing.
    """

    product_code: str
    names: Mapping[str, str]
    unit_of_issue: str
    category: str
    lots: Sequence[LotView] = field(default_factory=tuple)
    counted_on: str | None = None

    def hidden(self, counts: OpenCounts) -> "ProductStock":
        """Take out the numbers of what is being counted."""
        lots = tuple(lot.hidden(counts) for lot in self.lots)
        sheet = counts.of_product(self.product_code)
        return replace(self, lots=lots, counted_on=sheet)

    @property
    def available(self) -> int:
        """What can be given now."""
        return sum(lot.available for lot in self.lots)

    @property
    def reserved(self) -> int:
        """What stands here and is promised."""
        return sum(lot.reserved for lot in self.lots)

    @property
    def held(self) -> int:
        """What waits: for a reviewer, for its gift, or in a place that holds."""
        return self.on_hand - self.available - self.reserved - self.barred

    @property
    def barred(self) -> int:
        """What may never be given out: recalled or expired."""
        return sum(lot.on_hand - lot.reserved for lot in self.lots if _is_barred(lot))

    @property
    def on_hand(self) -> int:
        """Everything that stands in the warehouse."""
        return sum(lot.on_hand for lot in self.lots)


def _is_barred(lot: LotView) -> bool:
    return lot.status in (LotStatus.RECALLED, LotStatus.EXPIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFilter:
    """Which products a stock page shows; empty means all."""

    query: str = ""
    category: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class StockCounts:
    """How many products there are for each choice of the filters."""

    categories: Mapping[str, int]
    statuses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LoggedScan:
    """A line of the running list: a scan of one person, as it stands now."""

    scan_id: UUID
    recorded_at: datetime
    status: str
    code: str | None
    product_code: str | None
    names: Mapping[str, str]
    quantity: int | None
    reason: str | None
    source: str | None
    target: str | None
    lot_number: str | None
    expires_on: date | None
    movement_id: UUID | None
    undone_at: datetime | None
    recorded_by: str

    @property
    def is_count(self) -> bool:
        """Tell what a count booked from all that moved goods."""
        return self.reason in COUNTED

    def hidden(self, counts: OpenCounts) -> "LoggedScan":
        """Take out what a count changed: beside what was found it tells the book."""
        ends = [place_of(end) for end in (self.source, self.target) if end]
        is_counted = any(
            counts.of_lot(self.product_code or "", place) for place in ends
        )
        return replace(self, quantity=None) if self.is_count and is_counted else self


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What one person received today."""

    units: int
    products: int
    waiting: int


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A scan that waits for a person; ``line`` is what is known of it."""

    scan_id: UUID
    code: str
    detail: str
    line: Mapping[str, Any]
    occurred_at: datetime


class PageQueries(Protocol):
    """Read models of the pages; each answer is one consistent moment."""

    def places(self) -> Sequence[PlaceView]: ...
    def gifts(self, limit: int) -> Sequence[GiftView]:
        """List announced gifts, the latest first."""

    def names(self, product_codes: Iterable[str]) -> Mapping[str, ProductStock]:
        """Give products by code, without lots."""

    def stock(
        self, wanted: StockFilter, today: date, *, after: str | None, limit: int
    ) -> Sequence[ProductStock]:
        """List products that are in the warehouse, by code, with their lots."""

    def stock_of(self, product_code: str, today: date) -> ProductStock | None:
        """Give one product with its lots, also when none is left."""

    def counts(self, today: date) -> StockCounts: ...
    def held(self, today: date) -> Sequence[ProductStock]:
        """List what is in quarantine, the longest waiting first."""

    def lot(self, lot_id: UUID, today: date) -> Sequence[LotView]:
        """Give a lot wherever it stands in the warehouse."""

    def decisions(self, lot_id: UUID) -> Sequence[LotDecision]:
        """List what was decided about a lot, the latest first."""

    def scans(
        self, account: str, since: datetime, limit: int
    ) -> Sequence[LoggedScan]: ...
    def scan(self, scan_id: UUID) -> LoggedScan | None: ...
    def logged_movement(self, movement_id: UUID) -> LoggedScan | None:
        """Give a movement in the form of the running list."""

    def totals(self, account: str, day: date) -> DayTotals: ...
    def waiting_scan(self, scan_id: UUID) -> WaitingView | None: ...
    def waiting_count(self) -> int: ...
