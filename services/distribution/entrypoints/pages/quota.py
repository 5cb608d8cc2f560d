"""The norms: how much of what is due to whom, and since when."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.change_quota_rules import change_quota_rules
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


@quota.get("/")
@allow("coordinator")
def index() -> str:
    """List the rules as they stand."""
    reads = service().page_reads
    rules = [{**row, "per_head": _per_head(row)} for row in reads.rules()]
    return render_template(
        "distribution/quota.html", rules=rules, products=reads.products(), today=today()
    )


@quota.get("/<rule_code>")
@allow("coordinator")
def edit(rule_code: str) -> str:
    """Show one rule, to change it from a day on."""
    row = _rule_or_404(rule_code)
    return _form(row, _values_of(row), {})


@quota.post("/<rule_code>")
@allow("coordinator")
def change(rule_code: str) -> Response | tuple[str, int]:
    """Put new terms in place from a day on; the old ones stay in the history."""
    row = _rule_or_404(rule_code)
    typed = typed_terms()
    errors = errors_of(typed)
    values = {**request.form.to_dict(), "is_on": "is_on" in request.form}
    if errors or typed.quantity is None:
        return _form(row, values, errors), 422
    rule = _changed(row, typed)
    body = {**values, "rule_code": rule_code}
    body.pop("csrf_token", None)
    try:
        service().perform(
            command("change_quota_rules", body),
            lambda work: change_quota_rules(
                [rule], typed.since, work, account=account()
            ),
        )
    except DomainError as refusal:
        return _form(row, values, {"since": problem_text(refusal)}), status_of(refusal)
    toast(_("Norm kept: %(code)s", code=rule_code))
    return redirect(url_for("quota.index"), 303)


def _rule_or_404(rule_code: str) -> dict[str, Any]:
    rules = {row["rule_code"]: row for row in service().page_reads.rules()}
    if rule_code not in rules:
        abort(404)
    return rules[rule_code]


def _per_head(row: Mapping[str, Any]) -> Fraction:
    return Fraction(row["numerator"], row["denominator"])


def _values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "quantity": str(_per_head(row)),
        "per_days": str(row["per_days"]),
        "state_share": str(row["state_supplied_percent"]),
        "since": today().isoformat(),
        "is_on": row["is_on"],
    }


def typed_terms() -> Typed:
    """Read the terms off the form that was sent."""
    return Typed(
        quantity=_fraction(text_field("quantity", 20)),
        per_days=_within("per_days", 1, DAYS_MAX),
        state_share=_within("state_share", 0, 100),
        since=day_of(text_field("since", 20)),
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
    }
    return {
        name: texts[name] for name, value in typed._asdict().items() if value is None
    }


def _changed(row: Mapping[str, Any], typed: Typed) -> QuotaRule:
    quantity = typed.quantity or Fraction(0)
    return QuotaRule(
        rule_code=row["rule_code"],
        product_code=row["product_code"],
        bands=tuple(row["bands"]),
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        per_days=typed.per_days or 1,
        unit_kind=row["unit_kind"],
        sizes=tuple(Size(**size) for size in row["sizes"]),
        is_once=row["is_once"],
        state_supplied_percent=typed.state_share or 0,
        is_on="is_on" in request.form,
    )


def _form(
    row: Mapping[str, Any], values: Mapping[str, Any], errors: Mapping[str, str]
) -> str:
    return render_template(
        "distribution/quota_rule.html",
        rule=row,
        values=values,
        errors=errors,
        products=service().page_reads.products(),
        history=[
            {**each, "per_head": _per_head(each)}
            for each in service().page_reads.rule_history(row["rule_code"])
        ],
        command_id=new_id(),
    )
