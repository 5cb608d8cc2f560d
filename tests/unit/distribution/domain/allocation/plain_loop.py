"""The rule as a person would carry it out: one unit at a time, no short cut.

Slow on purpose and independent of the shipped way: no groups, no scaled marks,
fractions throughout. Where the two differ, this one is right.
"""

from collections import deque
from datetime import date
from fractions import Fraction

from services.distribution.domain.allocation import Claim, Lot, Problem


def level(claim: Claim, units: int) -> Fraction:
    return Fraction(claim.received + units) / (claim.weight * claim.entitlement)


def suits(problem: Problem, claim: Claim, lot: Lot) -> bool:
    if lot.earmark is not None and not lot.earmark & claim.groups:
        return False
    if lot.expires_on is None:
        return True
    return (lot.expires_on - problem.handover_on).days >= claim.min_days


class UnitFlow:
    """Single units from lots to claims, rerouted along augmenting paths."""

    def __init__(self, problem: Problem) -> None:
        self.free = {lot.id: lot.quantity for lot in problem.lots}
        self.flow = {
            claim.id: {lot.id: 0 for lot in problem.lots if suits(problem, claim, lot)}
            for claim in problem.claims
        }

    def give_one(self, claim_id: str) -> bool:
        came_from: dict[str, tuple[str, str]] = {}
        seen_lots: set[str] = set()
        queue = deque([claim_id])
        seen = {claim_id}
        while queue:
            taker = queue.popleft()
            for lot_id in self.flow[taker]:
                if lot_id in seen_lots:
                    continue
                seen_lots.add(lot_id)
                if self.free[lot_id]:
                    self._apply(taker, lot_id, came_from)
                    return True
                for giver, lots in self.flow.items():
                    if giver not in seen and lots.get(lot_id):
                        seen.add(giver)
                        came_from[giver] = taker, lot_id
                        queue.append(giver)
        return False

    def _apply(self, taker, lot_id, came_from) -> None:
        self.free[lot_id] -= 1
        self.flow[taker][lot_id] += 1
        while taker in came_from:
            before, shared = came_from[taker]
            self.flow[taker][shared] -= 1
            self.flow[before][shared] += 1
            taker = before


def plain_totals(problem: Problem) -> dict[str, int]:
    flow = UnitFlow(problem)
    totals = {claim.id: 0 for claim in problem.claims}
    for priority in sorted({claim.priority_class for claim in problem.claims}):
        waiting = {
            claim.id: claim
            for claim in problem.claims
            if claim.priority_class == priority and claim.cap
        }
        while waiting:
            claim = min(
                waiting.values(), key=lambda each: step_key(each, totals[each.id])
            )
            given = flow.give_one(claim.id)
            totals[claim.id] += given
            if not given or totals[claim.id] == claim.cap:
                del waiting[claim.id]
    return totals


def plain_lot_use(problem: Problem, totals: dict[str, int]) -> list[int]:
    """The most that the first, the first two, the first three... lots can serve."""
    lots = sorted(
        problem.lots,
        key=lambda lot: (
            lot.expires_on is None,
            lot.expires_on or date.min,
            lot.earmark is None,
            lot.received_on,
            lot.id,
        ),
    )
    return [_most_served(problem, lots[: end + 1], totals) for end in range(len(lots))]


def _most_served(problem: Problem, lots: list[Lot], totals: dict[str, int]) -> int:
    part = Problem(
        problem.product_code, problem.handover_on, tuple(lots), problem.claims
    )
    flow = UnitFlow(part)
    return sum(
        flow.give_one(claim) for claim, units in totals.items() for _ in range(units)
    )


def step_key(claim: Claim, units: int):
    return (
        level(claim, units),
        -level(claim, units + 1),
        claim.last_served_on or date.min,
        claim.id,
    )
