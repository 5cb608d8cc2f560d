"""What inventory says, version 1."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.schema import Amount, Count, Sensitivity, Version


@dataclass(frozen=True, slots=True)
class Pack:
    """A trade item number and how many units of issue it holds."""

    gtin: str
    quantity: Amount


@dataclass(frozen=True, slots=True)
class ProductRegistered:
    """The whole present state of a product; the highest version counts."""

    product_code: str
    version: Version
    category: str
    names: dict[str, str]
    unit_of_issue: str
    packs: tuple[Pack, ...]
    min_days_at_receipt: Count
    min_days_at_dispatch: Count
    sensitivity: Sensitivity
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoodsReceived:
    """Goods were taken in. It explains; only ``stock_changed`` counts."""

    movement_id: UUID
    grn_number: str
    lot_id: UUID
    product_code: str
    gift_number: str
    quantity: Amount
    is_reversal: bool = False


@dataclass(frozen=True, slots=True)
class GoodsRefused:
    """Goods were not taken in; summed by ``refusal_id`` into a donor's *refused*."""

    refusal_id: UUID
    gift_number: str
    product_code: str
    quantity: Amount
    reason: str


@dataclass(frozen=True, slots=True)
class WalkInGiftOpened:
    """A receipt at the door without a gift number opened one."""

    gift_number: str


@dataclass(frozen=True, slots=True)
class KitPart:
    """So many units of a lot are in each kit of a kit lot."""

    lot_id: UUID
    quantity: Amount


@dataclass(frozen=True, slots=True)
class StockChanged:
    """Every bucket of one lot after a movement; the highest version counts.

    received = in_stock + in_transit + accepted + lost + returned, always.
    ``reserved`` is part of ``in_stock``; ``available`` is what an allocation may
    promise: released, in storage, not reserved, 0 while the lot is held.
    ``lost_by_reason`` sums to ``lost``. ``contents`` says what is in a kit, always
    the same for a kit lot, and is empty for any other.
    """

    lot_id: UUID
    version: Version
    product_code: str
    lot_number: str
    expires_on: date | None
    received_on: date
    gift_number: str
    earmark: tuple[str, ...] | None
    lot_status: str
    received: Count
    in_stock: Count
    reserved: Count
    available: Count
    in_transit: Count
    accepted: Count
    lost: Count
    returned: Count
    lost_by_reason: dict[str, Count]
    contents: tuple[KitPart, ...] = ()


@dataclass(frozen=True, slots=True)
class ReservedLine:
    """So many of a lot are held for a unit; visible from that lot version on."""

    unit_code: str
    lot_id: UUID
    quantity: Amount
    lot_version: Version


@dataclass(frozen=True, slots=True)
class StockReserved:
    """Exactly the lots an approved run named for a product are now held."""

    run_id: UUID
    product_code: str
    lines: tuple[ReservedLine, ...]


@dataclass(frozen=True, slots=True)
class LotShortage:
    """What was asked of a lot and what was free."""

    lot_id: UUID
    asked: Amount
    free: Count


@dataclass(frozen=True, slots=True)
class ReservationRefused:
    """Nothing of this product was held for the run, and why."""

    run_id: UUID
    product_code: str
    reason: str
    shortages: tuple[LotShortage, ...]


@dataclass(frozen=True, slots=True)
class PickingStarted:
    """Somebody took the first goods of a consignment off a shelf; it never counts."""

    consignment_number: str


@dataclass(frozen=True, slots=True)
class DispatchedLine:
    """What was planned for a unit from a lot and what really left."""

    unit_code: str
    product_code: str
    lot_id: UUID
    planned: Amount
    quantity: Count


@dataclass(frozen=True, slots=True)
class GoodsDispatched:
    """A consignment left our custody; what was not picked is free again."""

    consignment_number: str
    waybill_number: str
    lines: tuple[DispatchedLine, ...]
    short_reason: str | None = None


@dataclass(frozen=True, slots=True)
class LotWentTo:
    """Where part of a recalled lot was sent."""

    unit_code: str
    consignment_number: str
    quantity: Amount


@dataclass(frozen=True, slots=True)
class LotRecalled:
    """A product's lot number is recalled over every gift it came with."""

    product_code: str
    lot_number: str
    lot_ids: tuple[UUID, ...]
    reason: str
    went_to: tuple[LotWentTo, ...]


@dataclass(frozen=True, slots=True)
class StockWrittenOff:
    """Goods were lost, expired, damaged or destroyed. It explains; it never counts."""

    movement_id: UUID
    lot_id: UUID
    product_code: str
    gift_number: str
    quantity: Amount
    reason: str
    occurred_at: datetime
