"""Work out who should get what, and keep it as a proposal.

Three steps, so that no write transaction waits for arithmetic: gather what is
known, share it out, keep the result. What changes meanwhile is found when the
run is approved.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork, Planning
from services.distribution.domain.allocation import Allocation, Problem
from services.distribution.domain.planning import (
    DueDemand,
    lines_of,
    problem_of,
    unused_lots,
)
from services.distribution.domain.run import Proposal, RunLine, UnusedLot
from services.distribution.domain.stock import LotCopy

ShareOut = Callable[[Sequence[Problem]], Sequence[Allocation]]
"""Solves problems in order; it may take another process to do so."""


@dataclass(frozen=True, slots=True)
class RunWish:
    """Which products to share for which hand-over day; None means all."""

    run_id: UUID
    handover_on: date
    product_codes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Demands and lots by product, as of one moment."""

    demands: Mapping[str, Sequence[DueDemand]]
    lots: Mapping[str, Sequence[LotCopy]]


def gather(wish: RunWish, planning: Planning) -> Known:
    """Read what the run starts from."""
    demands = planning.demands(wish.handover_on, wish.product_codes)
    return Known(demands, planning.lots(demands.keys()))


def work_out(wish: RunWish, known: Known, share_out: ShareOut) -> Proposal:
    """Apply the rule to every product, each on its own."""
    problems = {
        product_code: problem_of(
            demands, known.lots.get(product_code, ()), wish.handover_on
        )
        for product_code, demands in known.demands.items()
    }
    solved = share_out(list(problems.values()))
    lines: list[RunLine] = []
    unused: dict[str, tuple[UnusedLot, ...]] = {}
    for (product_code, problem), allocation in zip(
        problems.items(), solved, strict=True
    ):
        lines.extend(lines_of(known.demands[product_code], allocation))
        lots = known.lots.get(product_code, ())
        unused[product_code] = unused_lots(problem, allocation, lots)
    return Proposal(
        wish.run_id, wish.handover_on, wish.product_codes, tuple(lines), unused
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
