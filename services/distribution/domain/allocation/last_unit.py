"""Who was passed over by the tie-break alone, and by which of its rules.

Rules, in order: T1 the unit goes where it raises the share more; T2 to who has
waited longest; T3 by unit code, so that the answer is the same every time.
"""

from collections.abc import Iterable

from services.distribution.domain.allocation.award import Award
from services.distribution.domain.allocation.exchange import ClassView, view_by_class
from services.distribution.domain.allocation.ladder import Ladder, StepKey
from services.distribution.domain.allocation.network import Network, bits


def last_units(network: Network, awards: Iterable[Award]) -> dict[str, str]:
    """Name the deciding rule per claim that lost a unit to an equal.

    Such a claim is short, and some claim that it could take a unit from got
    its last one when it stood on the very level where this one stands.
    """
    rules: dict[str, str] = {}
    for view in view_by_class(network, awards):
        winners: dict[int, dict[int, Ladder]] = {}
        for group, ladders in enumerate(view.wanting):
            givers = view.exchange.givers(group)
            if givers not in winners:
                winners[givers] = _winners(view, givers)
            for loser in ladders:
                winner = winners[givers].get(loser.mark(view.units(loser)))
                if winner and view.units(loser) < loser.cap:
                    rules[loser.claim.id] = _rule(view, winner, loser)
    return rules


def _winners(view: ClassView, givers: int) -> dict[int, Ladder]:
    """Per level, the claim that was the last to get a unit from there."""
    best: dict[int, tuple[StepKey, Ladder]] = {}
    for group in bits(givers):
        for ladder in view.wanting[group]:
            if view.units(ladder):
                key = ladder.key(view.units(ladder))
                if key[0] not in best or best[key[0]][0] < key:
                    best[key[0]] = key, ladder
    return {mark: ladder for mark, (_, ladder) in best.items()}


def _rule(view: ClassView, winner: Ladder, loser: Ladder) -> str:
    if winner.mark(view.units(winner)) != loser.mark(view.units(loser) + 1):
        return "T1"
    if winner.claim.last_served_on != loser.claim.last_served_on:
        return "T2"
    return "T3"
