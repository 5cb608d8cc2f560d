"""Release a lot to be given out, or hold it back."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.inventory.application.holding.release_reservation import withdraw_lot
from services.inventory.application.ports.work import Decision, Work
from services.inventory.domain.errors import (
    LotRecalledDecisionError,
    LotStatusUnchangedError,
)
from services.inventory.domain.kit import shared_earmark
from services.inventory.domain.kit_errors import KitComponentHeldError
from services.inventory.domain.lot import Lot, LotStatus
from shared.kernel.free_text import check_free_text


@dataclass(frozen=True, slots=True)
class DecideOnLot:
    """A reviewer's decision about one lot, and why: a code of a list, or words."""

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
    """Put a decision into effect and on record; a lot held back keeps no promise.

    Kits that hold some of it are held back with it.
    """
    work.ledger.change(lot.held_as(status))
    if status is not LotStatus.RELEASED:
        withdraw_lot(work, lot.lot_id)
        _stop_kits(work, lot, wish)
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


def _stop_kits(work: Work, lot: Lot, wish: DecideOnLot) -> None:
    """Hold the kits with some of a lot; releasing it later does not release them."""
    for kit_lot_id in work.kits.containing([lot.lot_id]):
        kit = work.ledger.of(kit_lot_id).lot
        if kit.hold is LotStatus.RELEASED:
            reason = f"{lot.product_code} {lot.lot_number}: {wish.reason}"
            decision = replace(wish, lot_id=kit_lot_id, reason=reason)
            hold(work, kit, LotStatus.QUARANTINED, decision)


def _refuse_held_contents(work: Work, kit: Lot) -> None:
    """Raise KitComponentHeldError, or EarmarksApartError if nobody may get all."""
    lots = [work.ledger.of(each).lot for each in work.kits.contents(kit.lot_id)]
    held = [lot for lot in lots if lot.stored_status is not LotStatus.RELEASED]
    if held:
        raise KitComponentHeldError(
            kit.lot_number, sorted({lot.lot_number for lot in held})
        )
    shared_earmark(lots)


def _decide(work: Work, wish: DecideOnLot, status: LotStatus) -> dict[str, Any]:
    check_free_text("reason", wish.reason)
    lot = work.ledger.of(wish.lot_id).lot
    if lot.hold is LotStatus.RECALLED:
        raise LotRecalledDecisionError(lot.lot_number)
    if lot.hold is status:
        raise LotStatusUnchangedError(lot_number=lot.lot_number, lot_status=status)
    if lot.is_kit and status is LotStatus.RELEASED:
        _refuse_held_contents(work, lot)
    hold(work, lot, status, wish)
    stored = work.ledger.of(wish.lot_id).lot.stored_status
    return {"lot_id": str(wish.lot_id), "lot_status": stored.value}
