"""Take a table of products into the catalogue, whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.inventory.application.ports import Work
from services.inventory.application.register_product import register_products
from services.inventory.domain.catalogue_row import COLUMNS, REQUIRED, read_row
from services.inventory.domain.product import Product
from shared.kernel.errors import MalformedError

HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong where; row 1 is the header."""

    row: int
    column: str
    fault: str


class ImportRefusedError(MalformedError):
    """Some cells of the table cannot be read; nothing was imported."""

    code = "import_refused"

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__(
            f"Nothing was imported: {len(faults)} cells need mending.",
            cells=[f"row {each.row}, {each.column}: {each.fault}" for each in faults],
        )
        self.faults = tuple(faults)


def import_products(work: Work, rows: Sequence[Mapping[str, str]]) -> int:
    """Register every row; give the number of products.

    Raises ImportRefusedError, which names every bad row and cell, and
    GtinTakenError when a number belongs to a product that is not in the table.
    """
    faults = _header_faults(rows)
    if faults:
        raise ImportRefusedError(faults)
    read = [read_row(row) for row in rows]
    products = [product for product, _ in read if product]
    faults = [
        CellFault(number, fault.column, fault.fault)
        for number, (_, found) in enumerate(read, start=HEADER_ROW + 1)
        for fault in found
    ]
    faults += _repeated(rows)
    if faults:
        raise ImportRefusedError(sorted(faults, key=lambda each: each.row))
    register_products(work, _with_known_packs(work, products))
    return len(products)


def _with_known_packs(work: Work, products: Sequence[Product]) -> list[Product]:
    """Keep the packs a product already has: the table names only one of them."""
    known = work.catalogue.of_codes(product.product_code for product in products)
    merged = []
    for product in products:
        before = known.get(product.product_code)
        packs = {pack.gtin: pack for pack in before.packs} if before else {}
        packs |= {pack.gtin: packs.get(pack.gtin, pack) for pack in product.packs}
        ordered = tuple(sorted(packs.values(), key=lambda pack: pack.gtin))
        merged.append(replace(product, packs=ordered))
    return merged


def _header_faults(rows: Sequence[Mapping[str, str]]) -> list[CellFault]:
    if not rows:
        return [CellFault(HEADER_ROW, "code", "there is no row below the header")]
    missing = [column for column in REQUIRED if column not in rows[0]]
    return [
        CellFault(
            HEADER_ROW,
            column,
            f"this column is missing; the columns are {', '.join(COLUMNS)}",
        )
        for column in missing
    ]


def _repeated(rows: Sequence[Mapping[str, str]]) -> list[CellFault]:
    faults = []
    for column in ("code", "gtin13_demo"):
        first: dict[str, int] = {}
        for number, row in enumerate(rows, start=HEADER_ROW + 1):
            text = (row.get(column) or "").strip()
            if text and first.setdefault(text, number) != number:
                fault = f"{text[:40]!r} stands in row {first[text]} already"
                faults.append(CellFault(number, column, fault))
    return faults
