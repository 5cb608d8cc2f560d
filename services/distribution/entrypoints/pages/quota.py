"""The norms: how much of what is due to whom, and since when."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.change_quota_rules import change_quota_rules
from services.distribution.domain.bands import BANDS, CHILDREN_UNDER_THREE
from services.distribution.domain.dated_rules import Standing
from services.distribution.domain.quota import QuotaRule, Size
from services.distribution.entrypoints.calling import account
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    number_error,
    service,
    text_field,
    today,
    whole,
)
from services.distribution.entrypoints.words.terms import KINDS
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import _

quota = Blueprint("quota", __name__, url_prefix="/quota-rules")

PARTS_MAX = 1000
"""The finest a quantity per head is kept: thousandths."""

DAYS_MAX = 366


class Typed(NamedTuple):
    """New terms of a rule, as far as they could be read."""

    quantity: Fraction | None
    per_days: int | None
    state_share: int | None
    since: date | None
    bands: tuple[str, ...] | None


@quota.get("/")
@allow("coordinator")
def index() -> str:
    """List the rules as they stand today, each with what is entered for later."""
    reads = service().page_reads
    return render_template(
        "distribution/quota.html",
        rules=reads.rules().values(),
        products=reads.products(),
    )


@quota.get("/<rule_code>")
@allow("coordinator")
def edit(rule_code: str) -> str:
    """Show one rule as it stands today, to change it from a day on."""
    standing = _rule_or_404(rule_code)
    rule = standing.shown.rule
    return _form(standing, _values_of(standing), rule.bands, {})


@quota.post("/<rule_code>")
@allow("coordinator")
def change(rule_code: str) -> Response | tuple[str, int]:
    """Put new terms in place from a day on; the old ones stay in the history."""
    standing = _rule_or_404(rule_code)
    typed, values = typed_terms(), request.form.to_dict()
    bands = typed.bands or ()
    if errors := errors_of(typed):
        return _form(standing, values, bands, errors), 422
    known = standing.shown.rule
    rule = rule_of(
        typed,
        rule_code,
        known.product_code,
        sizes=known.sizes,
        is_on="is_on" in request.form,
    )
    try:
        keep_rule("change_quota_rules", rule, typed.since)
    except DomainError as refusal:
        errors = {"since": problem_text(refusal)}
        return _form(standing, values, bands, errors), status_of(refusal)
    return redirect(url_for("quota.index"), 303)


def keep_rule(action: str, rule: QuotaRule, since: date | None) -> None:
    """Perform what the form asks for, and say so; raises what the use case does."""
    body: dict[str, Any] = {**request.form.to_dict(), "rule_code": rule.rule_code}
    body["bands"] = sorted(rule.bands)
    body.pop("csrf_token", None)
    service().perform(
        command(action, body),
        lambda work: change_quota_rules([rule], since, work, account=account()),
    )
    toast(_("Norm kept: %(code)s", code=rule.rule_code))


def _rule_or_404(rule_code: str) -> Standing:
    rules = service().page_reads.rules()
    if rule_code not in rules:
        abort(404)
    return rules[rule_code]


def _values_of(standing: Standing) -> dict[str, Any]:
    """Prefill what holds today; what does not hold yet keeps its first day."""
    rule, since = standing.shown.rule, standing.shown.effective_from
    ticked = {"is_once": rule.is_once, "is_on": rule.is_on}
    return {
        "quantity": str(rule.quantity),
        "per_days": str(rule.per_days),
        "state_share": str(rule.state_supplied_percent),
        "unit_kind": rule.unit_kind or "",
        "since": max(today(), since).isoformat(),
        **{name: "1" for name, is_ticked in ticked.items() if is_ticked},
    }


def typed_terms() -> Typed:
    """Read the terms off the form that was sent."""
    chosen = set(request.form.getlist("bands"))
    return Typed(
        quantity=_fraction(text_field("quantity", 20)),
        per_days=_within("per_days", 1, DAYS_MAX),
        state_share=_within("state_share", 0, 100),
        since=day_of(text_field("since", 20)),
        bands=tuple(band for band in BANDS if band in chosen) or None,
    )


def _fraction(text: str) -> Fraction | None:
    """Read ``2.5``, ``2,5`` or ``1/3``; None for whatever is no such number."""
    try:
        value = Fraction(text.replace(",", ".").replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        return None
    is_kept = value.denominator <= PARTS_MAX and 0 <= value <= PARTS_MAX
    return value if is_kept else None


def _within(name: str, low: int, high: int) -> int | None:
    text = text_field(name, 10)
    return None if number_error(text, minimum=low, maximum=high) else whole(text)


def errors_of(typed: Typed) -> dict[str, str]:
    """Say what could not be read, by field."""
    texts = {
        "quantity": _("Enter a number such as 2.5 or 1/3."),
        "per_days": _("Enter days from 1 to %(high)s.", high=DAYS_MAX),
        "state_share": _("Enter per cent from 0 to 100."),
        "since": _("Enter the day from which this holds."),
        "bands": _("Choose at least one."),
    }
    return {
        name: texts[name] for name, value in typed._asdict().items() if value is None
    }


def rule_of(
    typed: Typed,
    rule_code: str,
    product_code: str,
    *,
    sizes: tuple[Size, ...] = (),
    is_on: bool = True,
) -> QuotaRule:
    """Make the rule of terms that could all be read."""
    quantity = typed.quantity or Fraction(0)
    return QuotaRule(
        rule_code=rule_code,
        product_code=product_code,
        bands=typed.bands or (),
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        per_days=typed.per_days or 1,
        unit_kind=text_field("unit_kind", 40) or None,
        sizes=sizes,
        is_once="is_once" in request.form,
        state_supplied_percent=typed.state_share or 0,
        is_on=is_on,
    )


def _form(
    standing: Standing,
    values: Mapping[str, Any],
    chosen: tuple[str, ...],
    errors: Mapping[str, str],
) -> str:
    rule = standing.shown.rule
    return render_template(
        "distribution/quota_rule.html",
        rule=rule,
        following=standing.following,
        values=values,
        chosen=chosen,
        bands=CHILDREN_UNDER_THREE if rule.sizes else BANDS,
        kinds=_kinds(rule.unit_kind),
        errors=errors,
        products=service().page_reads.products(),
        history=service().page_reads.rule_history(rule.rule_code),
        command_id=new_id(),
    )


def _kinds(present: str | None) -> Mapping[str, Any]:
    """Offer every kind of unit, and the present one though a program named it."""
    if present is None or present in KINDS:
        return KINDS
    return {**KINDS, present: present}
