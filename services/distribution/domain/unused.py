"""Stock that a run does not give, and the first reason that keeps it."""

from collections.abc import Sequence

from services.distribution.domain.allocation import Allocation, Problem
from services.distribution.domain.conditions import (
    PLAIN,
    Conditions,
    kept_back,
    without,
)
from services.distribution.domain.run import UnusedLot
from services.distribution.domain.stock import RELEASED, LotCopy

REASONS_TO_STAY = frozenset({"reserve", "not_needed", "shelf_life", "earmark"})
"""Why free stock is not given; all other reasons say that it is not free."""


def unused_lots(
    problem: Problem,
    allocation: Allocation,
    lots: Sequence[LotCopy],
    conditions: Conditions = PLAIN,
) -> tuple[UnusedLot, ...]:
    """Say what stock of a product is not used, and why not."""
    used: dict[str, int] = {}
    for award in allocation.awards:
        for share in award.lots:
            used[share.lot] = used.get(share.lot, 0) + share.quantity
    kept = kept_back(lots, conditions.reserve)
    reserved = [
        UnusedLot(lot.lot_id, lot.lot_number, kept[lot.lot_id], "reserve")
        for lot in lots
        if lot.lot_id in kept
    ]
    rest = (
        _unused(problem, lot, used.get(str(lot.lot_id), 0))
        for lot in without(lots, kept)
        if lot.free or lot.lot_id not in kept
    )
    return (*reserved, *(each for each in rest if each.quantity))


def _unused(problem: Problem, lot: LotCopy, used: int) -> UnusedLot:
    """Give the quantity left in the house, and the first reason that keeps it."""
    quantity = lot.in_stock - used
    if lot.lot_status != RELEASED:
        return UnusedLot(lot.lot_id, lot.lot_number, quantity, lot.lot_status)
    if not lot.free:
        return UnusedLot(lot.lot_id, lot.lot_number, quantity, "promised")
    quantity = lot.free - used
    reason = "not_needed" if used else _unsuitable(problem, lot)
    return UnusedLot(lot.lot_id, lot.lot_number, quantity, reason)


def _unsuitable(problem: Problem, lot: LotCopy) -> str:
    shared = lot.to_share()
    days = shared.days_left(problem.handover_on)
    if days is not None and days < 0:
        return "expired"
    if any(claim.accepts(shared, problem.handover_on) for claim in problem.claims):
        return "not_needed"
    if days is not None and all(days < claim.min_days for claim in problem.claims):
        return "shelf_life"
    return "earmark"
