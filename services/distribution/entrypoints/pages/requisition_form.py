"""A unit asks for goods: filled in beforehand from norms and headcount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.submit_requisition import (
    SubmitRequisition,
    submit_requisition,
)
from services.distribution.domain.errors import UnknownRequisitionError
from services.distribution.domain.requisition import QUANTITY_MAX, RequisitionState
from services.distribution.domain.suggestion import (
    USUAL_NOTICE,
    due_left,
    suggested,
    usual_day,
)
from services.distribution.entrypoints.calling import account, scope
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    number_error,
    service,
    text_field,
    today,
    uuid_field,
    whole,
)
from services.distribution.entrypoints.pages.gate import gate_facts
from services.distribution.entrypoints.pages.places import unit_or_404
from services.distribution.entrypoints.words.terms import CATEGORIES, OVER_REASONS
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

asking = Blueprint("asking", __name__, url_prefix="/units/<unit_code>/requisition")

COUNT_AGE_MAX = timedelta(days=31)
"""An older headcount is to be confirmed before anything is asked for."""


@dataclass
class Asked:
    """What stands in the fields, and what is wrong with it."""

    requisition_id: str
    needed_by: date
    quantities: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str = ""
    delivery_on: date | None = None


@asking.get("/")
@allow("coordinator", "outreach")
def form(unit_code: str) -> str:
    """Show what is due as the suggestion; a draft as it was left."""
    unit = unit_or_404(unit_code)
    draft = _draft(unit_code)
    needed_by = day_of(request.args.get("needed_by", ""))
    typed = _typed_of(draft) if draft else _first(unit, needed_by)
    rows = service().page_reads.dues(unit_code, typed.needed_by)
    if not draft:
        typed.quantities = {_code(row): str(_suggested(row)) for row in rows}
    return _page(unit, rows, typed)


def _first(unit: Mapping[str, Any], needed_by: date | None) -> Asked:
    """Begin for the facility's next delivery, or for a fortnight ahead."""
    days = service().page_reads.delivery_days(unit["facility_code"], today())
    chosen = needed_by or usual_day(days, today())
    return Asked(new_id(), chosen, delivery_on=chosen if chosen in days else None)


@asking.post("/")
@allow("coordinator", "outreach")
def send(unit_code: str) -> Response | tuple[str, int]:
    """Keep the draft, or send the requisition."""
    unit = unit_or_404(unit_code)
    is_draft = request.form.get("intent") == "draft"
    typed = _read()
    rows = service().page_reads.dues(unit_code, typed.needed_by)
    _check(rows, typed, is_draft=is_draft)
    if typed.errors or typed.refusal:
        return _page(unit, rows, typed), 422
    try:
        _submit(unit_code, typed, is_draft=is_draft)
    except DomainError as refusal:
        typed.refusal = problem_text(refusal)
        return _page(unit, rows, typed), status_of(refusal)
    said = (
        _("Draft kept. Nobody has been asked yet.")
        if is_draft
        else _("Sent. The coordinator sees it now.")
    )
    toast(said)
    there = url_for("requisitions.show", requisition_id=typed.requisition_id)
    return redirect(there, 303)


def _submit(unit_code: str, typed: Asked, *, is_draft: bool) -> None:
    lines = [
        (code, quantity)
        for code, text in sorted(typed.quantities.items())
        if (quantity := whole(text))
    ]
    wish = SubmitRequisition(
        requisition_id=UUID(typed.requisition_id),
        unit_code=unit_code,
        needed_by=typed.needed_by,
        lines=lines,
        is_draft=is_draft,
        reasons={
            code: typed.reasons[code] for code, _q in lines if code in typed.reasons
        },
        delivery_on=typed.delivery_on,
    )
    body = {
        "requisition_id": typed.requisition_id,
        "unit_code": unit_code,
        "needed_by": typed.needed_by.isoformat(),
        "lines": lines,
        "reasons": dict(wish.reasons),
        "delivery_on": typed.delivery_on and typed.delivery_on.isoformat(),
        "draft": is_draft,
    }
    whose, who = scope(), account()
    service().perform(
        command("submit_requisition", body),
        lambda work: submit_requisition(wish, work, scope=whose, account=who),
    )


