"""What hangs on a delivery day that was taken off goes with another day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.distribution.application.plan_consignment import put_on_day
from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import (
    NotADeliveryDayError,
    RequisitionStateError,
    UnknownConsignmentError,
    UnknownRequisitionError,
)
from services.distribution.domain.requisition import (
    RequisitionHead,
    RequisitionState,
)

_OVER = frozenset({RequisitionState.FULFILLED, RequisitionState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Hanging:
    """Requisitions for a day, and consignments that are planned for it."""

    requisition_ids: Collection[UUID] = ()
    consignment_numbers: Collection[str] = ()


def move_delivery(
    facility_code: str,
    hanging: Hanging,
    day: date,
    work: DistributionWork,
    *,
    came_from: date | None = None,
    is_undo: bool = False,
) -> dict[str, Any]:
    """Put what hangs on a day on another one of the calendar, all or none.

    What requisitions ask for and by when stays. With ``came_from``, what goes with
    some other day by now stays there: who chose it knew more. Only an undo may name
    a day that is off: they were there before. Raises UnknownFacilityError,
    NotADeliveryDayError, UnknownConsignmentError, ConsignmentStateError for one that
    has left, UnknownRequisitionError, or RequisitionStateError for one that is over.
    """
    work.places.facility(facility_code)
    if not is_undo and day not in work.calendars.days(facility_code, work.today()):
        raise NotADeliveryDayError(facility_code, day)
    numbers = _move_consignments(
        facility_code, hanging.consignment_numbers, day, work, came_from=came_from
    )
    ids = sorted(hanging.requisition_ids)
    heads = [_here(facility_code, each, work) for each in ids]
    moved = [each for each in heads if came_from in {None, each.delivery_on}]
    for head in moved:
        work.requisitions.move_to(head.requisition_id, day)
    return {
        "facility_code": facility_code,
        "day": day.isoformat(),
        "moved": len(moved),
        "requisition_ids": [str(head.requisition_id) for head in moved],
        "consignment_numbers": numbers,
    }


def _move_consignments(
    facility_code: str,
    numbers: Collection[str],
    day: date,
    work: DistributionWork,
    *,
    came_from: date | None,
) -> list[str]:
    """Move those of the facility, in order; name those that went on another day."""
    moved = []
    for number in sorted(numbers):
        head = work.consignments.locked(number)
        if head.facility_code != facility_code:
            raise UnknownConsignmentError(number)
        if put_on_day(head, day, work, came_from=came_from):
            moved.append(number)
    return moved


def _here(
    facility_code: str, requisition_id: UUID, work: DistributionWork
) -> RequisitionHead:
    """Give a requisition of the facility that is not over."""
    head = work.requisitions.find(requisition_id)
    if head is None or work.places.unit(head.unit_code).facility_code != facility_code:
        raise UnknownRequisitionError(requisition_id)
    if head.state in _OVER:
        raise RequisitionStateError(requisition_id, head.state, "moved")
    return head
