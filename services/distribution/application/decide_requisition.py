"""A coordinator approves a requisition, or somebody takes it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import (
    NothingApprovedError,
    NotOnRequisitionError,
    QuantityOutOfRangeError,
    RequisitionInUseError,
    RequisitionStateError,
    UnknownRequisitionError,
)
from services.distribution.domain.places import EVERY_UNIT, Scope
from services.distribution.domain.requisition import (
    QUANTITY_MAX,
    RequisitionHead,
    RequisitionState,
)
from shared.contracts.distribution_v1 import RequisitionApproved, RequisitionLine


def approve_requisition(
    requisition_id: UUID,
    approved: Mapping[str, int],
    work: DistributionWork,
    *,
    account: str,
    because: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Make a submitted requisition a claim on the next allocation.

    Lines that are not named are approved as requested; ``because`` says by
    product, in a code, why another number is approved. Raises
    UnknownRequisitionError, RequisitionStateError, NotOnRequisitionError,
    QuantityOutOfRangeError or NothingApprovedError.
    """
    head = _found(requisition_id, EVERY_UNIT, work)
    if head.state is not RequisitionState.SUBMITTED:
        raise RequisitionStateError(requisition_id, head.state, "approved")
    quantities = _decided(work.requisitions.requested(requisition_id), approved)
    work.requisitions.approve(requisition_id, quantities, account, because or {})
    work.announce(
        RequisitionApproved(
            requisition_id=requisition_id,
            unit_code=head.unit_code,
            needed_by=head.needed_by,
            lines=tuple(
                RequisitionLine(product_code, quantity)
                for product_code, quantity in sorted(quantities.items())
            ),
        )
    )
    work.count("requisition", RequisitionState.APPROVED)
    return work.views.requisition(requisition_id, EVERY_UNIT)


def _decided(
    requested: Mapping[str, int], approved: Mapping[str, int]
) -> dict[str, int]:
    for product_code, quantity in approved.items():
        if product_code not in requested:
            raise NotOnRequisitionError(product_code)
        if not 0 <= quantity <= QUANTITY_MAX:
            raise QuantityOutOfRangeError(product_code, 0, QUANTITY_MAX)
    quantities = {**requested, **approved}
    if not any(quantities.values()):
        raise NothingApprovedError
    return quantities


def cancel_requisition(
    requisition_id: UUID, reason: str, work: DistributionWork, *, scope: Scope
) -> dict[str, Any]:
    """Take a requisition back; what was already handed over stays handed over.

    Raises UnknownRequisitionError, RequisitionStateError when it is fulfilled or
    cancelled, RequisitionInUseError while goods are promised or on their way.
    """
    head = _found(requisition_id, scope, work)
    if head.state in {RequisitionState.FULFILLED, RequisitionState.CANCELLED}:
        raise RequisitionStateError(requisition_id, head.state, "cancelled")
    if any(line.underway for line in work.requisitions.progress(requisition_id)):
        raise RequisitionInUseError(requisition_id)
    work.requisitions.set_state(requisition_id, RequisitionState.CANCELLED, reason)
    work.count("requisition", RequisitionState.CANCELLED)
    return work.views.requisition(requisition_id, scope)


def _found(
    requisition_id: UUID, scope: Scope, work: DistributionWork
) -> RequisitionHead:
    head = work.requisitions.find(requisition_id)
    if head is None or not scope.covers(head.unit_code):
        raise UnknownRequisitionError(requisition_id)
    return head