def _draft(unit_code: str) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """Find the draft the address names; another unit's is not there."""
    wanted = request.args.get("draft", "")
    if not wanted:
        return None
    try:
        requisition_id = UUID(wanted)
    except ValueError:
        return None
    reads = service().page_reads
    found = reads.requisition(requisition_id)
    if (
        found is None
        or found["unit_code"] != unit_code
        or found["state"] != RequisitionState.DRAFT
    ):
        raise UnknownRequisitionError(requisition_id)
    return found, reads.requisition_lines(requisition_id)


def _typed_of(draft: tuple[dict[str, Any], list[dict[str, Any]]]) -> Asked:
    head, lines = draft
    return Asked(
        requisition_id=str(head["requisition_id"]),
        needed_by=head["needed_by"],
        delivery_on=head["delivery_on"],
        quantities={line["product_code"]: str(line["requested"]) for line in lines},
        reasons={
            line["product_code"]: line["basis"]["asked_because"]
            for line in lines
            if "asked_because" in line["basis"]
        },
    )


def _read() -> Asked:
    """Take what was typed, as it was typed."""
    typed = Asked(
        requisition_id=str(uuid_field("requisition_id")),
        needed_by=day_of(text_field("needed_by")) or today() + USUAL_NOTICE,
        delivery_on=day_of(text_field("delivery_on")),
    )
    for name, text in request.form.items():
        if name.startswith("q-"):
            typed.quantities[name[2:]] = text.strip()
        elif name.startswith("why-") and text in OVER_REASONS:
            typed.reasons[name[4:]] = text
    return typed


def _check(rows: Sequence[Mapping[str, Any]], typed: Asked, *, is_draft: bool) -> None:
    """Find what keeps the requisition from being sent; drafts may lack reasons."""
    known = {_code(row): row for row in rows}
    for code, text in typed.quantities.items():
        problem = number_error(text or "0", maximum=QUANTITY_MAX)
        if problem:
            typed.errors[code] = problem
        elif code in known and not is_draft and _needs_reason(known[code], text, typed):
            typed.errors[code] = _("More than is due. Choose the reason.")
    if typed.needed_by < today():
        typed.refusal = _("Choose today or a later day.")
    elif not typed.errors and not any(map(whole, typed.quantities.values())):
        typed.refusal = _("Nothing is asked for. Enter at least one number.")


def _needs_reason(row: Mapping[str, Any], text: str, typed: Asked) -> bool:
    code, quantity = _code(row), whole(text) or 0
    limit = _left(row)
    return limit is not None and quantity > limit and code not in typed.reasons


def _left(row: Mapping[str, Any]) -> int | None:
    return due_left(row["entitlement"], row["received"])


def _suggested(row: Mapping[str, Any]) -> int:
    due = _left(row) if row["is_admitted"] else 0
    return suggested(due, left_over=row["left_over"], waiting=row["waiting"])


def _code(row: Mapping[str, Any]) -> str:
    return str(row["product"].product_code)


def _page(
    unit: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], typed: Asked
) -> str:
    counted = unit["headcount"]
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if _is_open(row) and (row["entitlement"] or _code(row) in typed.errors):
            groups.setdefault(row["product"].category, []).append(row)
    return render_template(
        "distribution/requisition_form.html",
        unit=unit,
        groups=dict(sorted(groups.items(), key=_place_of)),
        others=[row for row in rows if _is_open(row) and not row["entitlement"]],
        barred=[row for row in rows if _is_barred(row)],
        given_by_reviewer=[row for row in rows if row["product"].is_never_given],
        typed=typed,
        days=service().page_reads.delivery_days(unit["facility_code"], today()),
        rule=service().page_reads.carry_rule(),
        left=_left,
        over_reasons=OVER_REASONS,
        is_count_old=counted is None or counted.as_of < today() - COUNT_AGE_MAX,
        command_id=new_id(),
        send_id=new_id(),
        gate_facts=gate_facts(),
        counted_at=parts().clock.now(),
    )


def _place_of(group: tuple[str, object]) -> int:
    """Put what children need first; unknown categories come last."""
    order = list(CATEGORIES)
    return order.index(group[0]) if group[0] in order else len(order)


def _is_barred(row: Mapping[str, Any]) -> bool:
    return not row["is_admitted"] and not row["product"].is_never_given


def _is_open(row: Mapping[str, Any]) -> bool:
    return bool(row["is_admitted"]) and not row["product"].is_never_given
