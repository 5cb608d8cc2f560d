"""Deliveries: what goes to one facility on one day."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.plan_consignment import (
    cancel_consignment,
    move_consignment,
    plan_consignment,
)
from services.distribution.domain.consignment import NOT_LEFT
from services.distribution.domain.errors import UnknownConsignmentError
from services.distribution.entrypoints.calling import account, scope
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    service,
    text_field,
    today,
)
from services.distribution.entrypoints.pages.gate import gate_facts
from services.distribution.entrypoints.pages.need_words import day_text
from services.distribution.entrypoints.pages.searching import (
    QUERY_CHARS_MAX,
    consignments_like,
)
from services.distribution.entrypoints.pages.way import Way, typed_way
from services.distribution.entrypoints.words.terms import (
    CANCEL_REASONS,
    CONSIGNMENT_STATES,
    DRIVER_ROLES,
    REFUSAL_REASONS,
)
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.paging import decode_cursor, encode_cursor
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

consignments = Blueprint("consignments", __name__, url_prefix="/consignments")

PAGE_ROWS = 40
NO_WAY = Way()


@consignments.get("/")
@allow("coordinator", "outreach")
def index() -> str:
    """List deliveries, the newest first; an outreach team sees those all its own."""
    state = request.args.get("state", "")
    chosen = (state,) if state in CONSIGNMENT_STATES else ()
    query = request.args.get("query", "").strip()[:QUERY_CHARS_MAX]
    rows, following = _listed(chosen, query)
    return render_template(
        "distribution/consignments.html",
        consignments=rows,
        state=state if chosen else "",
        states=CONSIGNMENT_STATES,
        query=query,
        following=following,
        gate_facts=gate_facts(),
        counted_at=parts().clock.now(),
    )


def _listed(
    states: tuple[str, ...], query: str
) -> tuple[list[dict[str, Any]], str | None]:
    reads, units, sought = service().page_reads, scope().units, consignments_like(query)
    if units is not None:
        rows = reads.deliveries_of(units, sought)
        return [row for row in rows if not states or row["state"] in states], None
    after = decode_cursor(request.args.get("cursor"), str)
    rows = reads.consignments(states, after, PAGE_ROWS + 1, sought)
    shown = rows[:PAGE_ROWS]
    if len(rows) <= PAGE_ROWS:
        return shown, None
    return shown, encode_cursor([shown[-1]["consignment_number"]])


@consignments.get("/new")
@allow("coordinator")
def new() -> str:
    """Show what is reserved and waits for a delivery, by facility."""
    return _new_form("", set(), today().isoformat(), "")


@consignments.post("/")
@allow("coordinator")
def plan() -> Response | tuple[str, int]:
    """Put what is reserved for a facility on its way together."""
    facility_code = text_field("facility_code", 40)
    chosen = set(request.form.getlist("unit_codes"))
    typed, way = text_field("planned_on", 20), typed_way()
    again = partial(_new_form, facility_code, chosen, typed, way=way)
    planned_on = day_of(typed)
    if planned_on is None or planned_on < today():
        return again(_("Choose today or a later day.")), 422
    if not chosen:
        return again(_("Choose at least one unit.")), 422
    codes, who = sorted(chosen), account()
    body = {
        "facility_code": facility_code,
        "planned_on": planned_on.isoformat(),
        "unit_codes": codes,
        **asdict(way),
    }
    try:
        made = service().perform(
            command("plan_consignment", body),
            lambda work: plan_consignment(
                facility_code,
                planned_on,
                codes,
                work,
                account=who,
                transport=way.to_transport(),
            ),
        )
    except DomainError as refused:
        return again(problem_text(refused)), status_of(refused)
    number = made["consignment_number"]
    toast(_("Planned: %(number)s. The warehouse gets a pick list.", number=number))
    return redirect(url_for("consignments.show", consignment_number=number), 303)


def _new_form(
    facility_code: str,
    chosen: set[str],
    planned_on: str,
    refusal: str,
    *,
    way: Way = NO_WAY,
) -> str:
    facilities: dict[str, list[dict[str, Any]]] = {}
    for row in service().page_reads.to_send():
        facilities.setdefault(row["facility_code"], []).append(row)
    since = today()
    days = {
        code: service().page_reads.delivery_days(code, since) for code in facilities
    }
    return render_template(
        "distribution/consignment_new.html",
        today=since,
        days=days,
        facilities=facilities,
        facility_code=facility_code,
        chosen=chosen,
        planned_on=planned_on,
        way=way,
        no_way=NO_WAY,
        driver_roles=DRIVER_ROLES,
        refusal=refusal,
        command_ids={code: new_id() for code in facilities},
        counted_at=parts().clock.now(),
    )


@consignments.get("/<consignment_number>")
@allow("coordinator", "outreach")
def show(consignment_number: str) -> str:
    """Show a delivery with its lines, and how each ended."""
    return _page(consignment_number, "")


@consignments.post("/<consignment_number>/day")
@allow("coordinator")
def move(consignment_number: str) -> Response | tuple[str, int]:
    """Change the day of a delivery that has not left; the same form moves it back."""
    consignment_or_404(consignment_number)
    typed, is_undo = text_field("planned_on", 20), "is_undo" in request.form
    day, came_from = day_of(typed), day_of(text_field("day", 20))
    if came_from is None:
        raise MalformedError("A day is missing. Load the page again.", field="day")
    if day is None or (day < today() and not is_undo):
        refusal = _("Choose today or a later day.")
        return _page(consignment_number, refusal, goes_on=typed), 422
    body = {"planned_on": day.isoformat(), "day": came_from.isoformat()}
    try:
        answer = service().perform(
            command(f"move_consignment {consignment_number}", body),
            lambda work: move_consignment(
                consignment_number, day, work, came_from=came_from
            ),
        )
    except DomainError as refused:
        return _page(consignment_number, problem_text(refused)), status_of(refused)
    _say_when(answer, body, is_undo=is_undo)
    there = url_for("consignments.show", consignment_number=consignment_number)
    return redirect(there, 303)


def _say_when(
    answer: Mapping[str, Any], wish: Mapping[str, str], *, is_undo: bool
) -> None:
    """Say on which day it goes now, with the way back where it moved."""
    number, goes_on = answer["consignment_number"], answer["planned_on"]
    facts = {"day": day_text(goes_on)}
    if goes_on != wish["planned_on"]:
        toast(_("Somebody changed the day meanwhile: it goes on %(day)s.", **facts))
    elif is_undo:
        toast(_("It goes on %(day)s.", **facts))
    else:
        back = {"planned_on": wish["day"], "day": goes_on, "is_undo": "1"}
        undo = {"command_id": new_id(), **back}
        here = url_for("consignments.move", consignment_number=number)
        toast(_("It goes on %(day)s.", **facts), here, undo)


@consignments.post("/<consignment_number>/cancel")
@allow("coordinator")
def cancel(consignment_number: str) -> Response | tuple[str, int]:
    """Take a delivery back that has not left; its goods stay reserved."""
    reason = text_field("reason", 40)
    if reason not in CANCEL_REASONS:
        return _page(consignment_number, _("Choose why it is cancelled.")), 422
    try:
        service().perform(
            command(f"cancel_consignment {consignment_number}", {"reason": reason}),
            lambda work: cancel_consignment(consignment_number, reason, work),
        )
    except DomainError as refusal:
        return _page(consignment_number, problem_text(refusal)), status_of(refusal)
    toast(_("The delivery is cancelled. Its goods stay reserved."))
    there = url_for("consignments.show", consignment_number=consignment_number)
    return redirect(there, 303)


def consignment_or_404(consignment_number: str) -> dict[str, Any]:
    """Give a delivery whose units are all the reader's; else it is not there."""
    found = service().page_reads.consignment(consignment_number)
    if found is None or not all(map(scope().covers, found["unit_codes"])):
        raise UnknownConsignmentError(consignment_number)
    return found


def _page(consignment_number: str, refusal: str, *, goes_on: str | None = None) -> str:
    found = consignment_or_404(consignment_number)
    return render_template(
        "distribution/consignment.html",
        consignment=found,
        products=service().page_reads.products(),
        reasons=REFUSAL_REASONS,
        refusal=refusal,
        gate_facts=gate_facts(),
        has_not_left=found["state"] in NOT_LEFT,
        days=service().page_reads.delivery_days(found["facility_code"], today()),
        move_id=new_id(),
        goes_on=goes_on,
        cancel_reasons=CANCEL_REASONS,
        cancel_id=new_id(),
        counted_at=parts().clock.now(),
    )
