"""Take goods in: at the door, from a gift, onto a shelf or into quarantine."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.inventory.application.holding.hold_lots import DecideOnLot, hold
from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.goods import (
    Applied,
    ScannedGoods,
    account_at,
    movement_of,
)
from services.inventory.domain.attention import (
    ExpiryMissingError,
    LotMissingError,
    LotRecalledError,
    ShortLifeNeedsConsentError,
    TemperatureMissingError,
)
from services.inventory.domain.errors import (
    ExpiredError,
    ProductRefusedError,
    ShelfLifeTooShortError,
)
from services.inventory.domain.gift import Gift, own_lot_number
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import SUPPLY, Reason
from services.inventory.domain.pack_serial import PackScannedBeforeError
from shared.contracts.inventory_v1 import GoodsReceived, WalkInGiftOpened


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where received goods belong: their lot and the note that lists them."""

    lot: Lot
    grn_number: str


def receive_goods(work: Work, goods: ScannedGoods) -> Applied:
    """Take scanned goods in.

    Refuses what is never taken in, expired or too near its expiry, and a pack of
    medicine whose serial was received before. Leaves to a person what lacks its lot
    number, expiry or temperature, or was recalled.
    Medicine opens a quarantined lot, a breach of the cold chain quarantines.
    """
    target = account_at(work, goods.line.location_code, "location_code")
    _refuse_unfit(goods)
    broke_cold_chain = _cold_chain_is_broken(goods)
    _refuse_by_books(work, goods)
    receipt = _receipt(work, goods, gift_of(work, goods))
    if broke_cold_chain:
        _quarantine(work, goods, receipt.lot)
    movement = work.ledger.post(
        replace(
            movement_of(work, goods, receipt.lot.lot_id, SUPPLY, target),
            reason=Reason.RECEIPT,
            document=receipt.grn_number,
        )
    )
    _note(work, goods, movement.movement_id)
    work.announce(
        GoodsReceived(
            movement_id=movement.movement_id,
            grn_number=receipt.grn_number,
            lot_id=receipt.lot.lot_id,
            product_code=goods.product.product_code,
            gift_number=receipt.lot.gift_number,
            quantity=goods.units,
        ),
        occurred_at=goods.line.occurred_at,
    )
    return Applied(receipt.lot.lot_id, movement.movement_id)


def _refuse_by_books(work: Work, goods: ScannedGoods) -> None:
    """Refuse what is known of: a recalled number, a pack that is here already."""
    if goods.lot_number and work.lots.is_recalled(
        goods.product.product_code, goods.lot_number
    ):
        raise LotRecalledError(
            product_code=goods.product.product_code, lot_number=goods.lot_number
        )
    if goods.serial_digest and work.serials.is_received(goods.serial_digest):
        raise PackScannedBeforeError(goods.product.product_code)


def _note(work: Work, goods: ScannedGoods, movement_id: UUID) -> None:
    """Write down what belongs to a receipt beside its movement."""
    if goods.line.temperature_celsius is not None:
        work.receiving.note_temperature(movement_id, goods.line.temperature_celsius)
    if goods.serial_digest:
        work.serials.receive(goods.serial_digest, goods.line.scan_id, movement_id)


def gift_of(work: Work, goods: ScannedGoods) -> Gift:
    """Give the gift goods came with; without a number, today's walk-in gift."""
    line, now = goods.line, work.clock.now()
    if line.gift_number is not None:
        return work.gifts.obtain(line.gift_number, line.scan_id, now)
    number = work.gifts.walk_in_number(goods.account, goods.day)
    if number is not None:
        return work.gifts.obtain(number, line.scan_id, now)
    gift = work.gifts.open_walk_in(goods.account, goods.day, now)
    work.announce(
        WalkInGiftOpened(gift_number=gift.gift_number), occurred_at=line.occurred_at
    )
    return gift


def _refuse_unfit(goods: ScannedGoods) -> None:
    product, expires_on = goods.product, goods.expires_on
    if product.is_refused:
        raise ProductRefusedError(product.product_code)
    missing = product.missing(lot_number=goods.lot_number, expires_on=expires_on)
    if "lot" in missing:
        raise LotMissingError(product.product_code)
    if "expiry" in missing:
        raise ExpiryMissingError(product.product_code)
    if expires_on is not None:
        _refuse_short_life(goods, expires_on)


def _refuse_short_life(goods: ScannedGoods, expires_on: date) -> None:
    """Let a short life pass for a reason that a second person agrees with."""
    product_code = goods.product.product_code
    if expires_on < goods.day:
        raise ExpiredError(product_code=product_code, expires_on=expires_on)
    needed = goods.product.earliest_expiry(goods.day)
    if expires_on >= needed:
        return
    if goods.line.reason is None:
        raise ShelfLifeTooShortError(
            product_code=product_code, expires_on=expires_on, needed=needed
        )
    if not goods.is_consented:
        raise ShortLifeNeedsConsentError(
            product_code=product_code, expires_on=expires_on, reason=goods.line.reason
        )


def _cold_chain_is_broken(goods: ScannedGoods) -> bool:
    temperature_range = goods.product.temperature_range
    if temperature_range is None:
        return False
    if goods.line.temperature_celsius is None:
        raise TemperatureMissingError(goods.product.product_code)
    return not temperature_range.holds(goods.line.temperature_celsius)


def _receipt(work: Work, goods: ScannedGoods, gift: Gift) -> Receipt:
    """Find the lot of an earlier receipt of the same, or open it.

    INV-04: medicine joins only a lot that still waits for its reviewer; else it
    opens a further note and with it a lot of its own.
    """
    key = (gift.gift_number, goods.account, goods.day)
    grn_number = work.notes.current(*key)
    wanted = _described(work, goods, gift, grn_number)
    found = _same_lot(work, wanted)
    if goods.product.is_medicine and found and found.hold is not LotStatus.QUARANTINED:
        grn_number = work.notes.next_part(*key)
        wanted = _described(work, goods, gift, grn_number)
        found = _same_lot(work, wanted)
    if found is None:
        work.lots.add(wanted)
    return Receipt(found or wanted, grn_number)


def _described(work: Work, goods: ScannedGoods, gift: Gift, grn_number: str) -> Lot:
    is_medicine = goods.product.is_medicine
    return Lot(
        lot_id=work.ids.new_id(),
        product_code=goods.product.product_code,
        lot_number=goods.lot_number or own_lot_number(gift.gift_number),
        expires_on=goods.expires_on,
        received_on=goods.day,
        gift_number=gift.gift_number,
        hold=LotStatus.QUARANTINED if is_medicine else LotStatus.RELEASED,
        awaits_gift=not gift.is_known,
        earmark=gift.earmark,
        grn_number=grn_number if is_medicine else "",
    )


def _same_lot(work: Work, wanted: Lot) -> Lot | None:
    lots = (
        work.ledger.of(lot_id).lot
        for lot_id in work.lots.numbered(
            wanted.product_code, wanted.lot_number, wanted.gift_number
        )
    )
    return next((lot for lot in lots if lot.identity == wanted.identity), None)


def _quarantine(work: Work, goods: ScannedGoods, lot: Lot) -> None:
    reason = f"cold chain: {goods.line.temperature_celsius} °C at receipt"
    wish = DecideOnLot(lot.lot_id, reason, goods.account)
    hold(work, lot, LotStatus.QUARANTINED, wish)
