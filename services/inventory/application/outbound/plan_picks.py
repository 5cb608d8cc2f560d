"""Make the pick list of a planned consignment, move its day, or void it again."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.inventory.application.holding.release_reservation import (
    CANCELLED,
    withdraw_product,
)
from services.inventory.application.outbound.pick_goods import require_open
from services.inventory.application.ports.outbound import PickList
from services.inventory.application.ports.work import Work
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import DISPATCH
from services.inventory.domain.outbound_errors import (
    ConsignmentNotHeardOfError,
)
from services.inventory.domain.picking import (
    HeldGoods,
    PickLine,
    PickListStatus,
    PlannedLine,
    goods_of,
    plan_pick_lines,
)
from services.inventory.domain.reservation import AskedLine
from shared.contracts.distribution_v1 import (
    ConsignmentCancelled,
    ConsignmentMoved,
    ConsignmentPlanned,
)
from shared.contracts.inventory_v1 import LotShortage
from shared.kernel.clock import local_day


def plan_picks(fact: ConsignmentPlanned, work: Work) -> None:
    """Open the pick list of a consignment from what is held for its units.

    Goods that an earlier, cancelled list left at DISPATCH count as picked.
    Raises HoldsMissingError, which is tried again, while a hold is on its way.
    """
    work.ledger.open(line.lot_id for line in fact.lines)
    if work.pick_lists.of_consignment(fact.consignment_number) is not None:
        return
    held = work.reservations.of_units(
        {line.unit_code for line in fact.lines},
        {line.product_code for line in fact.lines},
    )
    lines = plan_pick_lines(fact.consignment_number, _asked_lines(fact), held)
    _hand_over(work, held, lines)
    now = work.clock.now()
    pick_list = PickList(
        pick_list_number=work.numbers.next(f"PL-{local_day(now).year}"),
        consignment_number=fact.consignment_number,
        facility_code=fact.facility_code,
        planned_on=fact.planned_on,
        status=PickListStatus.OPEN,
    )
    work.pick_lists.open(pick_list, lines, now)
    _count_as_picked(work, pick_list.pick_list_number)


def move_picks(fact: ConsignmentMoved, work: Work) -> None:
    """Note on its pick list when a consignment goes now, unless newer is known.

    Raises ConsignmentNotHeardOfError, which is tried again.
    """
    number = fact.consignment_number
    if work.pick_lists.of_consignment(number) is None:
        raise ConsignmentNotHeardOfError(number)
    work.pick_lists.move(number, fact.planned_on, fact.version)


def cancel_picks(fact: ConsignmentCancelled, work: Work) -> None:
    """Void a pick list; its runs hold again what it asked for, picked or not.

    Picked goods stay at DISPATCH, held there, until another list takes them or
    their run lets go. Raises ConsignmentNotHeardOfError, which is tried again,
    and PickListClosedError when the goods have left.
    """
    found = work.pick_lists.of_consignment(fact.consignment_number)
    if found is None:
        raise ConsignmentNotHeardOfError(fact.consignment_number)
    if found.status is PickListStatus.CANCELLED:
        return
    number = found.pick_list_number
    work.ledger.open(line.lot_id for line in work.pick_lists.lines(number))
    pick_list = require_open(work, number)
    lines = [line for line in work.pick_lists.lines(number) if _is_wanted(work, line)]
    for line in lines:
        _give_back(work, line)
    _refuse_incomplete(work, lines)
    cancelled = replace(pick_list, status=PickListStatus.CANCELLED)
    work.pick_lists.close(cancelled, fact.reason, work.clock.now())


def _asked_lines(fact: ConsignmentPlanned) -> list[AskedLine]:
    return [
        AskedLine(
            line.unit_code, line.product_code, line.lot_id, line.quantity, line.run_id
        )
        for line in fact.lines
    ]


def _hand_over(
    work: Work, held: Sequence[HeldGoods], lines: Sequence[PlannedLine]
) -> None:
    """Take what the lines ask for out of the holds; its promise goes on.

    What was withdrawn stays on record until the list is closed.
    """
    holds = {_source(goods): goods for goods in held}
    for line in lines:
        goods = holds[_source(line)]
        rest = replace(goods, quantity=goods.quantity - line.quantity)
        work.reservations.save(rest)


def _source(goods: HeldGoods | PlannedLine) -> tuple[UUID, str, UUID, str]:
    return goods.run_id, goods.unit_code, goods.lot_id, goods.location_code


def _count_as_picked(work: Work, pick_list_number: str) -> None:
    for line in work.pick_lists.lines(pick_list_number):
        if line.location_code == DISPATCH and line.open:
            work.ledger.release(line.lot_id, DISPATCH, line.open)
            work.pick_lists.save(replace(line, picked=line.quantity))


def _is_wanted(work: Work, line: PickLine) -> bool:
    """Free a line whose run was called off; of any other, say that it is wanted."""
    answers = work.reservations.outcomes(line.run_id)
    if answers.get(line.product_code) != CANCELLED:
        return True
    if line.open:
        work.ledger.release(line.lot_id, line.location_code, line.open)
    return False


def _give_back(work: Work, line: PickLine) -> None:
    """Hold for its run again what a line asked for, where it stands now.

    Picked goods of a lot that may not go out any more are lost to the run.
    """
    if line.open:
        work.reservations.hold(goods_of(line, quantity=line.open))
    if not line.picked:
        return
    at_dispatch = replace(line, location_code=DISPATCH)
    lot = work.ledger.of(line.lot_id).lot
    if lot.status_on(local_day(work.clock.now())) is LotStatus.RELEASED:
        work.ledger.reserve(line.lot_id, DISPATCH, line.picked)
        work.reservations.hold(goods_of(at_dispatch, quantity=line.picked))
    else:
        work.reservations.hold(goods_of(at_dispatch, withdrawn=line.picked))


def _refuse_incomplete(work: Work, lines: Sequence[PickLine]) -> None:
    """Tell runs that lost some of a product while it was on the list."""
    units = {line.unit_code for line in lines}
    for run_id, product_code in sorted({(x.run_id, x.product_code) for x in lines}):
        lost = [
            goods
            for goods in work.reservations.of_run(run_id)
            if goods.product_code == product_code
            and goods.unit_code in units
            and goods.withdrawn
        ]
        if lost:
            shortage = LotShortage(lost[0].lot_id, sum(x.withdrawn for x in lost), 0)
            withdraw_product(work, run_id, product_code, shortage)
