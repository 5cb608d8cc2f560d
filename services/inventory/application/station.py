"""What a phone keeps of the warehouse, so that it can work without a network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Protocol

from services.inventory.application.outbound.queries import PickListView
from services.inventory.application.page_views import GiftView
from services.inventory.application.ports.work import Place
from services.inventory.domain.product import Product

RECEIPTS_LOOKED_AT = 20
RECEIPTS_MIN = 3
GIFTS_KEPT = 200
LISTS_KEPT = 200
LOTS_KEPT = 1_000
"""Products and places with several lots, the latest changed first."""


@dataclass(frozen=True, slots=True)
class OpenCount:
    """A count sheet that is being counted: never what the books say (blind)."""

    count_sheet_number: str
    location_code: str | None
    product_code: str | None


@dataclass(frozen=True, slots=True)
class LotThere:
    """One of several lots of a product at a place: only the pack says which it is."""

    product_code: str
    location_code: str
    lot_number: str
    expires_on: date | None


class StationQueries(Protocol):
    """The read models behind the snapshot."""

    def products(self) -> Sequence[Product]: ...
    def recent_receipts(self) -> Mapping[str, Sequence[int]]:
        """Give the last ``RECEIPTS_LOOKED_AT`` quantities received of each product.

        What was taken back does not count.
        """

    def places(self) -> Sequence[Place]: ...
    def gifts(self) -> Sequence[GiftView]: ...
    def pick_lists(self) -> Sequence[PickListView]: ...
    def count_sheets(self) -> Sequence[OpenCount]: ...
    def lots_to_tell_apart(self) -> Sequence[LotThere]:
        """List the lots of every product that stands somewhere in more than one."""


def station_snapshot(queries: StationQueries) -> dict[str, Any]:
    """Write everything a phone needs, JSON-ready; quantities of the books left out."""
    receipts = queries.recent_receipts()
    return {
        "products": [
            {
                **_product(product),
                "usual_quantity": usual_quantity(
                    receipts.get(product.product_code, ())
                ),
            }
            for product in queries.products()
        ],
        "locations": [
            {"location_code": one.location_code, "name": one.name, "kind": one.kind}
            for one in queries.places()
        ],
        "gifts": [
            {"gift_number": one.gift_number, "donor_code": one.donor_code}
            for one in queries.gifts()
        ],
        "pick_lists": [_pick_list(one) for one in queries.pick_lists()],
        "count_sheets": [
            {
                "count_sheet_number": one.count_sheet_number,
                "location_code": one.location_code,
                "product_code": one.product_code,
            }
            for one in queries.count_sheets()
        ],
        "lots": [_lot(one) for one in queries.lots_to_tell_apart()],
    }


def usual_quantity(receipts: Sequence[int]) -> int | None:
    """Give the middle one of the last receipts; too few say nothing."""
    if len(receipts) < RECEIPTS_MIN:
        return None
    return int(median(receipts))


def _product(product: Product) -> dict[str, Any]:
    endured = product.temperature_range
    return {
        "product_code": product.product_code,
        "names": dict(product.names),
        "category": product.category,
        "unit_of_issue": product.unit_of_issue,
        "packs": [
            {"gtin": str(pack.gtin), "quantity": pack.quantity}
            for pack in product.packs
        ],
        "needs": list(product.missing(lot_number=None, expires_on=None)),
        "flags": list(product.flags),
        "min_days_at_receipt": product.min_days_at_receipt,
        "temperature_range": endured
        and {"lowest": endured.lowest, "highest": endured.highest},
    }


def _lot(one: LotThere) -> dict[str, Any]:
    return {
        "product_code": one.product_code,
        "location_code": one.location_code,
        "lot_number": one.lot_number,
        "expires_on": one.expires_on and one.expires_on.isoformat(),
    }


def _pick_list(one: PickListView) -> dict[str, Any]:
    return {
        "pick_list_number": one.pick_list_number,
        "consignment_number": one.consignment_number,
        "status": one.status,
        "lines": [
            {
                "product_code": line.product_code,
                "lot_id": str(line.lot_id),
                "lot_number": line.lot_number,
                "expires_on": line.expires_on and line.expires_on.isoformat(),
                "location_code": line.location_code,
                "quantity": line.quantity,
                "picked": line.picked,
            }
            for line in one.lines
        ],
    }
