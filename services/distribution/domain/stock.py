"""Distribution's copy of a lot: what inventory said last, less our own promises."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.distribution.domain.allocation import Lot

RELEASED = "released"
QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class LotCopy:
    """One lot as last heard of.

    ``promised`` is what our approved lines take that this copy cannot show yet:
    inventory has not answered, or answered with a later state of the lot.
    """

    lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    received_on: date
    earmark: frozenset[str] | None
    lot_status: str
    in_stock: int
    available: int
    promised: int = 0

    @property
    def free(self) -> int:
        """What a new run may promise; nothing of a lot that is held."""
        if self.lot_status != RELEASED:
            return 0
        return max(0, self.available - self.promised)

    def to_share(self) -> Lot:
        """Give the lot as the allocation rule sees it."""
        return Lot(
            id=str(self.lot_id),
            quantity=self.free,
            expires_on=self.expires_on,
            received_on=self.received_on,
            earmark=self.earmark,
        )
