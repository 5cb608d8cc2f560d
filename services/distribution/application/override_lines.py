"""A coordinator's numbers in place of the rule's, each with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.allocation import Award, allocate
from services.distribution.domain.comparison import consequences
from services.distribution.domain.conditions import Conditions
from services.distribution.domain.errors import (
    DuplicateLineError,
    MoreThanOpenError,
    NeverGivenError,
    NotAdmittedError,
    NotEnoughFreeError,
    NotOnRunError,
    RunNotOpenError,
)
from services.distribution.domain.planning import (
    DueDemand,
    lots_of,
    overridden_problem,
    override_reason,
)
from services.distribution.domain.run import (
    Override,
    RunLine,
    RunState,
    decided,
    displaced,
)


def override_lines(
    run_id: UUID, overrides: Sequence[Override], work: DistributionWork
) -> dict[str, Any]:
    """Set lines of a proposal; the rule's own number stays beside each.

    More than is due may be given, never more than is approved. Where goods do
    not suffice, other units of the run get less by the rule; nobody else gets
    more. The answer says whose number changed. Raises RunNotOpenError,
    NotOnRunError, MoreThanOpenError, NotAdmittedError, NeverGivenError, or
    NotEnoughFreeError with what is free.
    """
    state, handover_on = work.runs.locked(run_id)
    if state is not RunState.PROPOSED:
        raise RunNotOpenError(run_id, state)
    lines = work.runs.lines(run_id)
    new: list[RunLine] = []
    for product_code, wishes in _by_product(overrides).items():
        mine = {each.unit_code: each for each in lines if _is_of(each, product_code)}
        for unit_code in wishes:
            if unit_code not in mine:
                raise NotOnRunError(unit_code, product_code)
        conditions = work.runs.conditions(run_id, product_code)
        product = _Product(product_code, handover_on, conditions)
        new.extend(_decided(product, mine, wishes, work))
    work.runs.save_lines(run_id, new)
    follows = [each.as_json() for each in consequences(lines, new)]
    return {**work.views.run(run_id), "consequences": follows}


def _is_of(line: RunLine, product_code: str) -> bool:
    return line.product_code == product_code


def _by_product(overrides: Sequence[Override]) -> dict[str, dict[str, Override]]:
    found: dict[str, dict[str, Override]] = {}
    for each in overrides:
        wishes = found.setdefault(each.product_code, {})
        if each.unit_code in wishes:
            raise DuplicateLineError(f"{each.product_code} for {each.unit_code}")
        wishes[each.unit_code] = each
    return found


@dataclass(frozen=True, slots=True)
class _Product:
    """One product of a run, for its day and under its conditions."""

    product_code: str
    handover_on: date
    conditions: Conditions


def _decided(
    product: _Product,
    lines: Mapping[str, RunLine],
    wishes: Mapping[str, Override],
    work: DistributionWork,
) -> list[RunLine]:
    """Route one product again, with every override so far; give what changed.

    A line nobody waits for any more, or that no gate admits, takes no lots.
    """
    product_code, handover_on = product.product_code, product.handover_on
    found = work.planning.demands(handover_on, [product_code], list(lines))
    demands = {each.demand.unit.unit_code: each for each in found.get(product_code, ())}
    for wish in wishes.values():
        _check(wish, demands.get(wish.unit_code))
    fixed = {c: line.quantity for c, line in lines.items() if line.override_reason}
    fixed |= {code: wish.quantity for code, wish in wishes.items()}
    awards: dict[str, Award] = {}
    if demands:
        problem = overridden_problem(
            list(demands.values()),
            work.planning.lots([product_code]).get(product_code, ()),
            handover_on,
            fixed=fixed,
            proposed={code: line.proposed for code, line in lines.items()},
            conditions=product.conditions,
        )
        awards = {award.claim: award for award in allocate(problem).awards}
    _check_free(product_code, fixed, awards)
    new = {
        code: _line(lines[code], wishes.get(code), awards.get(code))
        for code in sorted({*awards, *wishes})
    }
    return [line for code, line in new.items() if line != lines[code]]


def _check_free(
    product_code: str, fixed: Mapping[str, int], awards: Mapping[str, Award]
) -> None:
    for code, award in awards.items():
        asked = fixed.get(code, 0)
        if award.quantity < asked:
            raise NotEnoughFreeError(
                code, product_code, asked=asked, free=award.quantity
            )


def _line(line: RunLine, wish: Override | None, award: Award | None) -> RunLine:
    """Give a line its new number, or only new lots where it was decided before."""
    lots = lots_of(award) if award else {}
    if wish:
        return decided(line, wish, lots, override_reason(wish, line.proposed))
    if award is None or line.override_reason or award.quantity == line.quantity:
        return replace(line, lots=lots)
    return displaced(line, award.quantity, lots)


def _check(wish: Override, due: DueDemand | None) -> None:
    """Refuse what no reason can justify; giving nothing is always possible."""
    if not wish.quantity:
        return
    still_open = due.demand.still_open if due else 0
    if due and due.basis["hint"] == "never_given":
        raise NeverGivenError(wish.product_code)
    if due and not due.is_admitted:
        raise NotAdmittedError(due.demand.facility.facility_code, wish.product_code)
    if wish.quantity > still_open:
        raise MoreThanOpenError(
            wish.unit_code,
            wish.product_code,
            asked=wish.quantity,
            still_open=still_open,
        )
