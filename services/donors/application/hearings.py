"""Every message donors listens to, and what it does."""

from collections.abc import Callable, Mapping
from typing import Any

from services.donors.application.hear_deliveries import hear_handed_over
from services.donors.application.hear_stock import (
    hear_allocation_approved,
    hear_goods_refused,
    hear_stock_changed,
    hear_walk_in_gift_opened,
)
from services.donors.application.hear_story import (
    tell_dispatched,
    tell_handed_over,
    tell_recalled,
    tell_received,
    tell_refused,
    tell_reserved,
    tell_written_off,
)
from services.donors.application.hear_world import (
    hear_needs_published,
    hear_product_registered,
    hear_unit_registered,
)
from services.donors.application.ports import Work
from shared.contracts.distribution_v1 import ConsignmentHandedOver
from shared.contracts.envelope import Envelope
from shared.contracts.inventory_v1 import GoodsRefused


def _count_and_tell_refused(work: Work, fact: GoodsRefused, envelope: Envelope) -> None:
    hear_goods_refused(work, fact, envelope)
    tell_refused(work, fact, envelope)


def _tell_and_keep_delivered(
    work: Work, fact: ConsignmentHandedOver, envelope: Envelope
) -> None:
    tell_handed_over(work, fact, envelope)
    hear_handed_over(work, fact, envelope)


HEARINGS: Mapping[str, Callable[[Any, Any, Envelope], None]] = {
    "inventory.product_registered.v1": hear_product_registered,
    "inventory.stock_changed.v1": hear_stock_changed,
    "inventory.walk_in_gift_opened.v1": hear_walk_in_gift_opened,
    "inventory.goods_refused.v1": _count_and_tell_refused,
    "inventory.goods_received.v1": tell_received,
    "inventory.stock_reserved.v1": tell_reserved,
    "inventory.goods_dispatched.v1": tell_dispatched,
    "inventory.lot_recalled.v1": tell_recalled,
    "inventory.stock_written_off.v1": tell_written_off,
    "distribution.allocation_approved.v1": hear_allocation_approved,
    "distribution.consignment_handed_over.v1": _tell_and_keep_delivered,
    "distribution.unit_registered.v1": hear_unit_registered,
    "distribution.needs_published.v1": hear_needs_published,
}
"""By full message type."""
