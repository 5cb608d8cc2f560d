"""What is shown of a recall, before and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TracedLot:
    """A lot of the number, or a kit lot that holds ``per_kit`` units of it."""

    lot_id: UUID
    product_code: str
    lot_number: str
    gift_number: str
    expires_on: date | None
    status: str
    places: Mapping[str, int]
    per_kit: int | None = None


@dataclass(frozen=True, slots=True)
class TracedUnit:
    """A unit that got some, by which consignments, and what it gave back since."""

    unit_code: str
    consignments: Sequence[str]
    sent: int
    returned: int

    @property
    def missing(self) -> int:
        """What the unit still has, or has used."""
        return max(0, self.sent - self.returned)


@dataclass(frozen=True, slots=True)
class RecallView:
    """Everything of a lot number; ``recalled_at`` is None if it is only seen."""

    product_code: str
    lot_number: str
    lots: Sequence[TracedLot]
    units: Sequence[TracedUnit]
    recalled_at: datetime | None = None
    reason: str | None = None

    @property
    def here(self) -> int:
        """How many units of the lot stand here, kits counted by what is in them."""
        return sum(sum(lot.places.values()) * (lot.per_kit or 1) for lot in self.lots)


@dataclass(frozen=True, slots=True)
class RecallRow:
    """A recall in the list."""

    product_code: str
    lot_number: str
    reason: str
    recalled_at: datetime


class RecallQueries(Protocol):
    """Read models of recalls; each answer is one consistent moment."""

    def recalls(self, *, limit: int) -> Sequence[RecallRow]: ...
    def trace(self, product_code: str, lot_number: str) -> RecallView: ...
