"""Destroy expired and recalled goods: a record, and two people of two roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.inventory.application.counting.adjust_stock import (
    AdjustStock,
    adjust_stock,
)
from services.inventory.application.losses.write_off import open_incident
from services.inventory.application.ports.losses import Destruction, DestructionLine
from services.inventory.application.ports.work import Work
from services.inventory.domain.incident import (
    METHODS,
    Confirmation,
    DestructionClosedError,
    DestructionUnknownError,
    IncidentFacts,
    NothingToDestroyError,
)
from services.inventory.domain.movement import Reason
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError


@dataclass(frozen=True, slots=True)
class OpenDestruction:
    """Start a record of all that is expired or recalled, or of the lots named."""

    method: str
    account: str
    lot_ids: Sequence[UUID] | None = None


@dataclass(frozen=True, slots=True)
class ConfirmDestruction:
    """A person of a role saw the goods of a record being destroyed."""

    destruction_number: str
    confirmation: Confirmation


def open_destruction(work: Work, wish: OpenDestruction) -> dict[str, Any]:
    """Put what must be destroyed on a record; recalled goods open its incident.

    What is reserved, or on another open record, is left out.
    """
    if wish.method not in METHODS:
        raise MalformedError(
            f"The method is one of {', '.join(METHODS)}.", field="method"
        )
    now = work.clock.now()
    today = local_day(now)
    lines = [
        line
        for line in work.losses.to_destroy(today)
        if wish.lot_ids is None or line.lot_id in wish.lot_ids
    ]
    if not lines:
        raise NothingToDestroyError
    incident_number = None
    if any(line.reason is Reason.RECALLED_DESTROYED for line in lines):
        facts = IncidentFacts(
            cause="recalled",
            discovered="recall",
            facts="recalled",
            action="kept_apart",
            happened_on=today,
        )
        incident_number = open_incident(work, facts, wish.account)
    number = work.numbers.next(f"DR-{today.year}", digits=4)
    record = Destruction(
        destruction_number=number,
        method=wish.method,
        incident_number=incident_number,
        lines=lines,
    )
    work.losses.add_destruction(record, wish.account, now)
    return {"destruction_number": number, "lines": len(lines)}


def confirm_destruction(work: Work, wish: ConfirmDestruction) -> dict[str, Any]:
    """Confirm a record; the second confirmation books every line at once.

    Raises SecondRoleNeededError, DestructionClosedError, and whatever refuses the
    write-off of a line, such as ReceiverMayNotWriteOffError.
    """
    number = wish.destruction_number
    record = _open_record(work, number)
    now = work.clock.now()
    if record.first is None:
        work.losses.confirm(record, wish.confirmation, now)
        return {"destruction_number": number, "status": "open"}
    wish.confirmation.check_beside(record.first, number)
    for line in record.lines:
        movement_id = _destroy(work, record, line, wish.confirmation.account)
        work.losses.note_destroyed(number, line, movement_id)
    work.losses.confirm(record, wish.confirmation, now)
    return {"destruction_number": number, "status": "destroyed"}


def cancel_destruction(work: Work, destruction_number: str) -> dict[str, Any]:
    """Give a record up before its second confirmation; nothing had moved."""
    _open_record(work, destruction_number)
    work.losses.cancel(destruction_number)
    return {"destruction_number": destruction_number, "status": "cancelled"}


def _open_record(work: Work, number: str) -> Destruction:
    """Lock the lots of a record, then the record, in the order of all writers."""
    known = work.losses.destruction(number)
    if known is None:
        raise DestructionUnknownError(number)
    work.ledger.open(line.lot_id for line in known.lines)
    record = work.losses.destruction(number, is_locked=True)
    assert record is not None, "a record is never deleted"
    if record.status != "open":
        raise DestructionClosedError(number)
    return record


def _destroy(
    work: Work, record: Destruction, line: DestructionLine, approved_by: str
) -> UUID:
    assert record.first is not None, "the second confirmation comes after the first"
    done = adjust_stock(
        work,
        AdjustStock(
            lot_id=line.lot_id,
            location_code=line.location_code,
            quantity=line.quantity,
            reason=line.reason,
            account=record.first.account,
            incident_number=record.incident_number,
            approved_by=approved_by,
            document=record.destruction_number,
        ),
    )
    return UUID(done["movement_id"])
