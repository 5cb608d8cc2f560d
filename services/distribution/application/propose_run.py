"""Work out who should get what, and keep it as a proposal.

Three steps, so that no write transaction waits for arithmetic: gather what is
known, share it out, keep the result. What changes meanwhile is found when the
run is approved.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork, Planning
from services.distribution.domain.allocation import Allocation, Problem
from services.distribution.domain.conditions import PLAIN, Conditions
from services.distribution.domain.planning import (
    DueDemand,
    lines_of,
    problem_of,
)
from services.distribution.domain.run import Proposal, RunLine, UnusedLot
from services.distribution.domain.stock import LotCopy
from services.distribution.domain.unused import unused_lots

ShareOut = Callable[[Sequence[Problem]], Sequence[Allocation]]
"""Solves problems in order; it may take another process to do so."""


@dataclass(frozen=True, slots=True)
class RunWish:
    """Which products to share for which hand-over day; None means all.

    ``conditions`` go before what policy keeps back of a product.
    """

    run_id: UUID
    handover_on: date
    product_codes: tuple[str, ...] | None = None
    conditions: Mapping[str, Conditions] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """Demands, lots and conditions by product, as of one moment."""

    demands: Mapping[str, Sequence[DueDemand]]
    lots: Mapping[str, Sequence[LotCopy]]
    conditions: Mapping[str, Conditions]


def gather(wish: RunWish, planning: Planning) -> Known:
    """Read what the run starts from."""
    demands = planning.demands(wish.handover_on, wish.product_codes)
    policy = {
        product_code: Conditions(reserve=reserve)
        for product_code, reserve in planning.reserves(wish.handover_on).items()
    }
    return Known(demands, planning.lots(demands.keys()), {**policy, **wish.conditions})


def work_out(wish: RunWish, known: Known, share_out: ShareOut) -> Proposal:
    """Apply the rule to every product, each on its own."""
    set_for = {code: known.conditions.get(code, PLAIN) for code in known.demands}
    problems = {
        code: problem_of(
            demands, known.lots.get(code, ()), wish.handover_on, set_for[code]
        )
        for code, demands in known.demands.items()
    }
    solved = share_out(list(problems.values()))
    lines: list[RunLine] = []
    unused: dict[str, tuple[UnusedLot, ...]] = {}
    for (code, problem), allocation in zip(problems.items(), solved, strict=True):
        lots = known.lots.get(code, ())
        lines.extend(lines_of(known.demands[code], lots, allocation, set_for[code]))
        unused[code] = unused_lots(problem, allocation, lots, set_for[code])
    return Proposal(
        wish.run_id,
        wish.handover_on,
        wish.product_codes,
        lines=tuple(lines),
        unused=unused,
        conditions=set_for,
    )


def check_products(product_codes: Collection[str], work: DistributionWork) -> None:
    """Refuse a run over products nobody knows; raises UnknownProductError."""
    for product_code in product_codes:
        work.stock.product(product_code)


def propose_run(
    proposal: Proposal, work: DistributionWork, *, account: str
) -> dict[str, Any]:
    """Keep a proposal; nothing is promised to anybody yet."""
    check_products(proposal.product_codes or (), work)
    work.runs.add(proposal, account)
    return work.views.run(proposal.run_id)
