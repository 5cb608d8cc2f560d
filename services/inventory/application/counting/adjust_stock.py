"""Say that goods were lost, spoiled, found or given on, and why."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.inventory.application.counting.count_stock import turn_up
from services.inventory.application.ports.work import Work
from services.inventory.domain.correction_errors import (
    IncidentNumberNeededError,
    NotExpiredError,
    ReceiverMayNotWriteOffError,
)
from services.inventory.domain.errors import UnknownLocationError
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.movement import (
    SUPPLY,
    Movement,
    Reason,
    delivered,
    location,
    loss,
    returned,
)
from shared.contracts.inventory_v1 import StockWrittenOff
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError

IN = (Reason.FOUND, Reason.OPENING, Reason.COUNT_PLUS)
LOSSES = (
    Reason.EXPIRED,
    Reason.DAMAGED,
    Reason.COLD_CHAIN,
    Reason.LOST,
    Reason.STOLEN,
    Reason.RECALLED_DESTROYED,
    Reason.SAMPLE,
    Reason.COUNT_MINUS,
)
OUT = (*LOSSES, Reason.RETURN_TO_DONOR, Reason.DONATED_ON)
INCIDENTS = (Reason.LOST, Reason.STOLEN, Reason.RECALLED_DESTROYED)


@dataclass(frozen=True, slots=True)
class AdjustStock:
    """So many of a lot at a location came or went for a reason (DOMAIN.md 2.2).

    ``account`` recorded it; ``approved_by`` answers for it where that is another.
    ``document`` is its paper where that is not the incident.
    """

    lot_id: UUID
    location_code: str
    quantity: int
    reason: Reason
    account: str
    incident_number: str | None = None
    approved_by: str | None = None
    document: str | None = None


def adjust_stock(work: Work, wish: AdjustStock) -> dict[str, Any]:
    """Post an adjustment; a loss is announced as written off.

    Refuses a loss without its incident number, goods as expired that are not,
    and a write-off that whoever recorded the receipt answers for.
    """
    if wish.location_code not in work.ledger.location_kinds:
        raise UnknownLocationError(wish.location_code)
    accounts = work.ledger.of(wish.lot_id)
    if wish.reason in LOSSES:
        _check_loss(work, wish, accounts)
    posted = _post(work, wish, accounts)
    if wish.reason in LOSSES:
        _announce_loss(work, accounts, posted[0])
    return {"lot_id": str(wish.lot_id), "movement_id": str(posted[0].movement_id)}


def reason_for(direction: str, name: str) -> Reason:
    """Read the reason of an adjustment; it has to fit its direction."""
    allowed = IN if direction == "in" else OUT
    if name not in allowed:
        raise MalformedError(
            f"An adjustment {direction} has one of these reasons: "
            f"{', '.join(allowed)}.",
            field="reason",
        )
    return Reason(name)


def _check_loss(work: Work, wish: AdjustStock, accounts: LotAccounts) -> None:
    lot = accounts.lot
    if wish.reason in INCIDENTS and not wish.incident_number:
        raise IncidentNumberNeededError(wish.reason)
    today = local_day(work.clock.now())
    if wish.reason is Reason.EXPIRED and not lot.is_expired_on(today):
        raise NotExpiredError(lot.lot_number, lot.expires_on)
    if work.movements.was_received_by(lot.lot_id, wish.approved_by or wish.account):
        raise ReceiverMayNotWriteOffError(lot.lot_number)


def _post(work: Work, wish: AdjustStock, accounts: LotAccounts) -> list[Movement]:
    place = location(wish.location_code)
    draft = Movement(
        movement_id=work.ids.new_id(),
        lot_id=wish.lot_id,
        quantity=wish.quantity,
        source=SUPPLY,
        target=place,
        reason=wish.reason,
        occurred_at=work.clock.now(),
        recorded_by=wish.account,
        document=wish.document or wish.incident_number,
    )
    if wish.reason in {Reason.FOUND, Reason.COUNT_PLUS}:
        return turn_up(work, accounts, draft, wish.reason)
    if wish.reason is Reason.OPENING:
        return [work.ledger.post(draft)]
    target = _target(wish.reason, accounts)
    return [work.ledger.post(replace(draft, source=place, target=target))]


def _target(reason: Reason, accounts: LotAccounts) -> str:
    """Name where goods go that leave other than by a consignment."""
    match reason:
        case Reason.RETURN_TO_DONOR:
            return returned(accounts.lot.gift_number)
        case Reason.DONATED_ON:
            return delivered(Reason.DONATED_ON)
        case _:
            return loss(reason)


def _announce_loss(work: Work, accounts: LotAccounts, movement: Movement) -> None:
    work.announce(
        StockWrittenOff(
            movement_id=movement.movement_id,
            lot_id=movement.lot_id,
            product_code=accounts.lot.product_code,
            gift_number=accounts.lot.gift_number,
            quantity=movement.quantity,
            reason=movement.reason,
            occurred_at=movement.occurred_at,
        ),
        occurred_at=movement.occurred_at,
    )
