"""From what is known to the problems the allocation rule solves, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.distribution.domain.allocation import (
    Allocation,
    Award,
    Claim,
    Problem,
)
from services.distribution.domain.bands import Headcount
from services.distribution.domain.places import Facility, Unit
from services.distribution.domain.product import Product
from services.distribution.domain.quota import RuleBook, Term
from services.distribution.domain.run import Override, RunLine, UnusedLot
from services.distribution.domain.stock import RELEASED, LotCopy

ENTITLEMENT_MAX = 1_000_000_000
"""More than any unit can be due; keeps an absurd rule within what is storable."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one unit waits for of one product in the month of the hand-over.

    ``still_open`` is approved and not yet given, ``received`` the base of the
    month, ``received_before`` what came since the headcount in earlier months.
    """

    unit: Unit
    facility: Facility
    product: Product
    headcount: Headcount | None
    still_open: int
    received: int
    received_before: int
    last_served_on: date | None


@dataclass(frozen=True, slots=True)
class DueDemand:
    """A demand with what is due to it and how that was worked out."""

    demand: Demand
    entitlement: int
    basis: Mapping[str, Any]

    @property
    def is_admitted(self) -> bool:
        return self.demand.facility.admits(self.demand.product)

    def to_claim(self, *, rank: int | None = None, cap: int | None = None) -> Claim:
        """Give the claim; ``cap`` limits the request to less than what is open."""
        demand = self.demand
        open_now = demand.still_open if cap is None else min(cap, demand.still_open)
        return Claim(
            id=demand.unit.unit_code,
            entitlement=self.entitlement,
            received=demand.received,
            requested=open_now,
            weight=Fraction(1),
            priority_class=rank or demand.product.priority_class(demand.unit.groups),
            min_days=demand.product.min_days_at_dispatch,
            groups=demand.unit.groups,
            last_served_on=demand.last_served_on,
        )


def due(demand: Demand, rules: RuleBook) -> DueDemand:
    """Work out what is due: by the rules, else what a coordinator approved.

    A product that is never given away has nothing due, whatever was approved.
    """
    bands = demand.headcount.bands if demand.headcount else None
    product_code = demand.product.product_code
    found = rules.entitlement(product_code, demand.unit.kind, bands)
    if demand.product.is_never_given:
        return DueDemand(demand, 0, {"hint": "never_given"})
    if found is None:
        approved = demand.still_open + demand.received
        return DueDemand(demand, approved, {"hint": "no_rule"})
    before = demand.received_before if found.is_once else 0
    as_of = demand.headcount.as_of.isoformat() if demand.headcount else None
    basis = {
        "hint": found.hint,
        "rule_codes": list(found.rule_codes),
        "headcount_as_of": as_of,
        "terms": [shown(term) for term in found.terms],
    }
    entitlement = min(found.quantity, ENTITLEMENT_MAX)
    return DueDemand(demand, max(0, entitlement - before), basis)


def shown(term: Term) -> dict[str, Any]:
    """Write one step of the arithmetic for people, exact to the fraction."""
    return {
        "rule_code": term.rule_code,
        "band": term.band,
        "heads": term.heads,
        "per_head": str(term.per_head),
        "pieces_per_pack": term.pieces_per_pack,
        "amount": str(term.amount),
    }


def problem_of(
    demands: Sequence[DueDemand], lots: Iterable[LotCopy], handover_on: date
) -> Problem:
    """Put the problem of one product: admitted demands and free released lots."""
    return Problem(
        product_code=demands[0].demand.product.product_code,
        handover_on=handover_on,
        lots=tuple(lot.to_share() for lot in lots if lot.free),
        claims=tuple(each.to_claim() for each in demands if each.is_admitted),
    )


def overridden_problem(
    demands: Sequence[DueDemand],
    lots: Iterable[LotCopy],
    handover_on: date,
    *,
    fixed: Mapping[str, int],
    proposed: Mapping[str, int],
) -> Problem:
    """Put the problem again with some units' numbers decided by a person.

    Those are served first. Nobody else gets more than the rule proposed; who
    gets less when goods do not suffice follows the rule again.
    """
    claims = [
        _fixed_claim(each, fixed[code])
        if (code := each.demand.unit.unit_code) in fixed
        else each.to_claim(rank=2, cap=proposed[code])
        for each in demands
        if each.is_admitted
    ]
    problem = problem_of(demands, lots, handover_on)
    return Problem(problem.product_code, handover_on, problem.lots, tuple(claims))


def _fixed_claim(due_demand: DueDemand, quantity: int) -> Claim:
    plain = due_demand.to_claim()
    return Claim(
        id=plain.id,
        entitlement=quantity,
        received=0,
        requested=quantity,
        weight=plain.weight,
        priority_class=1,
        min_days=plain.min_days,
        groups=plain.groups,
        last_served_on=plain.last_served_on,
    )


def lines_of(
    demands: Sequence[DueDemand], allocation: Allocation | None
) -> list[RunLine]:
    """Turn the awards of one product into the lines of a run, zero included."""
    awards = {award.claim: award for award in allocation.awards} if allocation else {}
    return [_line(each, awards.get(each.demand.unit.unit_code)) for each in demands]


def _line(each: DueDemand, award: Award | None) -> RunLine:
    quantity = award.quantity if award else 0
    return RunLine(
        unit_code=each.demand.unit.unit_code,
        product_code=each.demand.product.product_code,
        entitlement=each.entitlement,
        already_received=each.demand.received,
        requested=each.demand.still_open,
        proposed=quantity,
        quantity=quantity,
        lots=lots_of(award) if award else {},
        reasons=reasons_of(award) if award else (_not_admitted(each),),
        basis=each.basis,
    )


def lots_of(award: Award) -> dict[UUID, int]:
    """Say how much of each lot an award takes."""
    return {UUID(share.lot): share.quantity for share in award.lots}


def reasons_of(award: Award) -> tuple[dict[str, Any], ...]:
    """Write the reasons of an award as they are stored and shown."""
    return tuple({"code": str(each.code), **each.facts} for each in award.reasons)


def _not_admitted(each: DueDemand) -> dict[str, Any]:
    return {"code": "NOT_ADMITTED", "facility_code": each.demand.facility.facility_code}


def override_reason(override: Override, proposed: int) -> dict[str, Any]:
    """Write down that a person decided, what the rule had said, and why."""
    return {"code": "OVERRIDE", "proposed": proposed, "reason": override.reason}


def unused_lots(
    problem: Problem | None, allocation: Allocation | None, lots: Iterable[LotCopy]
) -> tuple[UnusedLot, ...]:
    """Say what stock of a product is not used, and why not."""
    used: dict[str, int] = {}
    for award in allocation.awards if allocation else ():
        for share in award.lots:
            used[share.lot] = used.get(share.lot, 0) + share.quantity
    found = (_unused(problem, lot, used.get(str(lot.lot_id), 0)) for lot in lots)
    return tuple(each for each in found if each.quantity)


def _unused(problem: Problem | None, lot: LotCopy, used: int) -> UnusedLot:
    """Give the quantity left in the house, and the first reason that keeps it."""
    quantity = lot.in_stock - used
    if lot.lot_status != RELEASED:
        return UnusedLot(lot.lot_id, lot.lot_number, quantity, lot.lot_status)
    if not lot.free:
        return UnusedLot(lot.lot_id, lot.lot_number, quantity, "promised")
    quantity = lot.free - used
    reason = _unsuitable(problem, lot) if problem and not used else "not_needed"
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
