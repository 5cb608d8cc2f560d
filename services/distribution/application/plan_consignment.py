"""What is reserved for a facility goes on its way together, on one day."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.allotment import Allotment
from services.distribution.domain.consignment import (
    NOT_LEFT,
    UNKNOWN_WAY,
    ConsignmentHead,
    Transport,
)
from services.distribution.domain.errors import (
    ConsignmentStateError,
    NothingToSendError,
    UnknownUnitError,
)
from services.distribution.domain.handover import key_of
from services.distribution.domain.places import EVERY_UNIT
from shared.contracts.distribution_v1 import (
    ConsignmentCancelled,
    ConsignmentMoved,
    ConsignmentPlanned,
    PlannedLine,
)

Named = TypeVar("Named", bound=Hashable)


def plan_consignment(
    facility_code: str,
    planned_on: date,
    unit_codes: Collection[str] | None,
    work: DistributionWork,
    *,
    account: str,
    transport: Transport = UNKNOWN_WAY,
) -> dict[str, Any]:
    """Put every reserved line of the facility on a consignment.

    With unit codes, only theirs; with what is known already of the way. Raises
    UnknownFacilityError, UnknownUnitError for a unit of another facility,
    NothingToSendError, or what ``Transport.checked`` raises.
    """
    kept = transport.checked()
    work.places.facility(facility_code)
    for unit_code in unit_codes or ():
        if work.places.unit(unit_code).facility_code != facility_code:
            raise UnknownUnitError(unit_code)
    taken = work.allotments.to_send(facility_code, unit_codes)
    if not taken:
        raise NothingToSendError(facility_code)
    number = work.consignments.next_number(planned_on.year)
    work.consignments.add(
        number,
        facility_code,
        planned_on,
        lines=_summed((key_of(each), each.quantity) for each in taken),
        recorded_by=account,
    )
    work.loading.describe(number, kept)
    work.allotments.save(
        replace(each, consignment_number=number, due_on=planned_on) for each in taken
    )
    told = tuple(_told(taken))
    work.announce(ConsignmentPlanned(number, facility_code, planned_on, told))
    return work.views.consignment(number, EVERY_UNIT)


def _told(taken: Iterable[Allotment]) -> Iterator[PlannedLine]:
    """Say of each line whose promise it is: the warehouse holds goods by run."""
    held = _summed(((key_of(each), each.run_id), each.quantity) for each in taken)
    for (key, run_id), quantity in held.items():
        yield PlannedLine(*key, quantity, run_id)


def _summed(parts: Iterable[tuple[Named, int]]) -> Mapping[Named, int]:
    """Add up what goes by the same name, in the order of first mention."""
    sums: Counter[Named] = Counter()
    for name, quantity in parts:
        sums[name] += quantity
    return sums


def move_consignment(
    consignment_number: str,
    planned_on: date,
    work: DistributionWork,
    *,
    came_from: date | None = None,
) -> dict[str, Any]:
    """Let a consignment that has not left go on another day, and count for it.

    With ``came_from``, one that goes on some other day by now stays there: who
    chose it knew more. Raises UnknownConsignmentError or ConsignmentStateError.
    """
    head = work.consignments.locked(consignment_number)
    put_on_day(head, planned_on, work, came_from=came_from)
    return work.views.consignment(consignment_number, EVERY_UNIT)


def put_on_day(
    head: ConsignmentHead,
    planned_on: date,
    work: DistributionWork,
    *,
    came_from: date | None,
) -> bool:
    """Move a locked consignment as ``move_consignment`` does; say whether it moved.

    Raises ConsignmentStateError.
    """
    _refuse_gone(head, "moved")
    if came_from not in {None, head.planned_on}:
        return False
    moved = head.moved(planned_on)
    work.consignments.move(moved)
    work.allotments.save(
        replace(each, due_on=planned_on)
        for each in work.allotments.of_consignment(head.consignment_number)
    )
    told = ConsignmentMoved(head.consignment_number, moved.moves, planned_on)
    work.announce(told)
    return True


def cancel_consignment(
    consignment_number: str, reason: str, work: DistributionWork
) -> dict[str, Any]:
    """Take a consignment back that has not left; its goods stay reserved.

    Raises UnknownConsignmentError or ConsignmentStateError.
    """
    _refuse_gone(work.consignments.locked(consignment_number), "cancelled")
    work.allotments.save(
        replace(each, consignment_number=None)
        for each in work.allotments.of_consignment(consignment_number)
    )
    work.consignments.cancel(consignment_number, reason)
    work.announce(ConsignmentCancelled(consignment_number, reason))
    return work.views.consignment(consignment_number, EVERY_UNIT)


def _refuse_gone(head: ConsignmentHead, wish: str) -> None:
    if head.state not in NOT_LEFT:
        raise ConsignmentStateError(head.consignment_number, head.state, wish)
