"""Carry goods from one location to another."""

from services.inventory.application.ports.work import Work
from services.inventory.application.receiving.set_damaged_aside import HOLD
from services.inventory.application.scanning.goods import (
    Applied,
    ScannedGoods,
    account_at,
    lot_at,
    movement_of,
)
from services.inventory.domain.attention import ReturnNotJudgedError
from services.inventory.domain.errors import InsufficientStockError
from services.inventory.domain.giving_back import NextStep, next_step
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import DISPATCH, RETURNS, location, place_of
from services.inventory.domain.receiving_errors import HeldGoodsStayHeldError
from shared.kernel.errors import MalformedError


def move_goods(work: Work, goods: ScannedGoods) -> Applied:
    """Move a lot between locations; what is reserved stays where it is.

    What was picked for an open list stays, too, until the pick is undone. What the
    reviewer holds may only go where nothing is given out from (DOMAIN.md 2.1):
    HeldGoodsStayHeldError. What came back and is not simply put away leaves the
    returns table for no place, until a coordinator stands for it: from a hold place
    it would pass to any shelf. ReturnNotJudgedError.
    """
    source = account_at(work, goods.line.location_code, "location_code")
    target = account_at(work, goods.line.to_location_code, "to_location_code")
    if source == target:
        raise MalformedError(
            "The goods are there already. Choose another location.",
            field="to_location_code",
        )
    lot = lot_at(work, goods, source).lot
    if lot.hold is not LotStatus.RELEASED:
        _refuse_held(work, lot, place_of(target))
    elif source == location(RETURNS) and not goods.is_judged:
        _refuse_unjudged(work, goods, lot, place_of(target))
    lot_id = lot.lot_id
    if source == location(DISPATCH):
        _leave_what_was_picked(work, lot, goods.units)
    movement = work.ledger.post(movement_of(work, goods, lot_id, source, target))
    return Applied(lot_id, movement.movement_id)


def _refuse_held(work: Work, lot: Lot, place: str) -> None:
    if work.ledger.location_kinds[place] != HOLD:
        raise HeldGoodsStayHeldError(lot_number=lot.lot_number, location_code=place)


def _refuse_unjudged(work: Work, goods: ScannedGoods, lot: Lot, place: str) -> None:
    arrived = work.receiving.arrived_on_table(lot.lot_id)
    status, is_medicine = lot.status_on(goods.day), goods.product.is_medicine
    if next_step(arrived, status, is_medicine=is_medicine) is not NextStep.PUT_AWAY:
        raise ReturnNotJudgedError(
            product_code=lot.product_code,
            lot_number=lot.lot_number,
            location_code=place,
        )


def _leave_what_was_picked(work: Work, lot: Lot, quantity: int) -> None:
    free = work.ledger.of(lot.lot_id).at(DISPATCH).free
    left = free - work.pick_lists.picked_of(lot.lot_id)
    if quantity > left:
        raise InsufficientStockError(
            lot_number=lot.lot_number,
            account=location(DISPATCH),
            requested=quantity,
            available=left,
        )
