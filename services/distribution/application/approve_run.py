"""A coordinator approves a run: from here on its lots are promised."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.allotment import (
    Allotment,
    AllotmentState,
    share_out,
)
from services.distribution.domain.errors import (
    LotsAlreadyPromisedError,
    LotsWithdrawnError,
    MoreThanDueError,
    MoreThanOpenError,
    NotAdmittedError,
    NothingToApproveError,
    RunNotOpenError,
    UnitClosedError,
)
from services.distribution.domain.planning import DueDemand
from services.distribution.domain.requisition import OpenLine
from services.distribution.domain.run import RunLine, RunState, UnusedLot
from services.distribution.domain.stock import LotCopy
from services.distribution.domain.unused import REASONS_TO_STAY
from shared.contracts.distribution_v1 import (
    AllocatedLine,
    AllocationApproved,
    LeftLot,
)


def approve_run(
    run_id: UUID, work: DistributionWork, *, account: str
) -> dict[str, Any]:
    """Promise the lots of a proposal and ask inventory to hold them.

    Everything is checked against this moment, with the units, requisitions and
    lots locked, in this order: two approvals can never promise one piece twice, and
    no unit closes between check and promise. A headcount changed
    since the proposal does not change it. Raises RunNotOpenError,
    NothingToApproveError, UnitClosedError, NotAdmittedError,
    LotsAlreadyPromisedError, LotsWithdrawnError, MoreThanOpenError or
    MoreThanDueError.
    """
    state, handover_on = work.runs.locked(run_id)
    if state is not RunState.PROPOSED:
        raise RunNotOpenError(run_id, state)
    lines = [line for line in work.runs.lines(run_id) if line.quantity]
    if not lines:
        raise NothingToApproveError(run_id)
    unit_codes = sorted({line.unit_code for line in lines})
    work.places.keep_as_they_are(unit_codes)
    open_lines = work.requisitions.locked_open_lines(unit_codes)
    _check_places(lines, work)
    _check_lots(lines, work.stock.locked(_lot_ids(lines)))
    _check_claims(lines, handover_on, work)
    work.allotments.add(_allotments(run_id, handover_on, lines, open_lines, work))
    product_codes = sorted({line.product_code for line in lines})
    work.runs.approve(run_id, product_codes, account)
    left = tuple(_left(work.runs.unused(run_id)))
    told = AllocationApproved(run_id, handover_on, tuple(_told(lines)), left)
    work.announce(told)
    return work.views.run(run_id)


def _lot_ids(lines: Iterable[RunLine]) -> set[UUID]:
    return {lot_id for line in lines for lot_id in line.lots}


def _check_places(lines: Iterable[RunLine], work: DistributionWork) -> None:
    """Look each unit, gate and product up once: a run has thousands of lines."""
    facility_of, product_of = cache(work.places.facility), cache(work.stock.product)
    wanted: dict[str, list[str]] = {}
    for line in lines:
        wanted.setdefault(line.unit_code, []).append(line.product_code)
    for unit_code, product_codes in sorted(wanted.items()):
        unit = work.places.unit(unit_code)
        if unit.is_closed:
            raise UnitClosedError(unit_code)
        facility = facility_of(unit.facility_code)
        for product_code in sorted(product_codes):
            if not facility.admits(product_of(product_code)):
                raise NotAdmittedError(facility.facility_code, product_code)


def _check_lots(lines: Iterable[RunLine], lots: Mapping[UUID, LotCopy]) -> None:
    asked: dict[UUID, int] = {}
    for line in lines:
        for lot_id, quantity in line.lots.items():
            asked[lot_id] = asked.get(lot_id, 0) + quantity
    for lot_id, quantity in sorted(asked.items()):
        lot = lots[lot_id]
        if quantity <= lot.free:
            continue
        is_ours = quantity <= lot.available and lot.promised
        refusal = LotsAlreadyPromisedError if is_ours else LotsWithdrawnError
        raise refusal(lot.product_code, lot_id, quantity, lot.free)


def _check_claims(
    lines: Sequence[RunLine], handover_on: date, work: DistributionWork
) -> None:
    product_codes = {line.product_code for line in lines}
    found = work.planning.demands(
        handover_on, product_codes, {line.unit_code for line in lines}
    )
    demands = {
        (each.demand.unit.unit_code, product_code): each
        for product_code, all_of_it in found.items()
        for each in all_of_it
    }
    for line in lines:
        _check_claim(line, demands.get((line.unit_code, line.product_code)))


def _check_claim(line: RunLine, due: DueDemand | None) -> None:
    still_open = due.demand.still_open if due else 0
    if line.quantity > still_open:
        raise MoreThanOpenError(
            line.unit_code,
            line.product_code,
            asked=line.quantity,
            still_open=still_open,
        )
    received = due.demand.received if due else 0
    left = max(0, line.entitlement - received)
    if line.quantity > left and not line.override_reason:
        raise MoreThanDueError(
            line.unit_code, line.product_code, asked=line.quantity, due=left
        )


def _allotments(
    run_id: UUID,
    handover_on: date,
    lines: Iterable[RunLine],
    open_lines: Iterable[OpenLine],
    work: DistributionWork,
) -> Iterable[Allotment]:
    """Book each line on the unit's requisitions, the most urgent first."""
    waiting: dict[tuple[str, str], list[OpenLine]] = {}
    for each in open_lines:
        waiting.setdefault((each.unit_code, each.product_code), []).append(each)
    for line in lines:
        asked_for = waiting[(line.unit_code, line.product_code)]
        room = [each.still_open for each in asked_for]
        for lot_id, quantity in line.lots.items():
            parts = share_out(quantity, room)
            room = [left - part for left, part in zip(room, parts, strict=True)]
            for each, part in zip(asked_for, parts, strict=True):
                if part:
                    yield Allotment(
                        allotment_id=work.new_id(),
                        run_id=run_id,
                        requisition_id=each.requisition_id,
                        unit_code=line.unit_code,
                        product_code=line.product_code,
                        lot_id=lot_id,
                        quantity=part,
                        state=AllotmentState.APPROVED,
                        due_on=handover_on,
                    )


def _told(lines: Iterable[RunLine]) -> Iterable[AllocatedLine]:
    for line in lines:
        for lot_id, quantity in line.lots.items():
            yield AllocatedLine(line.unit_code, line.product_code, lot_id, quantity)


def _left(unused: Iterable[UnusedLot]) -> Iterable[LeftLot]:
    """Tell what is free and stays; what cannot be given at all inventory knows."""
    for lot in unused:
        if lot.reason in REASONS_TO_STAY:
            yield LeftLot(lot.lot_id, lot.quantity, lot.reason)
