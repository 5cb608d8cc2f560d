"""Share one product of a proposal out again, under other conditions."""

from typing import Any

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import NotOnRunError, RunNotOpenError
from services.distribution.domain.run import Proposal, RunState


def share_again(
    proposal: Proposal, product_code: str, work: DistributionWork
) -> dict[str, Any]:
    """Put the product's new lines in place of the old ones, overrides and all.

    The conditions are kept with the run. Raises UnknownRunError, RunNotOpenError,
    or NotOnRunError for a product the run does not share out.
    """
    state, _ = work.runs.locked(proposal.run_id)
    if state is not RunState.PROPOSED:
        raise RunNotOpenError(proposal.run_id, state)
    shared = {line.product_code for line in work.runs.lines(proposal.run_id)}
    if product_code not in shared:
        raise NotOnRunError("-", product_code)
    work.runs.put_instead(proposal, product_code)
    return work.views.run(proposal.run_id)
