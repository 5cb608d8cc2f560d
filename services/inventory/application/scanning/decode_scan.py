"""Say what a scan holds before anything is done with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.inventory.application.ports.work import Catalogue
from services.inventory.domain.product import Product
from services.inventory.domain.scanning.decoding import decode, decode_pair
from services.inventory.domain.scanning.scan import DecodedScan
from shared.kernel.clock import local_day


@dataclass(frozen=True, slots=True)
class Codes:
    """What a scanner sent of one pack: one code, or two that belong together."""

    raw: str = field(repr=False)
    second_raw: str | None = field(default=None, repr=False)

    def read(self, today: date, substitutes: Sequence[str]) -> DecodedScan:
        """Decode them; raises ScanError with the first fault in reading order."""
        if self.second_raw is None:
            return decode(self.raw, today=today, substitutes=substitutes)
        return decode_pair(
            self.raw, self.second_raw, today=today, substitutes=substitutes
        )


def decode_scan(
    catalogue: Catalogue, codes: Codes, now: datetime, substitutes: Sequence[str] = ()
) -> dict[str, Any]:
    """Give the decoded scan, its product or None, and what a receipt would lack.

    Raises ScanError with the first fault in reading order.
    """
    code = codes.read(local_day(now), substitutes)
    product = _product(catalogue, code.gtin or code.content_gtin)
    expires_on = code.expiry or code.best_before
    missing = (
        product.missing(lot_number=code.lot, expires_on=expires_on)
        if product
        else ("product",)
    )
    shown = product_as_json(product) if product else None
    return {**code.as_json(), "product": shown, "missing": list(missing)}


def product_as_json(product: Product) -> dict[str, Any]:
    """Write a product under the names of the public interface."""
    return {
        "product_code": product.product_code,
        "category": product.category,
        "names": dict(product.names),
        "unit_of_issue": product.unit_of_issue,
        "packs": [
            {"gtin": str(pack.gtin), "quantity": pack.quantity}
            for pack in product.packs
        ],
        "min_days_at_receipt": product.min_days_at_receipt,
        "min_days_at_dispatch": product.min_days_at_dispatch,
        "sensitivity": product.sensitivity,
        "flags": list(product.flags),
        "version": product.version,
    }


def _product(catalogue: Catalogue, gtin: str | None) -> Product | None:
    if gtin is None:
        return None
    product_code = catalogue.codes_of_gtins([gtin]).get(gtin)
    if product_code is None:
        return None
    return catalogue.of_codes([product_code])[product_code]
