"""A lot as inventory last described it, and how that ages."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.donors.domain.earmark import Earmark
from services.donors.domain.totals import Totals


class LotStatus(StrEnum):
    """Why goods may or may not leave; ``expired`` is worked out from the date."""

    RELEASED = "released"
    QUARANTINED = "quarantined"
    RECALLED = "recalled"
    AWAITING_GIFT = "awaiting_gift"
    EXPIRED = "expired"


_BEFORE_EXPIRY = frozenset({LotStatus.RECALLED, LotStatus.QUARANTINED})
"""Precedence: recalled, quarantined, expired, awaiting gift, released."""


@dataclass(frozen=True, slots=True)
class LotState:
    """One lot on the Almaty day of its last change; the highest version counts."""

    lot_id: UUID
    version: int
    changed_on: date
    gift_number: str
    product_code: str
    lot_status: LotStatus
    expires_on: date | None
    received_on: date
    earmark: Earmark | None
    available: int
    totals: Totals

    def with_totals(self, totals: Totals) -> "LotState":
        """Give the same lot with other totals."""
        return replace(self, totals=totals)

    def status_on(self, today: date) -> LotStatus:
        """Say what holds the lot on a day, expiry included."""
        is_past = self.expires_on is not None and self.expires_on < today
        if is_past and self.lot_status not in _BEFORE_EXPIRY:
            return LotStatus.EXPIRED
        return self.lot_status

    def available_on(self, today: date) -> int:
        """Count what an allocation may promise on a day."""
        return self.available if self.status_on(today) is LotStatus.RELEASED else 0
