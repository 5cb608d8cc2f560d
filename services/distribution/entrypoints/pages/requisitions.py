"""Requisitions: the list, how far each has come and why, and the decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.decide_requisition import (
    approve_requisition,
    cancel_requisition,
)
from services.distribution.application.substitute import Substitution, substitute
from services.distribution.domain.errors import UnknownRequisitionError
from services.distribution.domain.requisition import (
    LIVE,
    QUANTITY_MAX,
    RequisitionState,
)
from services.distribution.entrypoints.calling import account, may_see_all, scope
from services.distribution.entrypoints.pages.forms import (
    command,
    may_decide,
    new_id,
    number_error,
    service,
    text_field,
    today,
    whole,
)
from services.distribution.entrypoints.pages.need_words import (
    APPROVE_WORDS,
    SUBSTITUTE_WORDS,
    told,
)
from services.distribution.entrypoints.pages.searching import (
    QUERY_CHARS_MAX,
    units_like,
)
from services.distribution.entrypoints.words.reasons import reasons_of
from services.distribution.entrypoints.words.terms import (
    CANCEL_REASONS,
    OVER_REASONS,
    REQUISITION_STATES,
)
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

requisitions = Blueprint("requisitions", __name__, url_prefix="/requisitions")

PAGE_ROWS = 40


@requisitions.get("/")
@allow("coordinator", "outreach")
def index() -> str:
    """List requisitions, the newest first; an outreach team sees its own units'."""
    state = request.args.get("state", "")
    chosen = (state,) if state in REQUISITION_STATES else ()
    query = request.args.get("query", "").strip()[:QUERY_CHARS_MAX]
    after = decode_cursor(request.args.get("cursor"), datetime, UUID)
    rows = service().page_reads.requisitions(
        chosen, units_like(query), after, PAGE_ROWS + 1
    )
    shown = rows[:PAGE_ROWS]
    last = shown[-1] if len(rows) > PAGE_ROWS else None
    return render_template(
        "distribution/requisitions.html",
        requisitions=shown,
        state=state if chosen else "",
        states=REQUISITION_STATES,
        query=query,
        may_tick=may_decide() and chosen == (RequisitionState.SUBMITTED,),
        new_id=new_id,
        following=last and encode_cursor([last["recorded_at"], last["requisition_id"]]),
        counted_at=parts().clock.now(),
    )


@requisitions.get("/<uuid:requisition_id>")
@allow("coordinator", "outreach")
def show(requisition_id: UUID) -> str:
    """Show how far each line has come, and why it got less where it did."""
    return _page(requisition_id, {}, "")


@requisitions.post("/<uuid:requisition_id>/approve")
@allow("coordinator")
def approve(requisition_id: UUID) -> Response | tuple[str, int]:
    """Approve what is asked for, or less."""
    typed = {
        name.removeprefix("a-"): text.strip()
        for name, text in request.form.items()
        if name.startswith("a-")
    }
    errors = {
        code: problem
        for code, text in typed.items()
        if (problem := number_error(text, maximum=QUANTITY_MAX))
    }
    if errors:
        return _page(requisition_id, typed, "", errors), 422
    approved = {code: whole(text) or 0 for code, text in typed.items()}
    because = _because()
    if missing := _unexplained(requisition_id, approved, because):
        return _page(requisition_id, typed, "", missing), 422
    who = account()
    body = {"lines": approved, "because": because}
    try:
        service().perform(
            command(f"approve_requisition {requisition_id}", body),
            lambda work: approve_requisition(
                requisition_id, approved, work, account=who, because=because
            ),
        )
    except DomainError as refusal:
        page = _page(requisition_id, typed, problem_text(refusal))
        return page, status_of(refusal)
    toast(_("Approved. It takes part in the next allocation run."))
    return redirect(url_for("requisitions.show", requisition_id=requisition_id), 303)


def _because() -> dict[str, str]:
    return {
        name.removeprefix("b-"): code
        for name, code in request.form.items()
        if name.startswith("b-") and code in APPROVE_WORDS
    }


def _unexplained(
    requisition_id: UUID, approved: Mapping[str, int], because: Mapping[str, str]
) -> dict[str, str]:
    """Find the changed numbers for which no reason is chosen."""
    lines = service().page_reads.requisition_lines(requisition_id)
    return {
        line["product_code"]: _("Another number than was asked for. Choose the reason.")
        for line in lines
        if approved.get(line["product_code"], line["requested"]) != line["requested"]
        and line["product_code"] not in because
    }


