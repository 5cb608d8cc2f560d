"""What goes into the vehicle: written on the waybill, ticked off while loading."""

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from services.distribution.application.load_consignment import (
    OPEN,
    describe_transport,
    pack_anew,
    take_back_tick,
    tick_off,
)
from services.distribution.domain.consignment import (
    GRAMS_MAX,
    PACKAGES_MAX,
    Transport,
)
from services.distribution.entrypoints.calling import scope
from services.distribution.entrypoints.pages.consignments import consignment_or_404
from services.distribution.entrypoints.pages.forms import (
    command,
    new_id,
    number_error,
    service,
    text_field,
    uuid_field,
    whole,
)
from services.distribution.entrypoints.pages.way import Way, kept_way, typed_way
from services.distribution.entrypoints.words.terms import DRIVER_ROLES
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

loading = Blueprint(
    "loading", __name__, url_prefix="/consignments/<consignment_number>"
)

GRAMS_OF_A_KILOGRAM = 1000


@loading.get("/transport/")
@allow("coordinator")
def transport(consignment_number: str) -> str:
    """Show what the waybill says of the way."""
    found = consignment_or_404(consignment_number)
    return _transport_page(found, _kept(found), "")


@loading.post("/transport/")
@allow("coordinator")
def describe(consignment_number: str) -> Response | tuple[str, int]:
    """Keep vehicle, driver's role, packages and weight."""
    found = consignment_or_404(consignment_number)
    way = typed_way()
    typed = {
        **asdict(way),
        "packages": text_field("packages", 10),
        "kilograms": text_field("kilograms", 12),
    }
    if refusal := _number_refusal(typed):
        return _transport_page(found, typed, refusal), 422
    wanted = _read(typed, way)
    try:
        service().perform(
            command(f"describe_transport {consignment_number}", typed),
            lambda work: describe_transport(consignment_number, wanted, work),
        )
    except DomainError as refused:
        page = _transport_page(found, typed, problem_text(refused))
        return page, status_of(refused)
    toast(_("The waybill is up to date."))
    there = url_for("consignments.show", consignment_number=consignment_number)
    return redirect(there, 303)


def _number_refusal(typed: dict[str, Any]) -> str:
    packages, weight = typed["packages"], typed["kilograms"]
    if packages and number_error(packages, minimum=1, maximum=PACKAGES_MAX):
        return _("Count the packages: a whole number.")
    if weight and not _grams(weight):
        return _("Write the weight in kilograms, such as 48.5.")
    return ""


def _grams(text: str) -> int | None:
    """Read kilograms as people type them, with a comma or a point."""
    try:
        grams = round(float(text.replace(",", ".")) * GRAMS_OF_A_KILOGRAM)
    except (ValueError, OverflowError):
        return None
    return grams if 0 < grams <= GRAMS_MAX else None


def _read(typed: dict[str, Any], way: Way) -> Transport:
    return replace(
        way.to_transport(),
        packages=whole(typed["packages"]) if typed["packages"] else None,
        gross_weight_grams=_grams(typed["kilograms"]) if typed["kilograms"] else None,
    )


def _kept(found: dict[str, Any]) -> dict[str, Any]:
    grams = found["gross_weight_grams"]
    return {
        **asdict(kept_way(found["vehicle"], found["driver_role"])),
        "packages": found["packages"] or "",
        "kilograms": f"{grams / GRAMS_OF_A_KILOGRAM:g}" if grams else "",
    }


def _transport_page(found: dict[str, Any], typed: dict[str, Any], refusal: str) -> str:
    return render_template(
        "distribution/transport.html",
        consignment=found,
        typed=typed,
        driver_roles=DRIVER_ROLES,
        refusal=refusal,
        command_id=new_id(),
        is_open=found["state"] in OPEN,
        counted_at=parts().clock.now(),
    )


@loading.get("/packing/")
@allow("coordinator", "outreach")
def packing(consignment_number: str) -> str:
    """Show the list to tick off: scan the labels of bags and lots."""
    return _packing_page(consignment_number, "", "")


@loading.post("/packing/")
@allow("coordinator", "outreach")
def scan(consignment_number: str) -> Response | tuple[str, int]:
    """Tick off what a scanned label stands for."""
    found = consignment_or_404(consignment_number)
    raw, quantity = text_field("raw"), text_field("quantity", 12)
    if not raw or (quantity and number_error(quantity, minimum=1)):
        refusal = _("Scan the label of a bag or of a lot.")
        return _packing_page(consignment_number, raw, refusal), 422
    whose, tick_id = scope(), uuid_field("command_id")
    try:
        service().perform(
            command(f"tick_off {consignment_number}", {"raw": raw, "of": quantity}),
            lambda work: tick_off(
                found["consignment_number"],
                raw,
                whole(quantity) if quantity else None,
                work,
                scope=whose,
                tick_id=tick_id,
            ),
        )
    except DomainError as refused:
        page = _packing_page(consignment_number, raw, problem_text(refused))
        return page, status_of(refused)
    undo = {"command_id": new_id(), "tick_id": str(tick_id)}
    there = url_for("loading.take_back", consignment_number=consignment_number)
    toast(_("Ticked off: %(label)s", label=raw), undo_url=there, undo_fields=undo)
    return _back(consignment_number)


@loading.post("/packing/undo")
@allow("coordinator", "outreach")
def take_back(consignment_number: str) -> Response:
    """Take one tick back; the others stay."""
    found, whose = consignment_or_404(consignment_number), scope()
    tick_id = uuid_field("tick_id")
    try:
        service().perform(
            command(f"take_back_tick {consignment_number}", {"tick_id": str(tick_id)}),
            lambda work: take_back_tick(
                found["consignment_number"], tick_id, work, scope=whose
            ),
        )
    except DomainError as refused:
        toast(problem_text(refused))
    return _back(consignment_number)


@loading.post("/packing/anew")
@allow("coordinator", "outreach")
def anew(consignment_number: str) -> Response:
    """Begin the check from the start."""
    found, whose = consignment_or_404(consignment_number), scope()
    service().perform(
        command(f"pack_anew {consignment_number}", {}),
        lambda work: pack_anew(found["consignment_number"], work, scope=whose),
    )
    return _back(consignment_number)


def _back(consignment_number: str) -> Response:
    there = url_for("loading.packing", consignment_number=consignment_number)
    return redirect(there, 303)


def _packing_page(consignment_number: str, raw: str, refusal: str) -> str:
    found = consignment_or_404(consignment_number)
    lines = [_with_progress(line) for line in found["lines"]]
    return render_template(
        "distribution/packing.html",
        consignment=found,
        lines=[line for line in lines if line["asked"]],
        products=service().page_reads.products(),
        raw=raw,
        refusal=refusal,
        command_id=new_id(),
        anew_id=new_id(),
        is_open=found["state"] in OPEN,
        counted_at=parts().clock.now(),
    )


def _with_progress(line: dict[str, Any]) -> dict[str, Any]:
    left = line["dispatched"]
    asked = int(line["quantity"] if left is None else left)
    return {**line, "asked": asked, "is_done": line["packed"] >= asked}
