"""A lot: what arrived together, from one gift, and may be given out or not."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID


class LotStatus(StrEnum):
    """Whether a lot may be given out; only ``released`` may."""

    RELEASED = "released"
    QUARANTINED = "quarantined"
    RECALLED = "recalled"
    AWAITING_GIFT = "awaiting_gift"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Lot:
    """The facts of a lot; where its units are is the ledger's business.

    ``hold`` is what people decided: released, quarantined or recalled.
    ``awaits_gift`` holds it besides, until its gift was announced.
    ``earmark`` lists unit groups, one shared group suffices; None means free.
    ``grn_number`` is part of the identity of medicine only, else empty.
    ``is_kit`` marks a lot we put together ourselves out of units of other lots.
    ``version`` grows by one with every unit of work that touches the lot.
    """

    lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    received_on: date
    gift_number: str
    hold: LotStatus = LotStatus.RELEASED
    awaits_gift: bool = False
    earmark: tuple[str, ...] | None = None
    grn_number: str = ""
    version: int = 0
    is_kit: bool = False

    @property
    def identity(self) -> str:
        """The key under which a further receipt finds the same lot."""
        expires_on = self.expires_on.isoformat() if self.expires_on else ""
        return (
            f"{self.product_code}|{self.lot_number}|{expires_on}|"
            f"{self.gift_number}|{self.grn_number}"
        )

    @property
    def stored_status(self) -> LotStatus:
        """The status apart from the calendar, as ``stock_changed`` says it."""
        if self.hold is LotStatus.RELEASED and self.awaits_gift:
            return LotStatus.AWAITING_GIFT
        return self.hold

    def status_on(self, day: date) -> LotStatus:
        """Give the status on a day in Almaty; a decision goes before the calendar."""
        if self.hold is not LotStatus.RELEASED:
            return self.hold
        if self.is_expired_on(day):
            return LotStatus.EXPIRED
        return self.stored_status

    def is_expired_on(self, day: date) -> bool:
        """Tell whether the last day of use is over; undated goods never expire."""
        return self.expires_on is not None and self.expires_on < day

    def held_as(self, hold: LotStatus) -> "Lot":
        """Give the lot with another decision about it."""
        return replace(self, hold=hold)

    def announced(self, earmark: tuple[str, ...] | None) -> "Lot":
        """Give the lot after its gift was heard of."""
        return replace(self, awaits_gift=False, earmark=earmark)
