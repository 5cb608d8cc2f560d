"""When facilities take deliveries, and what becomes of goods that stay open."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.change_calendar import change_calendar
from services.distribution.application.lapse_open import set_carry_rule
from services.distribution.domain.carrying import LAPSE_DAYS_MAX, CarryRule
from services.distribution.entrypoints.calling import account
from services.distribution.entrypoints.pages.calendar_move import days_off
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
from shared.web import formats
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import LazyText, _, _l

calendar = Blueprint("calendar", __name__)

WEEKS_BETWEEN: Mapping[str, int] = {"once": 0, "weekly": 1, "fortnight": 2, "four": 4}
REPEATS: Mapping[str, LazyText] = {
    "once": _l("Only this day"),
    "weekly": _l("Every week"),
    "fortnight": _l("Every two weeks"),
    "four": _l("Every four weeks"),
}
TIMES_AHEAD = timedelta(weeks=26)
"""How far ahead a repeated day is put on the calendar."""

Answer = Response | tuple[str, int]


@calendar.get("/facilities/<facility_code>/calendar")
@allow("coordinator")
def show(facility_code: str) -> str:
    """Show the days of a facility, with a form for more."""
    return _calendar_page(facility_code, {}, {})


@calendar.post("/facilities/<facility_code>/calendar")
@allow("coordinator")
def change(facility_code: str) -> Answer:
    """Put days on the calendar, or take one off it."""
    here = url_for("calendar.show", facility_code=facility_code)
    values = request.form.to_dict()
    off = day_of(text_field("remove", 20))
    first = off or day_of(text_field("day", 20))
    if first is None or first < today():
        errors = {"day": _("Choose today or a later day.")}
        return _calendar_page(facility_code, values, errors), 422
    days = {first: False} if off else dict.fromkeys(_days(first), True)
    body = {"days": {str(day): is_on for day, is_on in days.items()}}
    who = account()
    try:
        service().perform(
            command(f"change_calendar {facility_code}", body),
            lambda work: change_calendar(facility_code, days, work, account=who),
        )
    except DomainError as refusal:
        errors = {"day": problem_text(refusal)}
        return _calendar_page(facility_code, values, errors), status_of(refusal)
    if off:
        back = {"command_id": new_id(), "day": str(off), "repeat": "once"}
        said = _("%(day)s is off.", day=formats.day(off, current_language()))
        toast(said, undo_url=here, undo_fields=back)
    else:
        toast(_("Calendar kept."))
    return redirect(here, 303)


def _days(first: date) -> list[date]:
    weeks = WEEKS_BETWEEN.get(text_field("repeat", 20), 0)
    if not weeks:
        return [first]
    times = TIMES_AHEAD // timedelta(weeks=weeks)
    return [first + timedelta(weeks=weeks * n) for n in range(times)]


def _calendar_page(
    facility_code: str, values: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    service().queries.facility(facility_code)
    reads = service().page_reads
    facility = next(f for f in reads.facilities() if f.facility_code == facility_code)
    days = reads.delivery_days(facility_code, today())
    return render_template(
        "distribution/calendar.html",
        facility=facility,
        days=days,
        days_off=days_off(facility_code, days),
        values=values,
        errors=errors,
        repeats=REPEATS,
        command_id=new_id(),
    )


@calendar.get("/open-goods")
@allow("coordinator")
def open_goods() -> str:
    """Show what becomes of goods that did not come within their month."""
    return _open_page({}, {})


@calendar.post("/open-goods")
@allow("coordinator")
def set_rule() -> Answer:
    """Let open goods wait on, or lapse so many days after their month."""
    values = request.form.to_dict()
    since, days = day_of(text_field("since", 20)), text_field("days", 10)
    carries = text_field("mode", 10) == "carry"
    errors = {} if since else {"since": _("Enter a day.")}
    if not carries and (problem := number_error(days, maximum=LAPSE_DAYS_MAX)):
        errors["days"] = problem
    if errors or since is None:
        return _open_page(values, errors), 422
    rule = CarryRule(since, None if carries else whole(days))
    body: dict[str, Any] = {"since": str(since), "days": rule.lapses_after_days}
    who = account()
    try:
        service().perform(
            command("set_carry_rule", body),
            lambda work: set_carry_rule(rule, work, account=who),
        )
    except DomainError as refusal:
        return _open_page(values, {"since": problem_text(refusal)}), status_of(refusal)
    toast(_("Kept. Every unit that asks is told so."))
    return redirect(url_for("calendar.open_goods"), 303)


def _open_page(values: Mapping[str, str], errors: Mapping[str, str]) -> str:
    reads = service().page_reads
    return render_template(
        "distribution/open_goods.html",
        rules=reads.carry_rules(),
        rule=reads.carry_rule(),
        values={"mode": "carry", "days": "0", "since": today().isoformat(), **values},
        errors=errors,
        command_id=new_id(),
    )
