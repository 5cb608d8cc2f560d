"""A coordinator offers something else where a proposal falls short."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.application.propose_run import (
    RunWish,
    gather,
    work_out,
)
from services.distribution.application.share_again import share_also
from services.distribution.application.substitute import Substitution, substitute
from services.distribution.domain.allocation import Allocation, Problem, allocate
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.errors import (
    NotOnRunError,
    NotSubstitutableError,
    RunNotOpenError,
)
from services.distribution.domain.run import RunState


@dataclass(frozen=True, slots=True)
class Offer:
    """So much of another product for what a run leaves open for one unit, and why."""

    run_id: UUID
    unit_code: str
    product_code: str
    substitute_code: str
    quantity: int
    reason: str


def offer_substitute(offer: Offer, work: DistributionWork) -> dict[str, Any]:
    """Close what the proposal leaves open, and share the substitute out in the run.

    What the run gives of the first stays asked for. The shortage is taken to fall on
    the requisition needed last, as goods go to the most urgent first; of several
    requisitions, that one alone is changed. Raises UnknownRunError, RunNotOpenError,
    NotOnRunError, NotSubstitutableError, or what ``substitute`` raises.
    """
    state, handover_on = work.runs.locked(offer.run_id)
    if state is not RunState.PROPOSED:
        raise RunNotOpenError(offer.run_id, state)
    given = _given(offer, work)
    waiting = [
        line
        for line in work.requisitions.locked_open_lines([offer.unit_code])
        if line.product_code == offer.product_code and line.still_open
    ]
    short = sum(line.still_open for line in waiting) - given
    if short <= 0:
        why = "the run gives all that is open of it."
        raise NotSubstitutableError(offer.product_code, offer.substitute_code, why)
    last = waiting[-1]
    wish = Substitution(
        last.requisition_id,
        offer.product_code,
        offer.substitute_code,
        offer.quantity,
        offer.reason,
        in_place_of=min(short, last.still_open),
    )
    answer = substitute(wish, work)
    also = RunWish(
        offer.run_id,
        handover_on,
        (offer.substitute_code,),
        conditions=_kept(offer, work),
    )
    share_also(work_out(also, gather(also, work.planning), _share_out), work)
    return answer


def _share_out(problems: Sequence[Problem]) -> Sequence[Allocation]:
    """Solve the one product here: the offer and its proposal stand or fall as one."""
    return [allocate(problem) for problem in problems]


def _kept(offer: Offer, work: DistributionWork) -> Mapping[str, Conditions]:
    """Keep what was set for the substitute, if the run shares it out already."""
    code = offer.substitute_code
    if all(line.product_code != code for line in work.runs.lines(offer.run_id)):
        return {}
    return {code: work.runs.conditions(offer.run_id, code)}


def _given(offer: Offer, work: DistributionWork) -> int:
    for line in work.runs.lines(offer.run_id):
        if (line.unit_code, line.product_code) == (offer.unit_code, offer.product_code):
            return line.quantity
    raise NotOnRunError(offer.unit_code, offer.product_code)
