"""Record a loss; it leaves the books when somebody who may answer for it does."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.inventory.application.counting.adjust_stock import (
    INCIDENTS,
    LOSSES,
    OUT,
    AdjustStock,
    adjust_stock,
)
from services.inventory.application.ports.losses import WriteOff
from services.inventory.application.ports.work import Work
from services.inventory.domain.correction_errors import IncidentNumberNeededError
from services.inventory.domain.errors import (
    InsufficientStockError,
    UnknownLocationError,
)
from services.inventory.domain.incident import (
    DESTROYED,
    DestructionNeededError,
    IncidentDescribedError,
    IncidentFacts,
    IncidentUnknownError,
    OwnWriteOffError,
    WriteOffDecidedError,
    WriteOffUnknownError,
)
from services.inventory.domain.movement import Reason, location
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError

REASONS = tuple(
    reason for reason in OUT if reason not in {*DESTROYED, Reason.COUNT_MINUS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWriteOff:
    """So many of a lot at a place are gone or go elsewhere, for a reason.

    A loss that needs an incident names its number, or brings its facts. ``decides``
    says that whoever records it is a coordinator.
    """

    lot_id: UUID
    location_code: str
    quantity: int
    reason: Reason
    account: str
    decides: bool = False
    incident_number: str | None = None
    incident: IncidentFacts | None = None


@dataclass(frozen=True, slots=True)
class DecideWriteOff:
    """What a coordinator makes of a write-off that waits."""

    write_off_id: UUID
    account: str
    is_approved: bool


@dataclass(frozen=True, slots=True)
class DescribeIncident:
    """What a coordinator found out about an incident opened without its facts."""

    incident_number: str
    facts: IncidentFacts
    account: str


def open_incident(work: Work, facts: IncidentFacts, account: str) -> str:
    """Give what happened its number: ``INC-2026-0001``."""
    now = work.clock.now()
    facts.check(local_day(now))
    year = local_day(now).year
    number = work.numbers.next(f"INC-{year}", digits=4)
    work.losses.add_incident(number, facts, account, now)
    return number


def describe_incident(work: Work, wish: DescribeIncident) -> dict[str, Any]:
    """Say what happened under a number that a handover opened; once.

    Raises IncidentUnknownError and IncidentDescribedError.
    """
    now = work.clock.now()
    wish.facts.check(local_day(now))
    number = wish.incident_number
    if not work.losses.is_incident(number):
        raise IncidentUnknownError(number)
    if not work.losses.describe(number, wish.facts, wish.account, now):
        raise IncidentDescribedError(number)
    return {"incident_number": number}


def record_write_off(work: Work, wish: RecordWriteOff) -> dict[str, Any]:
    """Book a loss at once if its coordinator may answer for it, else let it wait.

    Nobody both records a receipt and approves its write-off (DOMAIN.md 0). Raises
    DestructionNeededError, IncidentNumberNeededError and InsufficientStockError.
    """
    _check(work, wish)
    incident_number = _incident_of(work, wish)
    lot = work.ledger.of(wish.lot_id).lot
    named = {"incident_number": incident_number} if incident_number else {}
    is_loss = wish.reason in LOSSES
    was_receiver = is_loss and work.movements.was_received_by(lot.lot_id, wish.account)
    if wish.decides and not was_receiver:
        adjustment = AdjustStock(
            lot_id=wish.lot_id,
            location_code=wish.location_code,
            quantity=wish.quantity,
            reason=wish.reason,
            account=wish.account,
            incident_number=incident_number,
        )
        return {"status": "approved", **adjust_stock(work, adjustment), **named}
    write_off = WriteOff(
        write_off_id=work.ids.new_id(),
        lot_id=wish.lot_id,
        product_code=lot.product_code,
        location_code=wish.location_code,
        quantity=wish.quantity,
        reason=wish.reason,
        incident_number=incident_number,
        recorded_by=wish.account,
    )
    work.losses.add_write_off(write_off, work.clock.now())
    return {
        "status": "waiting",
        "lot_id": str(wish.lot_id),
        "write_off_id": str(write_off.write_off_id),
        **named,
    }


def decide_write_off(work: Work, wish: DecideWriteOff) -> dict[str, Any]:
    """Approve a write-off, which books it, or reject it.

    Raises OwnWriteOffError and ReceiverMayNotWriteOffError.
    """
    found = work.losses.write_off(wish.write_off_id)
    if found is None:
        raise WriteOffUnknownError(wish.write_off_id)
    if found.status != "waiting":
        raise WriteOffDecidedError(wish.write_off_id)
    if found.recorded_by == wish.account:
        lot = work.ledger.of(found.lot_id).lot
        raise OwnWriteOffError(lot.lot_number)
    movement_id = _book(work, found, wish.account) if wish.is_approved else None
    now = work.clock.now()
    work.losses.decide(wish.write_off_id, wish.account, now, movement_id)
    moved = {"movement_id": str(movement_id)} if movement_id else {}
    return {
        "write_off_id": str(wish.write_off_id),
        "status": "approved" if wish.is_approved else "rejected",
        **moved,
    }


def write_off_reason(name: str) -> Reason:
    """Read the reason of a write-off; DestructionNeededError where that is the way."""
    if name in DESTROYED:
        raise DestructionNeededError(Reason(name))
    if name not in REASONS:
        raise MalformedError(
            f"A write-off has one of these reasons: {', '.join(REASONS)}.",
            field="reason",
        )
    return Reason(name)


def _check(work: Work, wish: RecordWriteOff) -> None:
    if wish.location_code not in work.ledger.location_kinds:
        raise UnknownLocationError(wish.location_code)
    accounts = work.ledger.of(wish.lot_id)
    free = accounts.at(wish.location_code).free
    if free < wish.quantity:
        raise InsufficientStockError(
            lot_number=accounts.lot.lot_number,
            account=location(wish.location_code),
            requested=wish.quantity,
            available=free,
        )


def _incident_of(work: Work, wish: RecordWriteOff) -> str | None:
    if wish.incident_number is not None:
        if not work.losses.is_incident(wish.incident_number):
            raise IncidentUnknownError(wish.incident_number)
        return wish.incident_number
    if wish.reason not in INCIDENTS:
        return None
    if wish.incident is None:
        raise IncidentNumberNeededError(wish.reason)
    return open_incident(work, wish.incident, wish.account)


def _book(work: Work, found: WriteOff, approved_by: str) -> UUID:
    done = adjust_stock(
        work,
        AdjustStock(
            lot_id=found.lot_id,
            location_code=found.location_code,
            quantity=found.quantity,
            reason=found.reason,
            account=found.recorded_by,
            incident_number=found.incident_number,
            approved_by=approved_by,
        ),
    )
    return UUID(done["movement_id"])
