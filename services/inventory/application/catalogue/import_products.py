"""Take a table of products into the catalogue, whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.inventory.application.catalogue.importing import (
    CellFault,
    ImportRefusedError,
    Rows,
    TableKind,
    faults_of,
    numbered,
    repeated,
)
from services.inventory.application.catalogue.register_product import register_products
from services.inventory.application.ports.work import Work
from services.inventory.domain.catalogue_row import COLUMNS, REQUIRED, read_row
from services.inventory.domain.product import Product


def import_products(work: Work, rows: Sequence[Mapping[str, str]]) -> int:
    """Register every row; give the number of products.

    Raises ImportRefusedError, which names every bad row and cell, and
    GtinTakenError when a number belongs to a product that is not in the table.
    """
    faults = faults_of(PRODUCT_TABLE, work, rows)
    if faults:
        raise ImportRefusedError(faults)
    return _apply(work, rows, "")


def _check(_: Work, rows: Rows) -> list[CellFault]:
    faults = [
        CellFault.of(number, fault)
        for number, row in numbered(rows)
        for fault in read_row(row)[1]
    ]
    for column in ("code", "gtin13_demo"):
        cells = [(n, (row.get(column) or "").strip()) for n, row in numbered(rows)]
        faults += repeated(column, ((n, text, text) for n, text in cells))
    return faults


def _apply(work: Work, rows: Rows, _account: str) -> int:
    read = [read_row(row)[0] for _, row in numbered(rows)]
    products = [product for product in read if product]
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


PRODUCT_TABLE = TableKind(
    columns=COLUMNS,
    required=REQUIRED,
    example=(
        "HYG-COMB",
        "hygiene",
        "Comb",
        "Расчёска",
        "Тарақ",
        "piece",
        "2000100090008",
        "100",
        "0",
        "0",
        "0",
        "0",
        "",
    ),
    check=_check,
    apply=_apply,
)
