"""What a label says, in the reader's language."""

from services.inventory.application.page_views import LotView, PlaceView
from services.inventory.application.receiving.label_sheets import Label, LabelRow
from services.inventory.domain.own_codes import (
    box_elements,
    lot_elements,
    place_elements,
)
from services.inventory.domain.product import Product
from services.inventory.entrypoints.words.terms import name_of
from shared.kernel.gs1 import GTIN, SSCC
from shared.web.papers import day
from shared.web.words import _

BOX_DIGITS_SHOWN = 6


def place_label(place: PlaceView) -> Label:
    """Label a shelf: its code as large as it fits."""
    return Label(
        head=place.location_code,
        rows=[LabelRow("", place.name)],
        elements=place_elements(place.location_code),
        is_code=True,
        has_bars=True,
    )


def lot_label(lot: LotView, product: Product) -> Label:
    """Label a pack of a lot as its maker would have.

    Without a code on the pack of one unit the label carries words only.
    """
    gtin = unit_code(product)
    rows = [LabelRow(_("Lot"), lot.lot_number, is_code=True)]
    if lot.expires_on:
        rows.append(LabelRow(_("Use by"), day(lot.expires_on)))
    rows.append(LabelRow(_("Gift"), lot.gift_number, is_code=True))
    return Label(
        head=name_of(product.names, product.product_code),
        rows=rows,
        elements=lot_elements(gtin, lot.lot_number, lot.expires_on) if gtin else {},
    )


def box_label(number: SSCC) -> Label:
    """Label a box; what is inside is written by hand."""
    serial = number[-1 - BOX_DIGITS_SHOWN : -1]
    return Label(
        head=_("Box %(number)s", number=serial),
        rows=[LabelRow(_("Inside:"), "")],
        elements=box_elements(number),
        has_bars=True,
    )


def unit_code(product: Product) -> GTIN | None:
    """Find the code that stands for one unit of issue, the shortest first."""
    codes = [pack.gtin for pack in product.packs if pack.quantity == 1]
    return min(codes, key=lambda code: (len(code.shortest), code), default=None)
