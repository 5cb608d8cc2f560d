"""A scan of a count sheet: kept blind, booked only when the sheet is finished."""

from dataclasses import replace
from uuid import UUID

from services.inventory.application.ports.counting import CountEntry, CountSheet
from services.inventory.application.ports.work import Work
from services.inventory.application.receiving.receive_goods import gift_of
from services.inventory.application.scanning.goods import (
    Applied,
    ScannedGoods,
    account_at,
    lot_at,
)
from services.inventory.domain.attention import ExpiryMissingError, LotMissingError
from services.inventory.domain.counting import (
    CountLine,
    Finding,
    LineState,
    judge,
)
from services.inventory.domain.counting_errors import (
    CountConflictError,
    CountedBeforeError,
    CountedOnOtherSheetError,
    CountSheetClosedError,
    CountSheetUnknownError,
    NotOnCountSheetError,
)
from services.inventory.domain.errors import UnknownLotError
from services.inventory.domain.gift import own_lot_number
from services.inventory.domain.ledger import LotAccounts
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import place_of

RULINGS = ("add", "replace")
"""What a coordinator may make of a count that stands against another one."""


def count_on_sheet(
    work: Work, goods: ScannedGoods, ruling: str | None = None
) -> Applied:
    """Enter a count on its sheet; the answer tells no number of the books.

    A person's second scan of a lot waits until they say whether it adds or
    replaces; two people's counts of the same lot wait for a coordinator, unless a
    second count had been asked for when the later one was made. ``ruling`` is what
    the coordinator said of such a conflict.
    """
    sheet = sheet_of(work, goods)
    place = goods.line.location_code or sheet.location_code
    account = account_at(work, place, "location_code")
    _check_on_sheet(sheet, goods, account)
    accounts = _lot_found(work, goods, account)
    if not locked(work, sheet.count_sheet_number).is_open:
        raise CountSheetClosedError(sheet.count_sheet_number)
    line, became = _entered(work, goods, _Spot(sheet, accounts, account), ruling)
    work.count_sheets.save(
        line, CountEntry(goods.line.scan_id, _finding(work, goods), became)
    )
    state = judge(line, accounts, is_medicine=goods.product.is_medicine)
    asks_for = None if state.is_settled else str(state)
    return Applied(accounts.lot.lot_id, asks_for=asks_for)


def sheet_of(work: Work, goods: ScannedGoods) -> CountSheet:
    """Find the sheet a scan names; raises CountSheetUnknownError."""
    number = goods.line.count_sheet_number or ""
    sheet = work.count_sheets.find(number)
    if sheet is None:
        raise CountSheetUnknownError(number)
    return sheet


def locked(work: Work, count_sheet_number: str) -> CountSheet:
    """Lock a sheet; do it after its lots, as everybody does, so that none embrace."""
    sheet = work.count_sheets.find(count_sheet_number, is_locked=True)
    if sheet is None:
        raise CountSheetUnknownError(count_sheet_number)
    return sheet


class _Spot:
    """Where a count is made: the sheet, the lot and the account of the place."""

    def __init__(self, sheet: CountSheet, accounts: LotAccounts, account: str) -> None:
        self.sheet, self.accounts, self.account = sheet, accounts, account

    @property
    def facts(self) -> dict[str, str]:
        """What a question about the count names."""
        return {
            "lot_number": self.accounts.lot.lot_number,
            "place": place_of(self.account),
            "count_sheet_number": self.sheet.count_sheet_number,
        }


def _check_on_sheet(sheet: CountSheet, goods: ScannedGoods, account: str) -> None:
    number = sheet.count_sheet_number
    if sheet.location_code and place_of(account) != sheet.location_code:
        raise NotOnCountSheetError(number, counts=sheet.location_code)
    if sheet.product_code and goods.product.product_code != sheet.product_code:
        raise NotOnCountSheetError(number, counts=sheet.product_code)


