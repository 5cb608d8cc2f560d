"""A run is called off; whatever it still holds is free again."""

from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.allotment import VOID, AllotmentState
from services.distribution.domain.errors import (
    RunNotOpenError,
    RunOnConsignmentError,
)
from services.distribution.domain.run import RunState
from shared.contracts.distribution_v1 import AllocationCancelled


def cancel_run(run_id: UUID, reason: str, work: DistributionWork) -> dict[str, Any]:
    """Give up a proposal, or release what an approved run has promised.

    Raises RunNotOpenError for a run that is cancelled already, and
    RunOnConsignmentError when some of it is on a consignment.
    """
    state, _ = work.runs.locked(run_id)
    if state is RunState.CANCELLED:
        raise RunNotOpenError(run_id, state)
    for each in work.allotments.of_run(run_id):
        if each.consignment_number is not None and each.state not in VOID:
            raise RunOnConsignmentError(run_id, each.consignment_number)
    work.allotments.set_state(run_id, None, AllotmentState.CANCELLED)
    work.runs.cancel(run_id, reason)
    if state is not RunState.PROPOSED:
        work.announce(AllocationCancelled(run_id, None, reason))
    return work.views.run(run_id)
