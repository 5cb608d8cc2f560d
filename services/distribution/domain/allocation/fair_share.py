"""The rule itself: from a problem to awards with lots and reasons."""

from services.distribution.domain.allocation.award import Allocation, Award
from services.distribution.domain.allocation.fair_totals import fair_totals
from services.distribution.domain.allocation.network import build_network
from services.distribution.domain.allocation.problem import Problem
from services.distribution.domain.allocation.reasons import explained
from services.distribution.domain.allocation.routing import assign_lots


def allocate(problem: Problem) -> Allocation:
    """Share the lots among the claims by the rule of docs/fairness.md.

    Exact, deterministic, and blind to the order of lots and claims. Takes
    milliseconds for a thousand claims with a few dozen kinds of conditions;
    call it outside a process that must answer others meanwhile.
    """
    network = build_network(problem)
    totals = fair_totals(network)
    lots = assign_lots(network, totals)
    awards = tuple(
        Award(claim.id, totals.get(claim.id, 0), tuple(lots.get(claim.id, ())), ())
        for claim in sorted(problem.claims, key=lambda claim: claim.id)
    )
    return Allocation(problem.product_code, explained(problem, network, awards))