def _entered(
    work: Work, goods: ScannedGoods, spot: _Spot, ruling: str | None
) -> tuple[CountLine, str]:
    finding = _finding(work, goods)
    number, lot = spot.sheet.count_sheet_number, spot.accounts.lot
    line = work.count_sheets.line(number, lot.lot_id, spot.account)
    if line is None:
        _refuse_counted_elsewhere(work, spot)
        new_id = work.ids.new_id()
        started = CountLine(
            number, lot.lot_id, spot.account, lot.product_code, new_id, finding
        )
        return started, "first"
    if line.is_own(finding.counted_by):
        mode = ruling or goods.line.count_mode
        if mode is None:
            raise CountedBeforeError(**spot.facts)
        return line.recounted(finding, is_added=mode == "add"), _BECAME[mode]
    if ruling is not None:
        return _ruled(line, finding, ruling), _BECAME[ruling]
    state = judge(line, spot.accounts, is_medicine=goods.product.is_medicine)
    was_asked = finding.counted_at >= line.first.recorded_at
    if state is LineState.SECOND_COUNT_NEEDED and was_asked:
        return replace(line, second=finding), "second"
    raise CountConflictError(**spot.facts)


def _refuse_counted_elsewhere(work: Work, spot: _Spot) -> None:
    """Goods may have moved since the sheets were planned; the lot is locked here."""
    lot, number = spot.accounts.lot, spot.sheet.count_sheet_number
    other = work.count_sheets.counted_elsewhere(lot.lot_id, spot.account, number)
    if other is not None:
        place = place_of(spot.account)
        raise CountedOnOtherSheetError(other, lot_number=lot.lot_number, place=place)


_BECAME = {"add": "added", "replace": "replaced"}


def _ruled(line: CountLine, finding: Finding, ruling: str) -> CountLine:
    """Put a conflicting count to the first one, or in its place."""
    if ruling == "replace":
        return replace(line, first=finding, second=None, decision=None)
    further = replace(finding, counted_by=line.first.counted_by)
    alone = replace(line, second=None)
    return alone.recounted(further, is_added=True)


def _finding(work: Work, goods: ScannedGoods) -> Finding:
    return Finding(
        counted=goods.units,
        counted_at=goods.line.occurred_at,
        counted_by=goods.account,
        recorded_at=work.clock.now(),
    )


def _lot_found(work: Work, goods: ScannedGoods, account: str) -> LotAccounts:
    """Find the lot that was counted, or open one for goods nobody knows of."""
    try:
        return lot_at(work, goods, account)
    except UnknownLotError:
        if goods.line.lot_id is not None:
            raise
    return work.ledger.of(_open_lot(work, goods))


def _open_lot(work: Work, goods: ScannedGoods) -> UUID:
    """Open a lot for goods found without papers, under today's walk-in gift.

    Medicine nobody received waits for the reviewer like any other.
    """
    product = goods.product
    missing = product.missing(lot_number=goods.lot_number, expires_on=goods.expires_on)
    if "lot" in missing:
        raise LotMissingError(product.product_code)
    if "expiry" in missing:
        raise ExpiryMissingError(product.product_code)
    gift = gift_of(work, goods)
    lot_number = goods.lot_number or own_lot_number(gift.gift_number)
    recalled = work.lots.is_recalled(product.product_code, lot_number)
    held = LotStatus.RECALLED if recalled else LotStatus.QUARANTINED
    lot = Lot(
        lot_id=work.ids.new_id(),
        product_code=product.product_code,
        lot_number=lot_number,
        expires_on=goods.expires_on,
        received_on=goods.day,
        gift_number=gift.gift_number,
        hold=held if product.is_medicine or recalled else LotStatus.RELEASED,
        awaits_gift=not gift.is_known,
        earmark=gift.earmark,
        grn_number=str(goods.line.count_sheet_number) if product.is_medicine else "",
    )
    same = work.lots.numbered(lot.product_code, lot.lot_number, lot.gift_number)
    for lot_id in same:
        if work.ledger.of(lot_id).lot.identity == lot.identity:
            return lot_id
    work.lots.add(lot)
    work.ledger.change(lot)
    return lot.lot_id
