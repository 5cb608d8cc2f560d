"""What a spreadsheet is given of the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

LINES_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFilter:
    """Which movements to give; what is None or empty leaves all of them."""

    product_code: str = ""
    reason: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class MovementLine:
    """A movement as a row; ``change`` is what it did to the stock in the house."""

    position: int
    movement_id: UUID
    occurred_at: datetime
    recorded_at: datetime
    product_code: str
    lot_number: str
    expires_on: date | None
    gift_number: str
    reason: str
    document: str | None
    source: str
    target: str
    quantity: int
    change: int
    recorded_by: str
    reverses: UUID | None


class ExportReads(Protocol):
    """Reads the ledger in the order in which it was written."""

    def movements(
        self, wanted: MovementFilter, *, after: int, limit: int
    ) -> Sequence[MovementLine]: ...


def every_movement(
    reads: ExportReads, wanted: MovementFilter
) -> Iterator[MovementLine]:
    """Give all movements of a filter, a few hundred at a time.

    Each part is read for itself, so that a long export holds nothing up; what is
    written meanwhile comes at the end.
    """
    after = 0
    while found := reads.movements(wanted, after=after, limit=LINES_AT_ONCE):
        yield from found
        after = found[-1].position
