"""Take in what stood in the store before the books began.

It belongs to the anonymous gift unless a row names one (DOMAIN.md 2.2): a walk-in
gift is opened, which donors books to nobody until a coordinator names somebody.
"""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from services.inventory.application.catalogue.importing import (
    CellFault,
    Rows,
    TableKind,
    numbered,
    repeated,
)
from services.inventory.application.ports.work import Work
from services.inventory.domain.gift import Gift, own_lot_number
from services.inventory.domain.import_rows import (
    OPENING_COLUMNS,
    OPENING_REQUIRED,
    OpeningRow,
    read_opening,
)
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import SUPPLY, Movement, Reason, location
from services.inventory.domain.product import Product
from shared.contracts.inventory_v1 import WalkInGiftOpened
from shared.kernel.clock import local_day


def _check(work: Work, rows: Rows) -> list[CellFault]:
    read = [(number, *read_opening(row)) for number, row in numbered(rows)]
    faults = [CellFault.of(n, fault) for n, _, found in read for fault in found]
    products = work.catalogue.of_codes({row.product_code for _, row, _ in read})
    work.lots.expect({(row.product_code, row.lot_number, None) for _, row, _ in read})
    for number, row, found in read:
        bad = {fault.column for fault in found}
        misfits = _misfits(work, number, row, products.get(row.product_code))
        faults += [each for each in misfits if each.column not in bad]
    keys = ((n, row.identity, row.product_code) for n, row, found in read if not found)
    return faults + repeated("product_code", keys)


def _misfits(
    work: Work, number: int, row: OpeningRow, product: Product | None
) -> Iterator[CellFault]:
    """Name what is well written and still does not fit what the warehouse knows.

    A cell that could not be read is empty here; its own fault goes before these.
    """
    if row.location_code not in work.ledger.location_kinds:
        text = f"there is no location {row.location_code}"
        yield _fault(number, "location_code", text, "unknown_location", row)
    if product is None:
        text = f"{row.product_code} is not in the catalogue"
        yield _fault(number, "product_code", text, "unknown_product", row)
        return
    if product.is_refused:
        text = f"{row.product_code} is never taken in"
        yield _fault(number, "product_code", text, "refused_product", row)
    missing = product.missing(
        lot_number=row.lot_number or None, expires_on=row.expires_on
    )
    if "lot" in missing:
        yield _fault(number, "lot_number", "medicine needs it", "lot_needed", row)
    if "expiry" in missing:
        yield _fault(number, "expires_on", "is needed here", "expiry_needed", row)
    if row.lot_number and work.lots.is_recalled(row.product_code, row.lot_number):
        text = f"lot {row.lot_number} was recalled"
        yield _fault(number, "lot_number", text, "recalled_lot", row)


def _fault(
    number: int, column: str, text: str, code: str, row: OpeningRow
) -> CellFault:
    value = getattr(row, column)
    return CellFault(number, column, text, code, {}, str(value or ""))


def _apply(work: Work, rows: Rows, account: str) -> int:
    opening = _Opening(work, account)
    read = [read_opening(row)[0] for _, row in numbered(rows)]
    products = work.catalogue.of_codes({row.product_code for row in read})
    opening.expect(read)
    for row in read:
        opening.put(row, products)
    return len(read)


class _Opening:
    """One table on its way into the ledger, under one paper's number."""

    def __init__(self, work: Work, account: str) -> None:
        self._work = work
        self._account = account
        self._now = work.clock.now()
        self._day = local_day(self._now)
        self._paper = work.numbers.next(f"OPEN-{self._day.year}", digits=4)
        self._gifts: dict[str, Gift] = {}
        self._notes: dict[str, str] = {}

    def expect(self, rows: Sequence[OpeningRow]) -> None:
        """Ask once for the gifts and lots of all rows, not again for each."""
        self._work.gifts.expect(row.gift_number for row in rows if row.gift_number)
        self._work.lots.expect({self._key(row) for row in rows})

    def put(self, row: OpeningRow, products: Mapping[str, Product]) -> None:
        """Put one line of the table where it says it stands."""
        lot = self._lot(row, products[row.product_code])
        self._work.ledger.post(
            Movement(
                movement_id=self._work.ids.new_id(),
                lot_id=lot.lot_id,
                quantity=row.quantity,
                source=SUPPLY,
                target=location(row.location_code),
                reason=Reason.OPENING,
                occurred_at=self._now,
                recorded_by=self._account,
                document=self._paper,
            )
        )

    def _key(self, row: OpeningRow) -> tuple[str, str, str]:
        gift_number = self._gift(row.gift_number).gift_number
        lot_number = row.lot_number or own_lot_number(gift_number)
        return row.product_code, lot_number, gift_number

    def _lot(self, row: OpeningRow, product: Product) -> Lot:
        gift = self._gift(row.gift_number)
        product_code, lot_number, gift_number = self._key(row)
        wanted = Lot(
            lot_id=self._work.ids.new_id(),
            product_code=product_code,
            lot_number=lot_number,
            expires_on=row.expires_on,
            received_on=self._day,
            gift_number=gift_number,
            hold=LotStatus.QUARANTINED if product.is_medicine else LotStatus.RELEASED,
            awaits_gift=not gift.is_known,
            earmark=gift.earmark,
            grn_number=self._note(gift) if product.is_medicine else "",
        )
        found = self._same(wanted)
        if found is None:
            self._work.lots.add(wanted)
        return found or wanted

    def _same(self, wanted: Lot) -> Lot | None:
        ids = self._work.lots.numbered(
            wanted.product_code, wanted.lot_number, wanted.gift_number
        )
        lots = (self._work.ledger.of(lot_id).lot for lot_id in ids)
        return next((lot for lot in lots if lot.identity == wanted.identity), None)

    def _note(self, gift: Gift) -> str:
        """Open a note of its own for medicine: no earlier judgement covers it."""
        number = gift.gift_number
        if number not in self._notes:
            key = (number, self._account, self._day)
            self._notes[number] = self._work.notes.next_part(*key)
        return self._notes[number]

    def _gift(self, gift_number: str) -> Gift:
        if gift_number not in self._gifts:
            self._gifts[gift_number] = (
                self._work.gifts.obtain(gift_number, self._first_scan(), self._now)
                if gift_number
                else self._anonymous()
            )
        return self._gifts[gift_number]

    def _first_scan(self) -> UUID:
        return self._work.ids.new_id()

    def _anonymous(self) -> Gift:
        gifts = self._work.gifts
        number = gifts.walk_in_number(self._account, self._day)
        if number is not None:
            return gifts.obtain(number, self._first_scan(), self._now)
        gift = gifts.open_walk_in(self._account, self._day, self._now)
        self._work.announce(WalkInGiftOpened(gift_number=gift.gift_number))
        return gift


OPENING_TABLE = TableKind(
    columns=OPENING_COLUMNS,
    required=OPENING_REQUIRED,
    example=("HYG-SOAP-B", "L-2201", "2028-03-31", "120", "A-01", ""),
    check=_check,
    apply=_apply,
)
