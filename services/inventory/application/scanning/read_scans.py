"""From well-formed lines to scanned goods: decode, look up, multiply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.decode_scan import Codes
from services.inventory.application.scanning.goods import ScannedGoods
from services.inventory.application.scanning.line import (
    ScanLine,
    checked_quantity,
)
from services.inventory.domain.attention import (
    SeparatorDoubtfulError,
    UnknownPackError,
    UnknownProductError,
)
from services.inventory.domain.case_code import inner_item
from services.inventory.domain.gift import own_lot_number
from services.inventory.domain.pack_serial import SerialKey
from services.inventory.domain.product import Product
from services.inventory.domain.scanning.faults import ScanWarning
from services.inventory.domain.scanning.scan import DecodedScan
from shared.kernel.clock import local_day


@dataclass(frozen=True, slots=True)
class ReadScan:
    """A line and what its code says; None where a person named the product.

    ``serial_digest`` is all that is ever kept of the serial in the code.
    """

    line: ScanLine
    code: DecodedScan | None
    serial_digest: str | None = None

    @property
    def gtin(self) -> str | None:
        """The trade item the scan is about: the pack, or what its case holds."""
        return (self.code.gtin or self.code.content_gtin) if self.code else None

    @property
    def is_proposed_pack(self) -> bool:
        """Tell whether a person says how many units this very code means."""
        return self.gtin is not None and self.line.pack_quantity is not None

    @property
    def lot_number(self) -> str | None:
        """The lot number: as a person entered it, else as the code says."""
        return self.line.lot_number or (self.code.lot if self.code else None)

    @property
    def expires_on(self) -> date | None:
        """The last day of use: entered, else expiry or best before of the code."""
        if self.line.expires_on or not self.code:
            return self.line.expires_on
        return min(
            filter(None, (self.code.expiry, self.code.best_before)), default=None
        )


@dataclass(frozen=True, slots=True)
class KnownProducts:
    """The products a batch is about, by code and by trade item number."""

    of_code: Mapping[str, Product]
    code_of_gtin: Mapping[str, str]

    def of(self, scan: ReadScan) -> Product:
        """Give a scan's product; a person's word goes before the code's."""
        code = scan.line.product_code or self.code_of_gtin.get(scan.gtin or "")
        if code is None:
            self._refuse_unknown_case(scan.gtin)
        if code is None or code not in self.of_code:
            named = scan.line.product_code or scan.gtin
            raise UnknownProductError(named or "without a trade item number")
        if scan.is_proposed_pack and scan.gtin not in self.code_of_gtin:
            raise UnknownPackError(product=code, gtin=str(scan.gtin))
        return self.of_code[code]

    def may_be_medicine(self, scan: ReadScan) -> bool:
        """Tell whether the serial of a scan may still be needed; unknown goods may."""
        code = scan.line.product_code or self.code_of_gtin.get(scan.gtin or "")
        product = self.of_code.get(code or "")
        return product is None or product.is_medicine

    def _refuse_unknown_case(self, gtin: str | None) -> None:
        """Tell a case of a known item from goods that nobody knows."""
        item = inner_item(gtin) if gtin else None
        product_code = self.code_of_gtin.get(item) if item else None
        if gtin and product_code:
            raise UnknownPackError(product=product_code, gtin=gtin)


def read_scan(
    line: ScanLine, key: SerialKey, substitutes: Sequence[str] = ()
) -> ReadScan:
    """Decode what was scanned; raises ScanError with the first fault."""
    if line.raw is None:
        return ReadScan(line, None)
    codes = Codes(line.raw, line.second_raw)
    code = codes.read(local_day(line.occurred_at), substitutes)
    if code.serial is None:
        return ReadScan(line, code)
    return ReadScan(line, code, key.digest(code.gtin or "", code.serial))


def known_products(work: Work, scans: Sequence[ReadScan]) -> KnownProducts:
    """Look up every product of a batch at once."""
    scanned = {
        scan.gtin
        for scan in scans
        if scan.gtin and (scan.is_proposed_pack or not scan.line.product_code)
    }
    gtins = scanned | set(filter(None, map(inner_item, scanned)))
    code_of_gtin = work.catalogue.codes_of_gtins(gtins) if gtins else {}
    named = {scan.line.product_code for scan in scans if scan.line.product_code}
    codes = named | set(code_of_gtin.values())
    return KnownProducts(work.catalogue.of_codes(codes), code_of_gtin)


def goods_of(
    scan: ReadScan, account: str, products: KnownProducts, *, is_judged: bool = False
) -> ScannedGoods:
    """Say how many units of what a scan is about; ``is_judged`` as the goods have it.

    Raises UnknownProductError, UnknownPackError, SeparatorDoubtfulError,
    QuantityOutOfRangeError.
    """
    product = products.of(scan)
    warnings = scan.code.warnings if scan.code else ()
    if ScanWarning.SUSPECT_MISSING_GS in warnings and scan.line.lot_number is None:
        raise SeparatorDoubtfulError(scan.lot_number or "")
    return ScannedGoods(
        line=scan.line,
        account=account,
        product=product,
        units=_units(scan, product),
        lot_number=scan.lot_number,
        expires_on=scan.expires_on,
        serial_digest=scan.serial_digest if product.is_medicine else None,
        is_judged=is_judged,
    )


def expect_lots(work: Work, goods: Iterable[ScannedGoods]) -> None:
    """Load the gifts and lots a batch is likely to need, in a few questions."""
    goods = list(goods)
    work.gifts.expect(each.line.gift_number for each in goods if each.line.gift_number)
    keys = {key for each in goods if (key := _lot_key(work, each)) is not None}
    ids: set[UUID] = {each.line.lot_id for each in goods if each.line.lot_id}
    work.lots.expect(keys, ids)


def _lot_key(work: Work, goods: ScannedGoods) -> tuple[str, str, str | None] | None:
    """Say which lots goods may join or come out of; a receipt joins its gift's."""
    code, number, gift = goods.product.product_code, goods.lot_number, None
    if goods.line.action == "receive":
        walk_in = work.gifts.walk_in_number
        gift = goods.line.gift_number or walk_in(goods.account, goods.day) or ""
        number = number or (own_lot_number(gift) if gift else None)
    return None if number is None else (code, number, gift)


def _units(scan: ReadScan, product: Product) -> int:
    """Multiply by what one scanned pack holds; a count counts packs too.

    Where a person named the product they counted its units, unless they said how
    many of them a pack holds.
    """
    quantity = scan.line.quantity
    is_named = product.product_code == scan.line.product_code
    if scan.code is None or (is_named and not scan.is_proposed_pack):
        return quantity
    per_case = scan.code.count or 1 if scan.code.content_gtin else 1
    held = product.units_in(scan.gtin or "") or scan.line.pack_quantity or 1
    return checked_quantity(quantity * per_case * held, lowest=0)
