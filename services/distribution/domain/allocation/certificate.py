"""A cheap proof that an allocation is as fair as it can be.

It shares no step with the way the allocation was found: it checks the rules
line by line and then that no claim can get one more unit, and that no move of
one unit from one claim to another improves the sorted pair of their levels.
That holds for the optimal allocations and for no others (docs/fairness.md).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from services.distribution.domain.allocation.award import Award
from services.distribution.domain.allocation.exchange import ClassView, view_by_class
from services.distribution.domain.allocation.ladder import Ladder
from services.distribution.domain.allocation.network import bits, build_network
from services.distribution.domain.allocation.problem import Claim, Lot, Problem


def is_optimal(problem: Problem, awards: Sequence[Award]) -> bool:
    """Whether these awards keep every rule and no fairer ones exist.

    True for every tie-break and every routing; an award changed by hand makes
    it False unless the change moved a unit between claims that are level.
    """
    if not keeps_the_rules(problem, awards):
        return False
    network = build_network(problem)
    return all(_class_is_fair(view) for view in view_by_class(network, awards))


def keeps_the_rules(problem: Problem, awards: Sequence[Award]) -> bool:
    """One award per claim, none above its cap, each line a lot that suits it.

    No lot gives more than it holds, and the lots of an award add up to it.
    """
    if Counter(award.claim for award in awards) != Counter(
        c.id for c in problem.claims
    ):
        return False
    claims = {claim.id: claim for claim in problem.claims}
    lots = {lot.id: lot for lot in problem.lots}
    used: Counter[str] = Counter()
    for award in awards:
        if not _suits(problem, claims[award.claim], award, lots):
            return False
        for share in award.lots:
            used[share.lot] += share.quantity
    return all(units <= lots[lot].quantity for lot, units in used.items())


def _suits(
    problem: Problem, claim: Claim, award: Award, lots: Mapping[str, Lot]
) -> bool:
    return (
        award.quantity == sum(share.quantity for share in award.lots) <= claim.cap
        and all(share.quantity > 0 and share.lot in lots for share in award.lots)
        and all(
            claim.accepts(lots[share.lot], problem.handover_on) for share in award.lots
        )
    )


def _class_is_fair(view: ClassView) -> bool:
    """No claim of the class could gain, alone or at the cost of a richer one."""
    last = [_last_step(view, ladders) for ladders in view.wanting]
    for group, ladders in enumerate(view.wanting):
        coming = _next_step(view, ladders)
        if coming is None:
            continue
        if view.exchange.could_gain(group):
            return False
        taken = [last[giver] for giver in bits(view.exchange.givers(group))]
        if any(step is not None and step > coming for step in taken):
            return False
    return True


def _last_step(view: ClassView, ladders: Iterable[Ladder]) -> tuple[int, int] | None:
    """Find the highest step on which a unit of these claims was given."""
    return max(
        (each.key(view.units(each))[:2] for each in ladders if view.units(each)),
        default=None,
    )


def _next_step(view: ClassView, ladders: Iterable[Ladder]) -> tuple[int, int] | None:
    """Find the lowest step that waits for a unit among these claims."""
    return min(
        (
            each.key(view.units(each) + 1)[:2]
            for each in ladders
            if view.units(each) < each.cap
        ),
        default=None,
    )
