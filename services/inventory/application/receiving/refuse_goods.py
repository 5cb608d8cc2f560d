"""Record goods that were not taken in; they never enter the ledger."""

from services.inventory.application.ports.work import Refusal, Work
from services.inventory.application.receiving.receive_goods import gift_of
from services.inventory.application.scanning.goods import Applied, ScannedGoods
from shared.contracts.inventory_v1 import GoodsRefused
from shared.kernel.errors import MalformedError


def refuse_goods(work: Work, goods: ScannedGoods) -> Applied:
    """Record a refusal under the id of its scan; it counts as a gift's *refused*."""
    line = goods.line
    if line.reason is None:
        raise MalformedError("Say why the goods were not taken in.", field="reason")
    gift = gift_of(work, goods)
    work.records.add_refusal(
        Refusal(
            refusal_id=line.scan_id,
            gift_number=gift.gift_number,
            product_code=goods.product.product_code,
            quantity=goods.units,
            reason=line.reason,
            occurred_at=line.occurred_at,
            recorded_by=goods.account,
        )
    )
    work.announce(
        GoodsRefused(
            refusal_id=line.scan_id,
            gift_number=gift.gift_number,
            product_code=goods.product.product_code,
            quantity=goods.units,
            reason=line.reason,
        ),
        occurred_at=line.occurred_at,
    )
    return Applied()
