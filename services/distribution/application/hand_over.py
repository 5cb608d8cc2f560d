"""Custody passes at the gate, and every unit of issue is accounted for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.distribution.application.lapse_open import let_go
from services.distribution.application.ports import DistributionWork
from services.distribution.domain.carrying import LET_GO, UNIT_CLOSED
from services.distribution.domain.consignment import (
    ConsignmentHead,
    ConsignmentState,
)
from services.distribution.domain.errors import (
    AlreadyHandedOverError,
    ConsignmentStateError,
    NotTheLastHandoverError,
    OccurredInFutureError,
    UnknownConsignmentError,
)
from services.distribution.domain.handover import (
    GateLine,
    HandOver,
    Receiver,
    check_lines,
    has_same_numbers,
    settled,
)
from services.distribution.domain.places import Scope
from services.distribution.domain.requisition import (
    LineProgress,
    RequisitionHead,
    RequisitionState,
    state_after,
)
from shared.contracts.distribution_v1 import ConsignmentHandedOver, HandoverLine
from shared.kernel.clock import local_day

AHEAD_MAX = timedelta(minutes=10)
"""How far the clock of a phone may be ahead of ours."""


def hand_over(
    seen: HandOver, work: DistributionWork, *, scope: Scope, account: str
) -> dict[str, Any]:
    """Record a handover, or one that takes the place of the last.

    The caller's scope covers every unit of the consignment, or it is as if there
    were none. Raises UnknownConsignmentError, ConsignmentStateError before
    dispatch, AlreadyHandedOverError, NotTheLastHandoverError,
    OccurredInFutureError, HandoverLinesError, DoesNotAddUpError,
    RefusalReasonMissingError, or what ``Receiver.checked`` raises.
    """
    if seen.occurred_at > work.now() + AHEAD_MAX:
        raise OccurredInFutureError(seen.occurred_at)
    number = seen.consignment_number
    head = work.consignments.locked(number)
    if not all(map(scope.covers, work.consignments.unit_codes(number))):
        raise UnknownConsignmentError(number)
    _check_order(seen, head, work)
    check_lines(seen.lines, work.consignments.dispatched(number))
    seen = replace(seen, receiver=_receiver(seen, head, work))
    allotments = work.allotments.of_consignment(number)
    day = local_day(seen.occurred_at)
    work.allotments.save(settled(seen.lines, allotments, day))
    work.consignments.note_handover(seen, recorded_by=account)
    _move_requisitions({each.requisition_id for each in allotments}, work)
    work.announce(_told(seen), occurred_at=seen.occurred_at)
    _count(seen.lines, work)
    return {
        "handover_id": str(seen.handover_id),
        **work.views.consignment(number, scope),
    }


def _check_order(seen: HandOver, head: ConsignmentHead, work: DistributionWork) -> None:
    number = head.consignment_number
    if head.state not in {ConsignmentState.IN_TRANSIT, ConsignmentState.HANDED_OVER}:
        raise ConsignmentStateError(number, head.state, "handed over")
    last = work.consignments.last_handover(number)
    if seen.corrects is None and last is not None:
        known = work.consignments.handover_lines(last)
        is_same = has_same_numbers(seen.lines, known)
        raise AlreadyHandedOverError(number, last, has_same_numbers=is_same)
    if seen.corrects is not None and seen.corrects != last:
        raise NotTheLastHandoverError(seen.corrects)


def _receiver(
    seen: HandOver, head: ConsignmentHead, work: DistributionWork
) -> Receiver:
    policy = work.gates.receiver_policy(head.facility_code)
    return seen.receiver.checked(policy, head.facility_code)


def _move_requisitions(requisition_ids: Iterable[UUID], work: DistributionWork) -> None:
    for requisition_id in sorted(requisition_ids):
        head = work.requisitions.find(requisition_id)
        if head is None:
            continue
        progress = work.requisitions.progress(requisition_id)
        if _stays_cancelled(head, progress):
            continue
        state = state_after(progress)
        if state is not head.state:
            work.requisitions.set_state(requisition_id, state)
            work.count("requisition", state)
        if work.places.unit(head.unit_code).is_closed:
            let_go(head, UNIT_CLOSED, work)


def _stays_cancelled(head: RequisitionHead, progress: Iterable[LineProgress]) -> bool:
    """Say whether a handover leaves a requisition cancelled.

    What a person took back stays so. What a rule let go of because nothing came is
    told right when a correction finds that something did.
    """
    if head.state is not RequisitionState.CANCELLED:
        return False
    return head.cancel_reason not in LET_GO or not any(x.accepted for x in progress)


def _told(seen: HandOver) -> ConsignmentHandedOver:
    return ConsignmentHandedOver(
        handover_id=seen.handover_id,
        consignment_number=seen.consignment_number,
        occurred_at=seen.occurred_at,
        corrects=seen.corrects,
        lines=tuple(
            HandoverLine(
                unit_code=line.unit_code,
                product_code=line.product_code,
                lot_id=line.lot_id,
                accepted=line.accepted,
                refused=line.refused,
                refusal_reason=line.refusal_reason,
                damaged=line.damaged,
                short=line.short,
            )
            for line in seen.lines
        ),
    )


def _count(lines: Iterable[GateLine], work: DistributionWork) -> None:
    for line in lines:
        for kind in ("refused", "damaged", "short"):
            if getattr(line, kind):
                work.count("discrepancy", kind)
