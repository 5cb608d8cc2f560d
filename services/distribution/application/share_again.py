"""Share products of a proposal out again, under other conditions or figures."""

from typing import Any

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import NotOnRunError, RunNotOpenError
from services.distribution.domain.run import Proposal, RunState


def share_also(proposal: Proposal, work: DistributionWork) -> dict[str, Any]:
    """Put products on a proposal, in place of what it says of them, if it does.

    Raises UnknownRunError or RunNotOpenError.
    """
    state, _ = work.runs.locked(proposal.run_id)
    if state is not RunState.PROPOSED:
        raise RunNotOpenError(proposal.run_id, state)
    work.runs.put_instead(proposal)
    return work.views.run(proposal.run_id)


def share_again(proposal: Proposal, work: DistributionWork) -> dict[str, Any]:
    """Put the products' new lines in place of the old ones, overrides and all.

    The conditions are kept with the run. Raises UnknownRunError, RunNotOpenError,
    or NotOnRunError for a product the run does not share out.
    """
    work.runs.locked(proposal.run_id)
    shared = {line.product_code for line in work.runs.lines(proposal.run_id)}
    for product_code in proposal.product_codes or ():
        if product_code not in shared:
            raise NotOnRunError("-", product_code)
    return share_also(proposal, work)
