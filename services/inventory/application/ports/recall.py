"""What is shown of a recall, before and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.counting import OpenCounts


@dataclass(frozen=True, slots=True)
class TracedLot:
    """A lot of the number, or a kit lot that holds ``per_kit`` units of it.

    ``places`` says how many stand where; None where that was taken out, see
    ``hidden``.
    """

    lot_id: UUID
    product_code: str
    lot_number: str
    gift_number: str
    expires_on: date | None
    status: str
    places: Mapping[str, int | None]
    per_kit: int | None = None

    def hidden(self, counts: OpenCounts) -> "TracedLot":
        """Take the numbers out of the places where the lot is being counted."""
        places = {
            place: None if counts.of_lot(self.product_code, place) else count
            for place, count in self.places.items()
        }
        return replace(self, places=places)


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

    def hidden(self, counts: OpenCounts) -> "RecallView":
        """Take out the numbers of what is being counted."""
        return replace(self, lots=[lot.hidden(counts) for lot in self.lots])

    @property
    def here(self) -> int | None:
        """How many units of the lot stand here, kits counted by what is in them.

        None where some of the numbers were taken out.
        """
        units = [
            None if count is None else count * (lot.per_kit or 1)
            for lot in self.lots
            for count in lot.places.values()
        ]
        known = [count for count in units if count is not None]
        return sum(known) if len(known) == len(units) else None


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
