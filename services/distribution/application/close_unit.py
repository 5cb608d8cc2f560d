"""A unit closes: what was promised to it is free again, what it asked for ends."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from services.distribution.application.lapse_open import let_go
from services.distribution.application.ports import DistributionWork
from services.distribution.domain.allotment import Allotment, AllotmentState
from services.distribution.domain.carrying import UNIT_CLOSED
from services.distribution.domain.requisition import RequisitionState
from shared.contracts.distribution_v1 import AllocationCancelled


def close_unit(unit_code: str, work: DistributionWork) -> None:
    """Let go of everything meant for a unit that has not left the house.

    Other units keep their places on the same runs and consignments. What is on its
    way travels on: the gate records what became of it. The caller holds the row of
    the unit, so nothing is promised to it meanwhile; harmless to call again.
    """
    held = work.allotments.held_for(unit_code)
    work.allotments.save(replace(each, state=AllotmentState.CANCELLED) for each in held)
    for run_id, product_codes in _by_run(held).items():
        work.runs.cancel_lines(run_id, unit_code, product_codes)
        work.announce(
            AllocationCancelled(run_id, product_codes, UNIT_CLOSED, (unit_code,))
        )
    for head in work.requisitions.waiting_of(unit_code):
        if head.state is RequisitionState.SUBMITTED:
            work.requisitions.set_state(
                head.requisition_id, RequisitionState.CANCELLED, UNIT_CLOSED
            )
            work.count("requisition", RequisitionState.CANCELLED)
        else:
            let_go(head, UNIT_CLOSED, work)


def _by_run(held: Iterable[Allotment]) -> Mapping[UUID, tuple[str, ...]]:
    found: dict[UUID, set[str]] = {}
    for each in held:
        found.setdefault(each.run_id, set()).add(each.product_code)
    return {run_id: tuple(sorted(codes)) for run_id, codes in sorted(found.items())}
