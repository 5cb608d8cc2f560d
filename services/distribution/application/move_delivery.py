"""Requisitions of a delivery day that was taken off go with another day."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import (
    NotADeliveryDayError,
    RequisitionStateError,
    UnknownRequisitionError,
)
from services.distribution.domain.requisition import (
    RequisitionHead,
    RequisitionState,
)

_OVER = frozenset({RequisitionState.FULFILLED, RequisitionState.CANCELLED})


def move_delivery(
    facility_code: str,
    requisition_ids: Collection[UUID],
    day: date,
    work: DistributionWork,
    *,
    came_from: date | None = None,
    is_undo: bool = False,
) -> dict[str, Any]:
    """Put requisitions of a facility on another day of its calendar, all or none.

    What they ask for and by when stays. With ``came_from``, one that goes with some
    other day by now stays there: who chose it knew more. Only an undo may name a day
    that is off: they were there before. Raises UnknownFacilityError,
    NotADeliveryDayError, UnknownRequisitionError, or RequisitionStateError for one
    that is over.
    """
    work.places.facility(facility_code)
    if not is_undo and day not in work.calendars.days(facility_code, work.today()):
        raise NotADeliveryDayError(facility_code, day)
    heads = [_here(facility_code, each, work) for each in sorted(requisition_ids)]
    moved = [each for each in heads if came_from in {None, each.delivery_on}]
    for head in moved:
        work.requisitions.move_to(head.requisition_id, day)
    return {
        "facility_code": facility_code,
        "day": day.isoformat(),
        "moved": len(moved),
        "requisition_ids": [str(head.requisition_id) for head in moved],
    }


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