@requisitions.post("/<uuid:requisition_id>/substitute")
@allow("coordinator")
def offer(requisition_id: UUID) -> Response | tuple[str, int]:
    """Offer another product for what is open of a line."""
    quantity = whole(text_field("quantity", 12))
    wish = Substitution(
        requisition_id,
        text_field("product_code", 60),
        text_field("substitute_code", 60),
        quantity or 0,
        text_field("reason", 40),
    )
    if wish.reason not in SUBSTITUTE_WORDS:
        return _page(
            requisition_id, {}, _("Choose why something else is offered.")
        ), 422
    body = {
        "product_code": wish.product_code,
        "substitute_code": wish.substitute_code,
        "quantity": wish.quantity,
        "reason": wish.reason,
    }
    try:
        service().perform(
            command(f"substitute {requisition_id}", body),
            lambda work: substitute(wish, work),
        )
    except DomainError as refusal:
        page = _page(requisition_id, {}, problem_text(refusal))
        return page, status_of(refusal)
    toast(_("Offered instead. The unit sees it with the reason."))
    return redirect(url_for("requisitions.show", requisition_id=requisition_id), 303)


@requisitions.post("/<uuid:requisition_id>/cancel")
@allow("coordinator", "outreach")
def cancel(requisition_id: UUID) -> Response | tuple[str, int]:
    """Take a requisition back, with a reason from the list."""
    reason = text_field("reason", 40)
    if reason not in CANCEL_REASONS:
        return _page(requisition_id, {}, _("Choose why it is cancelled.")), 422
    whose = scope()
    try:
        service().perform(
            command(f"cancel_requisition {requisition_id}", {"reason": reason}),
            lambda work: cancel_requisition(requisition_id, reason, work, scope=whose),
        )
    except DomainError as refusal:
        page = _page(requisition_id, {}, problem_text(refusal))
        return page, status_of(refusal)
    toast(_("The requisition is cancelled."))
    return redirect(url_for("requisitions.show", requisition_id=requisition_id), 303)


def _page(
    requisition_id: UUID,
    typed: Mapping[str, str],
    refusal: str,
    errors: Mapping[str, str] | None = None,
) -> str:
    reads = service().page_reads
    head = reads.requisition(requisition_id)
    if head is None or not scope().covers(head["unit_code"]):
        raise UnknownRequisitionError(requisition_id)
    return render_template(
        "distribution/requisition.html",
        requisition=head,
        lines=_lines(head),
        rivals=reads.rivals(requisition_id) if may_see_all() else {},
        is_off=_is_off(head),
        typed=typed,
        errors=errors or {},
        because=_because(),
        refusal=refusal,
        products=reads.products(),
        over_reasons=OVER_REASONS,
        cancel_reasons=CANCEL_REASONS,
        approve_words=APPROVE_WORDS,
        substitute_words=SUBSTITUTE_WORDS,
        command_id=new_id(),
        cancel_id=new_id(),
        counted_at=parts().clock.now(),
        **_place_of(head),
        **_choices(head["state"]),
    )


def _place_of(head: Mapping[str, Any]) -> dict[str, Any]:
    unit = service().page_reads.unit(head["unit_code"])
    return {"unit": unit, "admits": unit["facility"].admits if unit else None}


def _choices(state: str) -> dict[str, bool]:
    """Say what the reader may do with a requisition in this state."""
    over = {RequisitionState.FULFILLED, RequisitionState.CANCELLED}
    return {
        "may_approve": may_decide() and state == RequisitionState.SUBMITTED,
        "may_substitute": may_decide() and state in LIVE,
        "can_be_cancelled": state not in over,
    }


def _lines(head: Mapping[str, Any]) -> list[dict[str, Any]]:
    reads, requisition_id = service().page_reads, head["requisition_id"]
    explained = reads.reasons_for(head["unit_code"], head["recorded_at"])
    got = reads.received(head["unit_code"], head["needed_by"])
    coming, rule = reads.coming(requisition_id), reads.carry_rule()
    return [
        told(_line(line, explained, got), head, coming, rule)
        for line in reads.requisition_lines(requisition_id)
    ]


def _is_off(head: Mapping[str, Any]) -> bool:
    """Say whether the delivery day it was asked for is no longer on the calendar."""
    day = head["delivery_on"]
    if day is None or day < today():
        return False
    return day not in service().page_reads.delivery_days(head["facility_code"], day)


def _line(
    line: dict[str, Any], explained: Mapping[str, Any], got: Mapping[str, int]
) -> dict[str, Any]:
    """Add the reasons where less is given than is asked for, and what came already."""
    found = explained.get(line["product_code"])
    received = got.get(line["product_code"], 0)
    due = line["entitlement"]
    is_less = line["allocated"] < line["requested"]
    shared = found["line"].quantity if found else 0
    return {
        **line,
        "received": received,
        "is_over": due is not None and line["requested"] > max(0, due - received),
        "on_the_way": max(0, line["underway"] - line["reserved"]),
        "whys": reasons_of(found["line"]) if found and is_less else [],
        "counted_before": max(0, shared - line["allocated"]),
    }
