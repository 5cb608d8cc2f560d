"""A coordinator's number in place of the rule's: look first, then keep."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.override_lines import override_lines
from services.distribution.domain.run import Override, OverrideReason
from services.distribution.entrypoints.pages.forms import (
    command,
    number_error,
    service,
    text_field,
    whole,
)
from services.distribution.entrypoints.pages.run_product import Wish, product_page
from services.distribution.entrypoints.pages.run_view import effect_of
from services.distribution.entrypoints.words.consequences import sentence
from services.distribution.entrypoints.words.terms import OVERRIDE_REASONS
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import _

overrides = Blueprint("overrides", __name__, url_prefix="/runs/<uuid:run_id>/products")


@overrides.get("/<product_code>")
@allow("coordinator")
def product(run_id: UUID, product_code: str) -> str:
    """Show who is proposed how much of one product, and why."""
    return product_page(run_id, product_code, read_wish(run_id, product_code))


def read_wish(run_id: UUID, product_code: str) -> Wish:
    """Read from the address which row is open, and with which number."""
    unit_code = request.args.get("change", "")
    quantity = request.args.get("quantity", "").strip()
    reason = request.args.get("reason", "")
    wish = Wish(unit_code, quantity, reason, request.args.get("note", ""))
    if not unit_code or not quantity:
        return wish
    return _looked_at(run_id, product_code, wish)


@overrides.get("/<product_code>/preview")
@allow("coordinator")
def preview(run_id: UUID, product_code: str) -> str:
    """Say what an override would change; nothing is kept."""
    wish = read_wish(run_id, product_code)
    return render_template("distribution/_effect.html", wish=wish, consequence=sentence)


@overrides.post("/<product_code>/override")
@allow("coordinator")
def keep(run_id: UUID, product_code: str) -> Response | str | tuple[str, int]:
    """Keep an override beside the proposed number, or only look what it changes."""
    wish = Wish(
        text_field("unit_code", 40),
        text_field("quantity", 12),
        text_field("reason"),
        text_field("note"),
    )
    if request.form.get("intent") == "look":
        return product_page(
            run_id, product_code, _looked_at(run_id, product_code, wish)
        )
    if error := _error_of(wish):
        return product_page(run_id, product_code, replace(wish, error=error)), 422
    quantity = whole(wish.quantity) or 0
    body: dict[str, Any] = {
        "unit_code": wish.unit_code,
        "product_code": product_code,
        "quantity": quantity,
        "reason": wish.reason,
        "note": wish.note,
    }
    try:
        override = Override.read(**body)
        service().perform(
            command(f"override_lines {run_id}", body),
            lambda work: override_lines(run_id, [override], work),
        )
    except DomainError as refusal:
        again = replace(wish, error=problem_text(refusal))
        return product_page(run_id, product_code, again), status_of(refusal)
    toast(_("Kept: %(unit)s gets %(n)s.", unit=wish.unit_code, n=quantity))
    there = url_for("overrides.product", run_id=run_id, product_code=product_code)
    return redirect(there, 303)


def _error_of(wish: Wish) -> str:
    """Say what is missing before a number can be kept; empty when nothing is."""
    if error := number_error(wish.quantity):
        return error
    if wish.reason not in OVERRIDE_REASONS:
        return _("Choose the reason.")
    if wish.reason == OverrideReason.OTHER and not wish.note:
        return _("Say in the note what the reason is.")
    return ""


def _looked_at(run_id: UUID, product_code: str, wish: Wish) -> Wish:
    if error := number_error(wish.quantity):
        return replace(wish, error=error)
    override = Override(
        wish.unit_code, product_code, whole(wish.quantity) or 0, OverrideReason.OTHER
    )
    try:
        before, after = service().try_override(run_id, [override])
    except DomainError as refusal:
        return replace(wish, error=problem_text(refusal))
    return replace(wish, effect=effect_of(before, after, wish.unit_code))
