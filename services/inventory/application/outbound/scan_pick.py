"""A scan whose action is ``pick``."""

from services.inventory.application.outbound.pick_goods import PickGoods, pick_goods
from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.goods import Applied, ScannedGoods
from shared.contracts.inventory_v1 import PickingStarted
from shared.kernel.errors import MalformedError


def scan_pick(work: Work, goods: ScannedGoods) -> Applied:
    """Pick scanned goods for the list the scan names; refuses as ``pick_goods``."""
    if goods.line.pick_list_number is None:
        raise MalformedError(
            "Say which pick list the goods are for.", field="pick_list_number"
        )
    is_first = not _is_begun(work, goods.line.pick_list_number)
    picked = pick_goods(
        PickGoods(
            account=goods.account,
            pick_list_number=goods.line.pick_list_number,
            product_code=goods.product.product_code,
            quantity=goods.units,
            occurred_at=goods.line.occurred_at,
            lot_id=goods.line.lot_id,
            lot_number=goods.lot_number,
            expires_on=goods.expires_on,
            location_code=goods.line.location_code,
            other_lot_reason=goods.line.other_lot_reason,
            must_say_lot=goods.product.is_medicine,
        ),
        work,
    )
    pick_list = work.pick_lists.find(goods.line.pick_list_number)
    if is_first and pick_list is not None:
        work.announce(PickingStarted(pick_list.consignment_number))
    return Applied(picked.lot_id, picked.movement_id)


def _is_begun(work: Work, pick_list_number: str) -> bool:
    return any(line.picked for line in work.pick_lists.lines(pick_list_number))
