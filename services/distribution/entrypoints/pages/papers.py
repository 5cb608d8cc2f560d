"""The waybill that travels with the goods, and the proof of what became of them.

What they must hold stands in DOMAIN 2.3. A shelter is named by its code alone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Response

from services.distribution.domain.consignment import OWN_CAR
from services.distribution.domain.product import Product
from services.distribution.entrypoints.pages.consignments import consignment_or_404
from services.distribution.entrypoints.pages.forms import service, today
from services.distribution.entrypoints.pages.show import place_name
from services.distribution.entrypoints.words.terms import (
    DRIVER_ROLES,
    RECEIVER_ROLES,
    REFUSAL_REASONS,
    product_name,
    unit_word,
    word,
)
from shared.kernel.clock import local_day
from shared.kernel.errors import NotFoundError
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.papers import day, detail, frame, lines, number, paper, signature
from shared.web.words import _

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"
GRAMS_OF_A_KILOGRAM = 1000
BY_HAND = "_" * 14

Row = Mapping[str, Any]

papers = Blueprint("papers", __name__, url_prefix="/consignments/<consignment_number>")


@papers.get("/waybill.pdf")
@allow("coordinator", "outreach")
def waybill(consignment_number: str) -> Response:
    """Give the paper that goes with the vehicle, in the reader's language."""
    found = consignment_or_404(consignment_number)
    name = found["waybill_number"] or consignment_number
    return paper(TEMPLATES / "waybill.typ", name, waybill_facts(found, _products()))


@papers.get("/proof.pdf")
@allow("coordinator", "outreach")
def proof_of_delivery(consignment_number: str) -> Response:
    """Give the record of the handover that counts."""
    found = consignment_or_404(consignment_number)
    if not found["handovers"]:
        raise NotFoundError(f"{consignment_number} is not handed over yet.")
    facts = proof_facts(found, _products())
    return paper(
        TEMPLATES / "proof_of_delivery.typ", f"proof-{consignment_number}", facts
    )


def _products() -> Mapping[str, Product]:
    return service().page_reads.products()


def waybill_facts(found: Row, products: Mapping[str, Product]) -> dict[str, Any]:
    """Lay a waybill out; what is not known yet is left to be written by hand."""
    left_at = found["dispatched_at"]
    left_on = local_day(left_at) if left_at else found["planned_on"]
    named = found["waybill_number"] or found["consignment_number"]
    rows = [_waybill_row(line, products) for line in _travelling(found)]
    return {
        **frame(_("Waybill"), named, left_on),
        "details": _waybill_details(found, left_on),
        "lines": lines(_waybill_heads(), rows),
        "note": _(
            "Shortage and damage are written here before the signed copy goes back."
        ),
        "remarks": _("Remarks"),
        "boxes": [
            signature(_("Handed out by")),
            signature(_("Carried by")),
            signature(_("Received by")),
        ],
    }


def _waybill_details(found: Row, left_on: date) -> Sequence[Mapping[str, Any]]:
    return [
        detail(_("Consignment"), found["consignment_number"], is_code=True),
        detail(_("Date"), day(left_on)),
        detail(_("Loading place"), _("Komek warehouse")),
        detail(_("Destination code"), found["facility_code"], is_code=True),
        *_place(found),
        _written(_("Vehicle"), vehicle_words(found["vehicle"])),
        _written(_("Driver, role"), word(DRIVER_ROLES, found["driver_role"] or "")),
        _written(_("Packages"), number(found["packages"])),
        _written(_("Gross weight, kg"), kilograms(found["gross_weight_grams"])),
    ]


def _waybill_heads() -> Sequence[str]:
    return [
        _("Unit"),
        _("Product"),
        _("Lot"),
        _("Use by"),
        _("Quantity"),
        _("Measure"),
        _("Seals"),
        _("Checked"),
    ]


def _written(label: str, value: str) -> Mapping[str, Any]:
    """Give a fact, or room to write it by hand."""
    return detail(label, value or BY_HAND)


def _place(found: Row) -> Sequence[Mapping[str, Any]]:
    name = place_name(found)
    return [] if name == found["facility_code"] else [detail(_("Destination"), name)]


def _travelling(found: Row) -> Sequence[Row]:
    """Give what left; before that, what is planned to leave."""
    has_left = found["dispatched_at"] is not None
    return [line for line in found["lines"] if line["dispatched"] or not has_left]


def _goods(line: Row, products: Mapping[str, Product]) -> list[str]:
    product = products.get(line["product_code"])
    return [
        line["unit_code"],
        product_name(product, line["product_code"]),
        line["lot_number"] or "",
    ]


def _waybill_row(line: Row, products: Mapping[str, Product]) -> list[str]:
    left = line["dispatched"]
    return [
        *_goods(line, products),
        day(line["expires_on"]),
        number(line["quantity"] if left is None else left),
        unit_word(products.get(line["product_code"])),
        ", ".join(line["bag_ids"]),
        "",
    ]


def proof_facts(found: Row, products: Mapping[str, Product]) -> dict[str, Any]:
    """Lay out what became of each line; the time is rounded to the day."""
    last = found["handovers"][-1]
    on = local_day(last["occurred_at"])
    corrected = _("yes") if last["corrects"] else _("no")
    sent = [line for line in found["lines"] if line["dispatched"]]
    return {
        **frame(_("Proof of delivery"), found["consignment_number"], on),
        "details": [
            detail(_("Waybill"), found["waybill_number"] or "", is_code=True),
            detail(_("Received on"), day(on)),
            detail(_("Destination code"), found["facility_code"], is_code=True),
            detail(_("Receiver, role"), word(RECEIVER_ROLES, _text(last, "role"))),
            detail(_("Staff number"), _text(last, "number"), is_code=True),
            detail(_("Corrected afterwards"), corrected),
        ],
        "lines": lines(_proof_heads(), [_proof_row(one, products) for one in sent]),
        "note": _("Printed on %(day)s.", day=day(today())),
    }


def _proof_heads() -> Sequence[str]:
    return [
        _("Unit"),
        _("Product"),
        _("Lot"),
        _("Sent"),
        _("Accepted at the gate"),
        _("Not let through"),
        _("Why not let through"),
        _("Damaged"),
        _("Short"),
        _("Measure"),
    ]


def _text(handover: Row, name: str) -> str:
    return handover[f"receiver_{name}"] or ""


def _proof_row(line: Row, products: Mapping[str, Product]) -> list[str]:
    reason = line["refusal_reason"] or ""
    return [
        *_goods(line, products),
        number(line["dispatched"]),
        number(line["accepted"]),
        number(line["refused"]),
        word(REFUSAL_REASONS, reason),
        number(line["damaged"]),
        number(line["short"]),
        unit_word(products.get(line["product_code"])),
    ]


def vehicle_words(vehicle: str | None) -> str:
    """Say which vehicle; somebody's own car stays without a registration."""
    return _("own car") if vehicle == OWN_CAR else vehicle or ""


def kilograms(grams: int | None) -> str:
    """Write a weight in kilograms with one digit, as scales show it."""
    if grams is None:
        return ""
    tenths = round(grams * 10 / GRAMS_OF_A_KILOGRAM)
    comma = "." if current_language() == "en" else ","
    return f"{tenths // 10}{comma}{tenths % 10}"


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "vehicle_words": vehicle_words,
    "kilograms": kilograms,
}
"""What templates say of the way with the words of the waybill."""
