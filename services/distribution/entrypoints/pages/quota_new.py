"""A norm that was not there before: for whom, of what, how much."""

import re
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.domain.bands import BANDS
from services.distribution.entrypoints.pages.forms import (
    new_id,
    service,
    text_field,
    today,
)
from services.distribution.entrypoints.pages.quota import (
    errors_of,
    keep_rule,
    rule_of,
    typed_terms,
)
from services.distribution.entrypoints.words.terms import KINDS
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.problems import problem_text, status_of
from shared.web.words import _

new_norm = Blueprint("new_norm", __name__, url_prefix="/quota-rules/new")

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")


@new_norm.get("/")
@allow("coordinator")
def form() -> str:
    """Show the empty form."""
    return _page({}, {})


@new_norm.post("/")
@allow("coordinator")
def add() -> Response | tuple[str, int]:
    """Put a norm in place from a day on; a code is used once."""
    typed, values = typed_terms(), request.form.to_dict()
    bands = typed.bands or ()
    if errors := {**errors_of(typed), **_errors()}:
        return _page(values, errors, bands), 422
    rule = rule_of(typed, text_field("rule_code", 20), text_field("product_code", 60))
    try:
        keep_rule("add_quota_rule", rule, typed.since)
    except DomainError as refusal:
        errors = {"since": problem_text(refusal)}
        return _page(values, errors, bands), status_of(refusal)
    return redirect(url_for("quota.index"), 303)


def _errors() -> dict[str, str]:
    reads, errors = service().page_reads, {}
    code = text_field("rule_code", 40)
    if not CODE.fullmatch(code):
        errors["rule_code"] = _("A code is short: letters, digits and hyphens.")
    elif code in reads.rules():
        errors["rule_code"] = _("There is a norm with this code. Change that one.")
    if text_field("product_code", 60) not in reads.products():
        errors["product_code"] = _("Choose one.")
    return errors


def _page(
    values: Mapping[str, str],
    errors: Mapping[str, str],
    bands: tuple[str, ...] = (),
) -> str:
    usual = {"per_days": "30", "state_share": "0", "since": today().isoformat()}
    return render_template(
        "distribution/quota_new.html",
        values={**usual, **values},
        errors=errors,
        chosen=bands,
        bands=BANDS,
        kinds=KINDS,
        products=service().page_reads.products(),
        command_id=new_id(),
    )
