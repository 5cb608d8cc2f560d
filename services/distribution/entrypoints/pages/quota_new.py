"""A norm that was not there before: for whom, of what, how much."""

import re
from collections.abc import Mapping
from fractions import Fraction

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.change_quota_rules import change_quota_rules
from services.distribution.domain.bands import BANDS
from services.distribution.domain.quota import QuotaRule
from services.distribution.entrypoints.calling import account
from services.distribution.entrypoints.pages.forms import (
    command,
    new_id,
    service,
    text_field,
    today,
)
from services.distribution.entrypoints.pages.quota import Typed, errors_of, typed_terms
from services.distribution.entrypoints.words.terms import KINDS
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
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
    bands = tuple(band for band in request.form.getlist("bands") if band in BANDS)
    errors = {**errors_of(typed), **_errors(bands)}
    if errors or typed.quantity is None:
        return _page(values, errors, bands), 422
    rule = _rule(typed, bands, typed.quantity)
    body = {**values, "bands": sorted(bands)}
    body.pop("csrf_token", None)
    try:
        service().perform(
            command("add_quota_rule", body),
            lambda work: change_quota_rules(
                [rule], typed.since, work, account=account()
            ),
        )
    except DomainError as refusal:
        errors = {"since": problem_text(refusal)}
        return _page(values, errors, bands), status_of(refusal)
    toast(_("Norm kept: %(code)s", code=rule.rule_code))
    return redirect(url_for("quota.index"), 303)


def _errors(bands: tuple[str, ...]) -> dict[str, str]:
    reads, errors = service().page_reads, {}
    code = text_field("rule_code", 40)
    if not CODE.fullmatch(code):
        errors["rule_code"] = _("A code is short: letters, digits and hyphens.")
    elif any(row["rule_code"] == code for row in reads.rules()):
        errors["rule_code"] = _("There is a norm with this code. Change that one.")
    if text_field("product_code", 60) not in reads.products():
        errors["product_code"] = _("Choose one.")
    if not bands:
        errors["bands"] = _("Choose at least one.")
    return errors


def _rule(typed: Typed, bands: tuple[str, ...], quantity: Fraction) -> QuotaRule:
    return QuotaRule(
        rule_code=text_field("rule_code", 20),
        product_code=text_field("product_code", 60),
        bands=bands,
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        per_days=typed.per_days or 1,
        unit_kind=text_field("unit_kind", 40) or None,
        is_once="is_once" in request.form,
        state_supplied_percent=typed.state_share or 0,
    )


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
