"""Take back what a unit gives back, and say what becomes of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.domain.giving_back import (
    Arrival,
    Condition,
    MoreThanUnitHasError,
    is_unit,
    next_step,
)
from services.inventory.domain.movement import (
    RETURNS,
    Movement,
    Reason,
    delivered,
    location,
)
from shared.kernel.clock import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturn:
    """So many of a lot came back from a unit that had accepted them."""

    unit_code: str
    lot_id: UUID
    quantity: int
    condition: Condition
    account: str


def record_return(work: Work, wish: RecordReturn) -> dict[str, Any]:
    """Book goods from their unit to the returns table, with how they look.

    Raises UnknownLotError and MoreThanUnitHasError.
    """
    accounts = work.ledger.of(wish.lot_id)
    lot, source = accounts.lot, delivered(wish.unit_code)
    left = accounts.balance(source).on_hand if is_unit(wish.unit_code) else 0
    if left < wish.quantity:
        raise MoreThanUnitHasError(
            unit_code=wish.unit_code,
            lot_number=lot.lot_number,
            requested=wish.quantity,
            available=left,
        )
    now = work.clock.now()
    movement = Movement(
        movement_id=work.ids.new_id(),
        lot_id=lot.lot_id,
        quantity=wish.quantity,
        source=source,
        target=location(RETURNS),
        reason=Reason.RETURN_FROM_FACILITY,
        # a handover may be recorded by a phone whose clock is ahead
        occurred_at=max(now, accounts.balance(source).latest_at or now),
        recorded_by=wish.account,
    )
    work.ledger.post(movement)
    work.receiving.note_condition(movement.movement_id, wish.condition)
    product = work.catalogue.of_codes([lot.product_code])[lot.product_code]
    status = lot.status_on(local_day(movement.occurred_at))
    arrived = Arrival(
        wish.quantity, movement.occurred_at, wish.condition, was_with_unit=True
    )
    step = next_step([arrived], status, is_medicine=product.is_medicine)
    return {
        "lot_id": str(lot.lot_id),
        "movement_id": str(movement.movement_id),
        "next_step": str(step),
    }
