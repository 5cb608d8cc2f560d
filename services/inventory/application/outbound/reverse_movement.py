"""Take a movement back by another one; nothing is ever changed or deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.inventory.application.outbound.undo_pick import undo_pick
from services.inventory.application.ports.work import Work
from services.inventory.domain.correction_errors import (
    AlreadyReversedError,
    CorrectedByDocumentError,
    CoveredByCountError,
    ReversalWouldGoNegativeError,
    UnknownMovementError,
)
from services.inventory.domain.errors import (
    BackdatedBalanceError,
    InsufficientStockError,
)
from services.inventory.domain.kit_errors import KitComesFromComponentsError
from services.inventory.domain.movement import (
    AccountKind,
    Movement,
    Reason,
    kind_of,
)
from shared.contracts.inventory_v1 import GoodsReceived

COUNTED = (Reason.COUNT_PLUS, Reason.COUNT_MINUS)
KITS = (Reason.KIT_BUILT, Reason.KIT_USED, Reason.KIT_TAKEN_APART)
"""Half of a kit cannot be taken back: it is built again, or taken apart."""


@dataclass(frozen=True, slots=True)
class ReverseMovement:
    """Somebody sees that a movement should not have been."""

    movement_id: UUID
    reason: str
    account: str


def reverse_movement(work: Work, wish: ReverseMovement) -> dict[str, Any]:
    """Post the opposite of a movement; of a count, of all its movements.

    Refuses what was taken back before, what a later count covers, what belongs
    to a consignment's document or a kit, and what is no longer there or promised.
    """
    movement = work.movements.of(wish.movement_id)
    if movement is None:
        raise UnknownMovementError(wish.movement_id)
    work.ledger.open([movement.lot_id])
    _check(work, movement)
    together = _posted_together(work, movement)
    reversals = [_reverse(work, each, wish.account) for each in reversed(together)]
    _follow_up(work, movement, reversals[-1])
    return {
        "lot_id": str(movement.lot_id),
        "movement_id": str(reversals[-1].movement_id),
        "reverses": str(movement.movement_id),
    }


def _check(work: Work, movement: Movement) -> None:
    if movement.reverses or work.movements.is_reversed(movement.movement_id):
        raise AlreadyReversedError(movement.movement_id)
    kinds = {kind_of(movement.source), kind_of(movement.target)}
    if movement.reason in KITS:
        lot = work.ledger.of(movement.lot_id).lot
        raise KitComesFromComponentsError(movement.document or lot.lot_number)
    if AccountKind.TRANSIT in kinds:
        raise CorrectedByDocumentError(movement.movement_id, movement.reason)
    counted_at = _covering_count(work, movement)
    if counted_at is not None:
        raise CoveredByCountError(movement.movement_id, counted_at)


def _covering_count(work: Work, movement: Movement) -> datetime | None:
    own = _count_of(movement)
    return work.records.counted_since(movement, apart_from=own)


def _count_of(movement: Movement) -> UUID | None:
    """Name the count a movement came from, if it came from one."""
    is_counted = movement.reason in COUNTED and movement.document
    try:
        return UUID(movement.document) if is_counted else None
    except ValueError:
        return None


def _posted_together(work: Work, movement: Movement) -> Sequence[Movement]:
    if _count_of(movement) is None:
        return [movement]
    posted = work.movements.of_document(str(movement.document))
    return [each for each in posted if each.reverses is None]


def _reverse(work: Work, movement: Movement, account: str) -> Movement:
    opposite = replace(
        movement,
        movement_id=work.ids.new_id(),
        source=movement.target,
        target=movement.source,
        reason=Reason.REVERSAL,
        occurred_at=max(work.clock.now(), movement.occurred_at),
        recorded_by=account,
        reverses=movement.movement_id,
    )
    try:
        return work.ledger.post(opposite)
    except (InsufficientStockError, BackdatedBalanceError) as refusal:
        free = work.ledger.of(movement.lot_id).balance(movement.target).free
        raise ReversalWouldGoNegativeError(
            movement.movement_id, needed=movement.quantity, available=free
        ) from refusal


def _follow_up(work: Work, movement: Movement, reversal: Movement) -> None:
    """Let the papers behind a movement know that it was taken back."""
    count_id = _count_of(movement)
    if count_id is not None:
        work.records.undo_count(count_id, work.clock.now())
    if movement.reason is Reason.PICK:
        undo_pick(work, movement.movement_id)
    if movement.reason is Reason.RECEIPT:
        work.serials.free(movement.movement_id)
        lot = work.ledger.of(movement.lot_id).lot
        work.announce(
            GoodsReceived(
                movement_id=reversal.movement_id,
                grn_number=movement.document or "",
                lot_id=lot.lot_id,
                product_code=lot.product_code,
                gift_number=lot.gift_number,
                quantity=movement.quantity,
                is_reversal=True,
            )
        )
