"""Facilities, units and their headcounts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.register_place import (
    register_facility,
    register_unit,
)
from services.distribution.application.state_headcount import state_headcount
from services.distribution.domain.bands import (
    BANDS,
    COUNT_MAX,
    EVERYBODY,
    STATED_COUNTS,
)
from services.distribution.domain.errors import UnknownUnitError
from services.distribution.domain.places import Facility, Unit
from services.distribution.entrypoints.calling import account, scope
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
from services.distribution.entrypoints.pages.outlook import outlook
from services.distribution.entrypoints.words.terms import FLAGS, GROUPS, KINDS
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.returning import safe_path
from shared.web.words import _

places = Blueprint("places", __name__)

Errors = dict[str, str]
Answer = Response | str | tuple[str, int]

CODE_CHARS_MAX = 40
KINDS_OFFERED = (
    "ward",
    "girls",
    "boys",
    "new_arrivals",
    "release",
    "medical",
    "antenatal",
    "mother_child",
    "work_release",
    "halfway_house",
    "crisis_centre",
    "day_visitors",
    "shelter",
)


def unit_or_404(unit_code: str) -> dict[str, Any]:
    """Give a unit the reader may know of; to others it is not there."""
    found = service().page_reads.unit(unit_code)
    if found is None or not scope().covers(unit_code):
        raise UnknownUnitError(unit_code)
    return found


@places.get("/units")
@allow("coordinator", "outreach")
def units() -> str:
    """List the units the reader may know of."""
    rows = service().page_reads.units(scope().units)
    return render_template(
        "distribution/units.html", units=rows, counted_at=parts().clock.now()
    )


@places.get("/units/new")
@allow("coordinator")
def new_unit() -> str:
    """Show the form for a new unit."""
    return _unit_form({}, {})


@places.post("/units")
@allow("coordinator")
def add_unit() -> Answer:
    """Register a unit, or say how a known one is from now on."""
    typed = {name: text_field(name) for name in ("unit_code", "facility_code", "kind")}
    groups = request.form.getlist("groups")
    errors = _code_errors(typed, "unit_code", "facility_code", "kind")
    if errors:
        return _unit_form({**typed, "groups": groups}, errors), 422
    facility = next(
        (
            each
            for each in service().page_reads.facilities()
            if each.facility_code == typed["facility_code"]
        ),
        None,
    )
    unit = Unit(
        unit_code=typed["unit_code"],
        facility_code=typed["facility_code"],
        kind=typed["kind"],
        audience=facility.audience if facility else "detention",
        groups=frozenset(groups),
        is_closed="is_closed" in request.form,
    )
    body = {**typed, "groups": sorted(groups), "is_closed": unit.is_closed}
    service().perform(
        command("register_unit", body), lambda work: register_unit(unit, work)
    )
    toast(_("Unit kept: %(code)s", code=unit.unit_code))
    return redirect(url_for("places.unit", unit_code=unit.unit_code), 303)


def _unit_form(values: Mapping[str, Any], errors: Errors) -> str:
    return render_template(
        "distribution/unit_form.html",
        values=values,
        errors=errors,
        facilities=service().page_reads.facilities(),
        kinds={code: KINDS[code] for code in KINDS_OFFERED},
        groups=GROUPS,
        command_id=new_id(),
    )


@places.get("/units/<unit_code>")
@allow("coordinator", "outreach")
def unit(unit_code: str) -> str:
    """Show a unit: its people, what is due to it, and what it asked for."""
    row = unit_or_404(unit_code)
    reads = service().page_reads
    dues = [due for due in reads.dues(unit_code, today()) if _is_shown(due)]
    return render_template(
        "distribution/unit.html",
        unit=row,
        dues=dues,
        requisitions=reads.requisitions((), {unit_code}, None, 10),
        **outlook(row),
        recalled=service().gate_reads.recalled_at(unit_code),
        everybody=EVERYBODY,
        stated=STATED_COUNTS,
        command_id=new_id(),
        counted_at=parts().clock.now(),
    )


def _is_shown(due: Mapping[str, Any]) -> bool:
    is_due = due["entitlement"] and due["is_admitted"]
    return bool(is_due or due["received"] or due["waiting"])


@places.get("/units/<unit_code>/headcount")
@allow("coordinator", "outreach")
def headcount(unit_code: str) -> str:
    """Show the counts as last stated, to confirm or to correct."""
    row = unit_or_404(unit_code)
    counted = row["headcount"].bands if row["headcount"] else {}
    values = {band: str(counted.get(band, "")) for band in BANDS}
    return _headcount_form(row, values, today(), {})


@places.post("/units/<unit_code>/headcount")
@allow("coordinator", "outreach")
def state(unit_code: str) -> Answer:
    """Keep the counts; an empty row has nobody."""
    row = unit_or_404(unit_code)
    values = {band: request.form.get(band, "").strip() for band in BANDS}
    as_of = day_of(request.form.get("as_of", ""))
    errors = {
        band: problem
        for band, text in values.items()
        if text and (problem := number_error(text, maximum=COUNT_MAX))
    }
    if as_of is None or as_of > today():
        errors["as_of"] = _("Enter the day of the count: today or earlier.")
    if errors or as_of is None:
        return _headcount_form(row, values, as_of, errors), 422
    bands = {band: whole(text) for band, text in values.items() if text}
    body = {"unit_code": unit_code, "as_of": as_of.isoformat(), "bands": bands}
    service().perform(
        command("state_headcount", body),
        lambda work: state_headcount(
            unit_code, as_of, bands, work, scope=scope(), account=account()
        ),
    )
    toast(_("Headcount kept. What is due was worked out again."))
    back = url_for("places.unit", unit_code=unit_code)
    return redirect(safe_path(request.form.get("next"), back), 303)


@places.post("/units/<unit_code>/headcount/confirm")
@allow("coordinator", "outreach")
def confirm(unit_code: str) -> Response:
    """State again, for today, what was stated last."""
    row = unit_or_404(unit_code)
    counted = row["headcount"]
    if counted is None:
        return redirect(url_for("places.headcount", unit_code=unit_code), 303)
    as_of, bands = today(), dict(counted.bands)
    body = {"unit_code": unit_code, "as_of": as_of.isoformat(), "bands": bands}
    whose, who = scope(), account()
    service().perform(
        command("state_headcount", body),
        lambda work: state_headcount(
            unit_code, as_of, bands, work, scope=whose, account=who
        ),
    )
    toast(_("Headcount confirmed for today."))
    back = url_for("places.unit", unit_code=unit_code)
    return redirect(safe_path(request.form.get("next"), back), 303)


def _headcount_form(
    row: Mapping[str, Any],
    values: Mapping[str, str],
    as_of: date | None,
    errors: Errors,
) -> str:
    return render_template(
        "distribution/headcount.html",
        unit=row,
        values=values,
        as_of=as_of,
        errors=errors,
        everybody=EVERYBODY,
        stated=STATED_COUNTS,
        next_path=safe_path(request.values.get("next"), ""),
        command_id=new_id(),
        counted_at=parts().clock.now(),
    )


@places.get("/facilities")
@allow("coordinator")
def facilities() -> str:
    """List the facilities, with the form for one more."""
    return _facilities_page({}, {})


@places.post("/facilities")
@allow("coordinator")
def add_facility() -> Answer:
    """Register a facility, or say how a known one is from now on."""
    names = ("facility_code", "name", "region", "audience")
    typed = {name: text_field(name, 100) for name in names}
    flags = set(request.form.getlist("not_admitted"))
    codes = set(text_field("not_admitted_codes", 500).replace(",", " ").split())
    errors = _code_errors(typed, "facility_code", "name", "region")
    if typed["audience"] not in {"detention", "community"}:
        errors["audience"] = _("Choose one.")
    if errors:
        return _facilities_page({**typed, "flags": flags}, errors), 422
    facility = Facility(
        facility_code=typed["facility_code"],
        name=typed["name"],
        region=typed["region"],
        audience="community" if typed["audience"] == "community" else "detention",
        not_admitted=frozenset(flags | codes),
    )
    body = {**typed, "not_admitted": sorted(flags | codes)}
    try:
        service().perform(
            command("register_facility", body),
            lambda work: register_facility(facility, work),
        )
    except DomainError as refusal:
        errors["facility_code"] = problem_text(refusal)
        return _facilities_page({**typed, "flags": flags}, errors), status_of(refusal)
    toast(_("Facility kept: %(code)s", code=facility.facility_code))
    return redirect(url_for("places.facilities"), 303)


def _facilities_page(values: Mapping[str, Any], errors: Errors) -> str:
    return render_template(
        "distribution/facilities.html",
        facilities=service().page_reads.facilities(),
        values=values,
        errors=errors,
        flags=FLAGS,
        command_id=new_id(),
    )


def _code_errors(typed: Mapping[str, str], *names: str) -> Errors:
    errors = {name: _("Fill this in.") for name in names if not typed[name]}
    code = typed[names[0]]
    if code and (len(code) > CODE_CHARS_MAX or not code.isprintable() or "/" in code):
        errors[names[0]] = _("A code is short: letters, digits and hyphens.")
    return errors
