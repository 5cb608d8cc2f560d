"""Record what arrived damaged, and take it off the shelf."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.inventory.application.ports.receiving import Damage
from services.inventory.application.ports.work import Work
from services.inventory.application.receiving.finish_note import open_note
from services.inventory.domain.errors import UnknownLocationError
from services.inventory.domain.movement import Movement, Reason, location, returned
from services.inventory.domain.receiving_errors import (
    MoreDamagedThanReceivedError,
    NotAHoldPlaceError,
)
from shared.kernel.free_text import check_free_text

HOLD = "hold"
"""The kind of location whose goods are given out to nobody."""


@dataclass(frozen=True, slots=True)
class SetDamagedAside:
    """Units of a lot on a note that arrived damaged, and how they look.

    With ``to_location_code`` they are kept there until somebody decides; without,
    the donor takes them back at the door.
    """

    grn_number: str
    lot_id: UUID
    location_code: str
    quantity: int
    condition: str
    account: str
    to_location_code: str | None = None


def set_damaged_aside(work: Work, wish: SetDamagedAside) -> dict[str, Any]:
    """Move damaged units to a hold place, or back to their donor.

    They were counted, so they are part of *received*: given back, they count as
    *returned*. Goods refused before they were counted are a scan of their own.
    Raises NoteFinishedError, MoreDamagedThanReceivedError, NotAHoldPlaceError.
    """
    check_free_text("condition", wish.condition)
    note = open_note(work, wish.grn_number)
    lot = work.ledger.of(wish.lot_id).lot
    whole = work.receiving.whole(wish.grn_number, wish.lot_id)
    if wish.quantity > whole:
        raise MoreDamagedThanReceivedError(
            lot_number=lot.lot_number, damaged=wish.quantity, received=whole
        )
    movement = work.ledger.post(_movement(work, wish, note.gift_number))
    work.receiving.add_damage(_damage(wish, movement))
    return {"lot_id": str(wish.lot_id), "movement_id": str(movement.movement_id)}


def _movement(work: Work, wish: SetDamagedAside, gift_number: str) -> Movement:
    is_held = wish.to_location_code is not None
    return Movement(
        movement_id=work.ids.new_id(),
        lot_id=wish.lot_id,
        quantity=wish.quantity,
        source=location(wish.location_code),
        target=_target(work, wish, gift_number),
        reason=Reason.MOVE if is_held else Reason.RETURN_TO_DONOR,
        occurred_at=work.clock.now(),
        recorded_by=wish.account,
        document=wish.grn_number,
    )


def _damage(wish: SetDamagedAside, movement: Movement) -> Damage:
    return Damage(
        movement_id=movement.movement_id,
        grn_number=wish.grn_number,
        lot_id=wish.lot_id,
        quantity=wish.quantity,
        outcome="given_back" if wish.to_location_code is None else "held",
        condition=wish.condition,
        recorded_by=wish.account,
        recorded_at=movement.occurred_at,
    )


def _target(work: Work, wish: SetDamagedAside, gift_number: str) -> str:
    if wish.to_location_code is None:
        return returned(gift_number)
    kind = work.ledger.location_kinds.get(wish.to_location_code)
    if kind is None:
        raise UnknownLocationError(wish.to_location_code)
    if kind != HOLD:
        raise NotAHoldPlaceError(wish.to_location_code)
    return location(wish.to_location_code)
