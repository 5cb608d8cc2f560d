"""Let a consignment leave our custody."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.inventory.application.outbound.pick_goods import require_open
from services.inventory.application.ports import outbound as ports
from services.inventory.application.ports.outbound import PickList
from services.inventory.application.ports.work import Work
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import (
    DISPATCH,
    Movement,
    Reason,
    location,
    transit,
)
from services.inventory.domain.outbound_errors import (
    LinesStillOpenError,
    NothingPickedError,
    UnfitLotPickedError,
)
from services.inventory.domain.picking import PickLine, PickListStatus
from services.inventory.domain.settlement import LineKey
from shared.contracts.inventory_v1 import DispatchedLine, GoodsDispatched
from shared.kernel.clock import local_day
from shared.kernel.free_text import check_free_text


@dataclass(frozen=True, slots=True)
class DispatchGoods:
    """Send off what was picked; ``short_reason`` lets open lines stay behind."""

    account: str
    pick_list_number: str
    short_reason: str | None = None


def dispatch_goods(command: DispatchGoods, work: Work) -> dict[str, str]:
    """Move picked goods into transit, free what stays, close the list.

    Gives the consignment number and the number of the new waybill. Raises
    PickListUnknownError, PickListClosedError, LinesStillOpenError,
    NothingPickedError, UnfitLotPickedError.
    """
    check_free_text("short_reason", command.short_reason or "")
    require_open(work, command.pick_list_number)
    lines = _locked_lines(work, command.pick_list_number)
    pick_list = require_open(work, command.pick_list_number)
    _check_may_leave(command, work, lines)
    for line in lines:
        if line.open:
            work.ledger.release(line.lot_id, line.location_code, line.open)
        _forget_withdrawn(work, line)
    year = local_day(work.clock.now()).year
    left = replace(
        pick_list,
        status=PickListStatus.DISPATCHED,
        waybill_number=work.numbers.next(f"WB-{year}", digits=4),
    )
    left_at = _post(command, work, left, lines)
    work.pick_lists.close(left, command.short_reason, left_at)
    _announce(command, work, left, lines, left_at)
    return {
        "consignment_number": left.consignment_number,
        "waybill_number": str(left.waybill_number),
    }


def _forget_withdrawn(work: Work, line: PickLine) -> None:
    """Ask no more for goods of the line that were withdrawn: it shows them short."""
    mine = (line.run_id, line.unit_code)
    for goods in work.reservations.of_lot(line.lot_id):
        if goods.withdrawn and (goods.run_id, goods.unit_code) == mine:
            work.reservations.save(replace(goods, withdrawn=0))


def _locked_lines(work: Work, pick_list_number: str) -> Sequence[PickLine]:
    work.ledger.open(line.lot_id for line in work.pick_lists.lines(pick_list_number))
    return work.pick_lists.lines(pick_list_number)


def _check_may_leave(
    command: DispatchGoods, work: Work, lines: Sequence[PickLine]
) -> None:
    """INV-04: nothing that was held back, recalled or expired meanwhile leaves."""
    waiting = [line for line in lines if line.open]
    if waiting and not command.short_reason:
        raise LinesStillOpenError(
            command.pick_list_number,
            lines=len(waiting),
            quantity=sum(line.open for line in waiting),
        )
    picked = {line.lot_id for line in lines if line.picked}
    if not picked:
        raise NothingPickedError(command.pick_list_number)
    day = local_day(work.clock.now())
    lots = [work.ledger.of(lot_id).lot for lot_id in picked]
    unfit = [lot for lot in lots if lot.status_on(day) is not LotStatus.RELEASED]
    if unfit:
        raise UnfitLotPickedError(
            command.pick_list_number, sorted({lot.lot_number for lot in unfit})
        )


def _post(
    command: DispatchGoods,
    work: Work,
    pick_list: PickList,
    lines: Sequence[PickLine],
) -> datetime:
    """Move what was picked, lot by lot; give the moment it left.

    That is not before the last pick, whatever the clock of its phone said.
    """
    picked: dict[UUID, int] = defaultdict(int)
    for line in lines:
        picked[line.lot_id] += line.picked
    leaving = {lot_id: quantity for lot_id, quantity in picked.items() if quantity}
    left_at = _not_before_picked(work, leaving)
    for lot_id, quantity in sorted(leaving.items()):
        work.ledger.post(
            Movement(
                movement_id=work.ids.new_id(),
                lot_id=lot_id,
                quantity=quantity,
                source=location(DISPATCH),
                target=transit(pick_list.consignment_number),
                reason=Reason.DISPATCH,
                occurred_at=left_at,
                recorded_by=command.account,
                document=pick_list.waybill_number,
            )
        )
    return left_at


def _not_before_picked(work: Work, leaving: Mapping[UUID, int]) -> datetime:
    latest = [work.ledger.of(lot_id).at(DISPATCH).latest_at for lot_id in leaving]
    return max([work.clock.now(), *(instant for instant in latest if instant)])


def _announce(
    command: DispatchGoods,
    work: Work,
    pick_list: PickList,
    lines: Sequence[PickLine],
    left_at: datetime,
) -> None:
    sums: dict[LineKey, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        total = sums[LineKey(line.unit_code, line.product_code, line.lot_id)]
        total[0] += line.planned
        total[1] += line.picked
    dispatched = [ports.DispatchedLine(key, *sums[key]) for key in sorted(sums)]
    work.consignments.dispatch(pick_list.consignment_number, dispatched)
    fact = GoodsDispatched(
        consignment_number=pick_list.consignment_number,
        waybill_number=str(pick_list.waybill_number),
        lines=tuple(_told(line) for line in dispatched),
        short_reason=command.short_reason,
    )
    work.announce(fact, occurred_at=left_at)


def _told(line: ports.DispatchedLine) -> DispatchedLine:
    return DispatchedLine(
        unit_code=line.key.unit_code,
        product_code=line.key.product_code,
        lot_id=line.key.lot_id,
        planned=line.planned,
        quantity=line.quantity,
    )
