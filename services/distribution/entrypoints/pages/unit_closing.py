"""Closing a unit: what it lets go of is shown first; and opening it again."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.register_place import open_or_close
from services.distribution.entrypoints.pages.forms import command, new_id, service
from services.distribution.entrypoints.pages.places import unit_or_404
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.words import _

closing = Blueprint("closing", __name__, url_prefix="/units/<unit_code>/closing")


@closing.get("/")
@allow("coordinator")
def ask(unit_code: str) -> str:
    """Show what is meant for the unit, and what would become of it."""
    row, reads = unit_or_404(unit_code), service().page_reads
    meant = reads.meant_for(unit_code)
    return render_template(
        "distribution/unit_closing.html",
        unit=row,
        held=[each for each in meant if not each["is_on_its_way"]],
        travelling=[each for each in meant if each["is_on_its_way"]],
        requisitions=reads.waiting_requisitions(unit_code),
        products=reads.products(),
        command_id=new_id(),
    )


@closing.post("/")
@allow("coordinator")
def decide(unit_code: str) -> Response:
    """Close the unit, or open it again."""
    is_closed = request.form.get("intent") != "open"
    body: dict[str, Any] = {"unit_code": unit_code, "is_closed": is_closed}
    service().perform(
        command("open_or_close", body),
        lambda work: open_or_close(unit_code, work, is_closed=is_closed),
    )
    if is_closed:
        toast(_("%(unit)s is closed. What was held for it is free.", unit=unit_code))
    else:
        toast(_("%(unit)s is open again. It can ask for goods.", unit=unit_code))
    return redirect(url_for("places.unit", unit_code=unit_code), 303)
