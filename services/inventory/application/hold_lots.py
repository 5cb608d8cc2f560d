"""Release a lot to be given out, or hold it back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.inventory.application.ports import Decision, Work
from services.inventory.application.release_reservation import withdraw_lot
from services.inventory.domain.errors import (
    LotRecalledDecisionError,
    LotStatusUnchangedError,
)
from services.inventory.domain.lot import Lot, LotStatus


@dataclass(frozen=True, slots=True)
class DecideOnLot:
    """A reviewer's decision about one lot, and why."""

    lot_id: UUID
    reason: str
    account: str


def release_lot(work: Work, wish: DecideOnLot) -> dict[str, Any]:
    """Let a lot be given out; expiry and a gift not heard of may still hold it."""
    return _decide(work, wish, LotStatus.RELEASED)


def quarantine_lot(work: Work, wish: DecideOnLot) -> dict[str, Any]:
    """Hold a lot back wherever it is; what was promised of it is promised no more."""
    return _decide(work, wish, LotStatus.QUARANTINED)


def hold(work: Work, lot: Lot, status: LotStatus, wish: DecideOnLot) -> None:
    """Put a decision into effect and on record; a lot held back keeps no promise."""
    work.ledger.change(lot.held_as(status))
    if status is not LotStatus.RELEASED:
        withdraw_lot(work, lot.lot_id)
    work.records.add_decision(
        Decision(
            decision_id=work.ids.new_id(),
            lot_id=lot.lot_id,
            hold=status,
            reason=wish.reason,
            decided_by=wish.account,
            decided_at=work.clock.now(),
        )
    )


def _decide(work: Work, wish: DecideOnLot, status: LotStatus) -> dict[str, Any]:
    lot = work.ledger.of(wish.lot_id).lot
    if lot.hold is LotStatus.RECALLED:
        raise LotRecalledDecisionError(lot.lot_number)
    if lot.hold is status:
        raise LotStatusUnchangedError(lot_number=lot.lot_number, lot_status=status)
    hold(work, lot, status, wish)
    stored = work.ledger.of(wish.lot_id).lot.stored_status
    return {"lot_id": str(wish.lot_id), "lot_status": stored.value}
