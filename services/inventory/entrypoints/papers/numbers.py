"""The sheet of number codes: counting and receiving where goods carry no code."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from services.inventory.domain.product import Product
from services.inventory.entrypoints.words.labels import unit_code
from services.inventory.entrypoints.words.terms import (
    category_word,
    name_of,
)
from shared.documents.barcodes import (
    CodeNotDrawableError,
    Drawing,
    ean13,
    gs1_datamatrix,
)
from shared.kernel.gs1 import GTIN
from shared.web.papers import frame
from shared.web.units import counted_unit
from shared.web.words import _


def number_sheet_facts(
    products: Sequence[Product], printed_at: datetime
) -> dict[str, Any]:
    """Lay all products out by category, each with the code of one unit of issue."""
    ordered = sorted(products, key=lambda one: (one.category, one.product_code))
    return {
        **frame(_("Number codes of products"), "", printed_at),
        "hint": _("Scan the code here, then type how many. One scan is one unit."),
        "without": _("no code yet"),
        "groups": [
            {"title": category_word(category), "products": list(_cells(members))}
            for category, members in groupby(ordered, lambda one: one.category)
        ],
    }


def _cells(products: Iterable[Product]) -> Iterable[Mapping[str, Any]]:
    for product in products:
        gtin = unit_code(product)
        yield {
            "name": name_of(product.names, product.product_code),
            "code": product.product_code,
            "unit": counted_unit(product.unit_of_issue, 1),
            "digits": gtin.shortest if gtin else "",
            "drawing": _drawing(gtin) if gtin else None,
        }


def _drawing(gtin: GTIN) -> Drawing:
    """Draw bars for the widest choice of scanners; 14 digits fit a square only."""
    try:
        return ean13(gtin)
    except CodeNotDrawableError:
        return gs1_datamatrix({"01": str(gtin)})
