"""Take kits apart: what was in them stands on the shelf again."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.domain.errors import UnknownLocationError
from services.inventory.domain.kit_errors import NotAKitLotError
from services.inventory.domain.movement import (
    SUPPLY,
    Movement,
    Reason,
    assembly,
    location,
)


@dataclass(frozen=True, slots=True)
class TakeKitApart:
    """So many kits of a lot at a location; the parts are put down where one says."""

    kit_lot_id: UUID
    location_code: str
    quantity: int
    account: str
    to_location_code: str | None = None


def take_kit_apart(work: Work, wish: TakeKitApart) -> dict[str, Any]:
    """Remove kits and return their contents, each lot with the status it has now.

    Held kits can be taken apart too: that is how a recalled part leaves a kit.
    Raises NotAKitLotError, UnknownLocationError, InsufficientStockError.
    """
    target = wish.to_location_code or wish.location_code
    for place in (wish.location_code, target):
        if place not in work.ledger.location_kinds:
            raise UnknownLocationError(place)
    kit = work.ledger.of(wish.kit_lot_id).lot
    if not kit.is_kit:
        raise NotAKitLotError(kit.lot_number)
    removal = Movement(
        movement_id=work.ids.new_id(),
        lot_id=kit.lot_id,
        quantity=wish.quantity,
        source=location(wish.location_code),
        target=SUPPLY,
        reason=Reason.KIT_TAKEN_APART,
        occurred_at=work.clock.now(),
        recorded_by=wish.account,
        document=kit.lot_number,
    )
    work.ledger.post(removal)
    _put_down(work, removal, target)
    return {
        "lot_id": str(kit.lot_id),
        "lot_number": kit.lot_number,
        "quantity": wish.quantity,
        "movement_id": str(removal.movement_id),
    }


def _put_down(work: Work, removal: Movement, target: str) -> None:
    """Post what was in the removed kits, lot by lot, to a location."""
    for lot_id, per_kit in work.kits.contents(removal.lot_id).items():
        work.ledger.post(
            replace(
                removal,
                movement_id=work.ids.new_id(),
                lot_id=lot_id,
                quantity=per_kit * removal.quantity,
                source=assembly(removal.lot_id),
                target=location(target),
            )
        )
