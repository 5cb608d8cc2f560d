"""Offering something else to a unit for which a proposal falls short."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.offer_substitute import (
    Offer,
    offer_substitute,
)
from services.distribution.domain.errors import NotOnRunError
from services.distribution.entrypoints.pages.forms import (
    command,
    new_id,
    number_error,
    service,
    text_field,
    whole,
)
from services.distribution.entrypoints.pages.need_words import SUBSTITUTE_WORDS
from services.distribution.entrypoints.pages.run_product import run_or_404
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import _

instead = Blueprint(
    "instead",
    __name__,
    url_prefix="/runs/<uuid:run_id>/products/<product_code>/instead",
)


@instead.get("/")
@allow("coordinator")
def ask(run_id: UUID, product_code: str) -> str:
    """Show what is short, and what there is to offer in its place."""
    return _page(run_id, product_code, request.args.get("unit", ""), {}, "")


@instead.post("/")
@allow("coordinator")
def offer(run_id: UUID, product_code: str) -> Response | tuple[str, int]:
    """Offer it, and share it out in the same run."""
    unit_code = text_field("unit_code", 40)
    typed = {name: text_field(name, 60) for name in ("substitute_code", "reason")}
    typed["quantity"] = text_field("quantity", 12)
    if refusal := _error_of(typed):
        return _page(run_id, product_code, unit_code, typed, refusal), 422
    wish = Offer(
        run_id,
        unit_code,
        product_code,
        typed["substitute_code"],
        whole(typed["quantity"]) or 0,
        typed["reason"],
    )
    body = {key: str(value) for key, value in asdict(wish).items()}
    try:
        service().perform(
            command(f"offer_substitute {run_id}", body),
            lambda work: offer_substitute(wish, work),
        )
    except DomainError as refused:
        page = _page(run_id, product_code, unit_code, typed, problem_text(refused))
        return page, status_of(refused)
    toast(_("Offered instead, and shared out in this run."))
    there = url_for("overrides.product", run_id=run_id, product_code=product_code)
    return redirect(there, 303)


def _error_of(typed: Mapping[str, str]) -> str:
    if not typed["substitute_code"]:
        return _("Choose what is offered.")
    if error := number_error(typed["quantity"], minimum=1):
        return error
    if typed["reason"] not in SUBSTITUTE_WORDS:
        return _("Choose why something else is offered.")
    return ""


def _page(
    run_id: UUID,
    product_code: str,
    unit_code: str,
    typed: Mapping[str, str],
    refusal: str,
) -> str:
    reads = service().page_reads
    rows = reads.run_lines(run_id, product_code)
    row = next((each for each in rows if each["line"].unit_code == unit_code), None)
    if row is None:
        raise NotOnRunError(unit_code, product_code)
    line = row["line"]
    values: dict[str, Any] = {
        "quantity": str(line.requested - line.quantity),
        "substitute_code": "",
        "reason": "out_of_stock",
        **typed,
    }
    return render_template(
        "distribution/run_instead.html",
        run=run_or_404(run_id),
        row=row,
        line=line,
        product=reads.products().get(product_code),
        product_code=product_code,
        candidates=reads.substitutes_for(product_code, unit_code),
        reasons=SUBSTITUTE_WORDS,
        values=values,
        refusal=refusal,
        command_id=new_id(),
    )
