"""From what is known to the problems the allocation rule solves, and back."""

from collections.abc import Mapping, Sequence
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
from services.distribution.domain.conditions import (
    PLAIN,
    Conditions,
    kept_back,
    without,
)
from services.distribution.domain.places import Facility, Unit
from services.distribution.domain.product import Product
from services.distribution.domain.quota import RuleBook, Term
from services.distribution.domain.run import Override, RunLine
from services.distribution.domain.stock import LotCopy
from services.distribution.domain.why import (
    Facts,
    HeldBack,
    by_rule,
    held_back,
    not_admitted,
    set_by_hand,
)

_BEHIND_DECISIONS = 1
"""Numbers decided by a person are a class of their own, before all others."""

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

    @property
    def rank(self) -> int:
        """The class of the rule: 1 is served as well as possible before 2."""
        return self.demand.product.priority_class(self.demand.unit.groups)

    def to_claim(
        self,
        *,
        rank: int | None = None,
        cap: int | None = None,
        weight: Fraction = Fraction(1),
    ) -> Claim:
        """Give the claim; ``cap`` limits the request to less than what is open."""
        demand = self.demand
        open_now = demand.still_open if cap is None else min(cap, demand.still_open)
        return Claim(
            id=demand.unit.unit_code,
            entitlement=self.entitlement,
            received=demand.received,
            requested=open_now,
            weight=weight,
            priority_class=rank or self.rank,
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
    share = term.state_supplied_percent
    return {
        **({"state_supplied_percent": share} if share else {}),
        "rule_code": term.rule_code,
        "band": term.band,
        "heads": term.heads,
        "per_head": str(term.per_head),
        "pieces_per_pack": term.pieces_per_pack,
        "amount": str(term.amount),
    }


def problem_of(
    demands: Sequence[DueDemand],
    lots: Sequence[LotCopy],
    handover_on: date,
    conditions: Conditions = PLAIN,
) -> Problem:
    """Put the problem of one product: admitted demands and free released lots."""
    usable = without(lots, kept_back(lots, conditions.reserve))
    return Problem(
        product_code=demands[0].demand.product.product_code,
        handover_on=handover_on,
        lots=tuple(lot.to_share() for lot in usable if lot.free),
        claims=tuple(_claim(each, conditions) for each in demands if each.is_admitted),
    )


def _claim(each: DueDemand, conditions: Conditions) -> Claim:
    unit_code = each.demand.unit.unit_code
    return each.to_claim(
        cap=conditions.caps.get(unit_code), weight=conditions.weight_of(unit_code)
    )


def overridden_problem(
    demands: Sequence[DueDemand],
    lots: Sequence[LotCopy],
    handover_on: date,
    *,
    fixed: Mapping[str, int],
    proposed: Mapping[str, int],
    conditions: Conditions = PLAIN,
) -> Problem:
    """Put the problem again with some units' numbers decided by a person.

    Those are served first, but not from the reserve. Nobody else gets more than
    the rule proposed; who gets less when goods do not suffice follows the rule
    again, its classes included.
    """
    claims = [
        _fixed_claim(each, fixed[code])
        if (code := each.demand.unit.unit_code) in fixed
        else each.to_claim(
            rank=_BEHIND_DECISIONS + each.rank,
            cap=proposed[code],
            weight=conditions.weight_of(code),
        )
        for each in demands
        if each.is_admitted
    ]
    problem = problem_of(demands, lots, handover_on, conditions)
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
    demands: Sequence[DueDemand],
    lots: Sequence[LotCopy],
    allocation: Allocation,
    conditions: Conditions = PLAIN,
) -> list[RunLine]:
    """Turn the awards of one product into the lines of a run, zero included."""
    awards = {award.claim: award for award in allocation.awards}
    held = held_back(demands[0].demand.product, lots, conditions)
    return [
        _line(each, awards.get(each.demand.unit.unit_code), conditions, held)
        for each in demands
    ]


def _line(
    each: DueDemand, award: Award | None, conditions: Conditions, held: HeldBack
) -> RunLine:
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
        reasons=_reasons(each, award, conditions, held),
        basis=each.basis,
    )


def _reasons(
    each: DueDemand, award: Award | None, conditions: Conditions, held: HeldBack
) -> tuple[Facts, ...]:
    """Say first what a coordinator set for a unit before the rule ran.

    Where a cap was set and reached, the rule has nothing to add: it believes
    that the unit asked for no more.
    """
    if award is None:
        return (not_admitted(each.demand.facility, each.demand.product),)
    unit_code, still_open = each.demand.unit.unit_code, each.demand.still_open
    by_hand = set_by_hand(unit_code, still_open, conditions)
    cap = conditions.caps.get(unit_code, still_open)
    if award.quantity == cap < still_open:
        return by_hand
    is_short = award.quantity < min(cap, each.entitlement - each.demand.received)
    return (*by_hand, *by_rule(award), *(held.reasons() if is_short else ()))


def lots_of(award: Award) -> dict[UUID, int]:
    """Say how much of each lot an award takes."""
    return {UUID(share.lot): share.quantity for share in award.lots}


def override_reason(override: Override, proposed: int) -> dict[str, Any]:
    """Write down that a person decided, what the rule had said, and why.

    Units read it, so the note, which may name another unit, is no part of it.
    """
    return {"code": "OVERRIDE", "proposed": proposed, "reason": override.reason}
