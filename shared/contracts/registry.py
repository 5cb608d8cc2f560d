"""Message type to schema: the one list of everything that may be said."""

from collections.abc import Mapping
from typing import Any

from shared.contracts import distribution_v1, donors_v1, inventory_v1
from shared.contracts.envelope import Envelope
from shared.contracts.schema import MessageSchema, schema_of

SHAPES: Mapping[str, type] = {
    "inventory.product_registered.v1": inventory_v1.ProductRegistered,
    "inventory.goods_received.v1": inventory_v1.GoodsReceived,
    "inventory.goods_refused.v1": inventory_v1.GoodsRefused,
    "inventory.walk_in_gift_opened.v1": inventory_v1.WalkInGiftOpened,
    "inventory.stock_changed.v1": inventory_v1.StockChanged,
    "inventory.stock_reserved.v1": inventory_v1.StockReserved,
    "inventory.reservation_refused.v1": inventory_v1.ReservationRefused,
    "inventory.picking_started.v1": inventory_v1.PickingStarted,
    "inventory.goods_dispatched.v1": inventory_v1.GoodsDispatched,
    "inventory.lot_recalled.v1": inventory_v1.LotRecalled,
    "inventory.stock_written_off.v1": inventory_v1.StockWrittenOff,
    "distribution.unit_registered.v1": distribution_v1.UnitRegistered,
    "distribution.requisition_approved.v1": distribution_v1.RequisitionApproved,
    "distribution.allocation_approved.v1": distribution_v1.AllocationApproved,
    "distribution.allocation_cancelled.v1": distribution_v1.AllocationCancelled,
    "distribution.consignment_planned.v1": distribution_v1.ConsignmentPlanned,
    "distribution.consignment_moved.v1": distribution_v1.ConsignmentMoved,
    "distribution.consignment_cancelled.v1": distribution_v1.ConsignmentCancelled,
    "distribution.consignment_handed_over.v1": distribution_v1.ConsignmentHandedOver,
    "distribution.needs_published.v1": distribution_v1.NeedsPublished,
    "donors.pledge_made.v1": donors_v1.PledgeMade,
    "donors.gift_announced.v1": donors_v1.GiftAnnounced,
    "donors.earmark_set.v1": donors_v1.EarmarkSet,
}

_SCHEMAS: Mapping[str, MessageSchema] = {
    message_type: schema_of(shape) for message_type, shape in SHAPES.items()
}
_TYPE_OF: Mapping[type, str] = {shape: name for name, shape in SHAPES.items()}


def type_of(fact: object) -> str:
    """Give the full message type of a fact, such as ``donors.pledge_made.v1``."""
    return _TYPE_OF[type(fact)]


def body_of(fact: object) -> dict[str, Any]:
    """Write a fact as the JSON-ready body of its message."""
    dumped: dict[str, Any] = _SCHEMAS[type_of(fact)].dump(fact)
    return dumped


def fact_of(envelope: Envelope) -> Any:
    """Read the fact in an envelope; ValidationError names what does not fit."""
    return _SCHEMAS[envelope.message_type].load(envelope.body)
