"""Take a pick back: its lines ask again for what it had answered."""

from dataclasses import replace
from uuid import UUID

from services.inventory.application.outbound.pick_goods import require_open
from services.inventory.application.ports.work import Work
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.picking import goods_of
from shared.kernel.clock import local_day


def undo_pick(work: Work, movement_id: UUID) -> None:
    """Let the lines ask again for what a pick had answered.

    Whoever reverses a movement calls this after posting the reversal; it does
    nothing for movements that are no picks. What came back is held again, unless
    its lot may not go out any more. Raises PickListClosedError once the list was
    dispatched or cancelled.
    """
    answered = work.pick_lists.answered_by(movement_id)
    for each in answered:
        require_open(work, each.pick_list_number)
    today = local_day(work.clock.now())
    for each in answered:
        line = replace(each.line, picked=each.line.picked - each.quantity)
        lot = work.ledger.of(line.lot_id).lot
        if lot.status_on(today) is LotStatus.RELEASED:
            work.ledger.reserve(line.lot_id, line.location_code, each.quantity)
        else:
            line = replace(line, quantity=line.quantity - each.quantity)
            work.reservations.hold(goods_of(line, withdrawn=each.quantity))
        work.pick_lists.save(line)
    work.pick_lists.forget_pick(movement_id)
