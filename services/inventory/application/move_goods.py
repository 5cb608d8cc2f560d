"""Carry goods from one location to another."""

from services.inventory.application.goods import (
    Applied,
    ScannedGoods,
    account_at,
    lot_at,
    movement_of,
)
from services.inventory.application.ports import Work
from shared.kernel.errors import MalformedError


def move_goods(work: Work, goods: ScannedGoods) -> Applied:
    """Move a lot between locations; what is reserved stays where it is."""
    source = account_at(work, goods.line.location_code, "location_code")
    target = account_at(work, goods.line.to_location_code, "to_location_code")
    if source == target:
        raise MalformedError(
            "The goods are there already. Choose another location.",
            field="to_location_code",
        )
    lot_id = lot_at(work, goods, source).lot.lot_id
    movement = work.ledger.post(movement_of(work, goods, lot_id, source, target))
    return Applied(lot_id, movement.movement_id)
