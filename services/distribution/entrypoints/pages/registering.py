"""Facilities and units: registered once, and changed with all else as it was."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.register_place import (
    add_facility,
    add_unit,
    change_facility,
    change_unit,
)
from services.distribution.domain.errors import UnknownFacilityError
from services.distribution.domain.places import Audience, Facility, Unit
from services.distribution.entrypoints.pages.forms import (
    command,
    new_id,
    service,
    text_field,
)
from services.distribution.entrypoints.pages.places import unit_or_404
from services.distribution.entrypoints.words.terms import FLAGS, GROUPS, KINDS, word
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text, status_of
from shared.web.words import _

registering = Blueprint("registering", __name__)

Values = Mapping[str, Any]
Errors = dict[str, str]
Answer = Response | str | tuple[str, int]

CODE_CHARS_MAX = 40
NAME_CHARS_MAX = 200
REGION_CHARS_MAX = 100
LIST_CHARS_MAX = 30_000
"""As long as the longest list of products that a program may send."""

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


@registering.get("/facilities/new")
@allow("coordinator")
def new_facility() -> str:
    """Show the form for one more facility."""
    return _facility_form(None, {}, {})


@registering.post("/facilities/new")
@allow("coordinator")
def register_facility() -> Answer:
    """Register a facility; a code that is known already is refused."""
    return _keep_facility(None, text_field("facility_code"))


@registering.get("/facilities/<facility_code>/change")
@allow("coordinator")
def facility(facility_code: str) -> str:
    """Show what is said of a facility, to change some of it."""
    known = _facility_or_404(facility_code)
    return _facility_form(known, _values_of(known), {})


@registering.post("/facilities/<facility_code>/change")
@allow("coordinator")
def keep_facility(facility_code: str) -> Answer:
    """Say how a known facility is from now on."""
    return _keep_facility(_facility_or_404(facility_code), facility_code)


def _facility_or_404(facility_code: str) -> Facility:
    facilities = service().page_reads.facilities()
    found = [each for each in facilities if each.facility_code == facility_code]
    if not found:
        raise UnknownFacilityError(facility_code)
    return found[0]


def _keep_facility(known: Facility | None, facility_code: str) -> Answer:
    typed: dict[str, Any] = {
        "facility_code": facility_code,
        "name": text_field("name", NAME_CHARS_MAX),
        "region": text_field("region", REGION_CHARS_MAX),
        "audience": text_field("audience"),
        "flags": request.form.getlist("not_admitted"),
        "codes": text_field("not_admitted_codes", LIST_CHARS_MAX),
    }
    errors = _facility_errors(typed, is_new=known is None)
    if errors:
        return _facility_form(known, typed, errors), 422
    wished = _read_facility(typed, known)
    keep, step = (
        (change_facility, f"change_facility {facility_code}")
        if known
        else (add_facility, "register_facility")
    )
    try:
        service().perform(command(step, typed), lambda work: keep(wished, work))
    except DomainError as refusal:
        errors = {"facility_code": problem_text(refusal)}
        return _facility_form(known, typed, errors), status_of(refusal)
    toast(_("Facility kept: %(code)s", code=facility_code))
    return redirect(url_for("places.facilities"), 303)


def _facility_errors(typed: Values, *, is_new: bool) -> Errors:
    needed = ("facility_code", "name", "region") if is_new else ("facility_code",)
    errors = _code_errors(typed, *needed)
    if typed["audience"] not in {"detention", "community"}:
        errors["audience"] = _("Choose one.")
    return errors


def _read_facility(typed: Values, known: Facility | None) -> Facility:
    return Facility(
        facility_code=typed["facility_code"],
        name=typed["name"] or (known.name if known else ""),
        region=typed["region"],
        audience="community" if typed["audience"] == "community" else "detention",
        not_admitted=frozenset(
            [*typed["flags"], *typed["codes"].replace(",", " ").split()]
        ),
    )


def _values_of(known: Facility) -> Values:
    """Fill in what is known; a place of the community goes by its code here, too."""
    return {
        "facility_code": known.facility_code,
        "name": "" if known.audience == "community" else known.name,
        "region": known.region,
        "audience": known.audience,
        "flags": known.not_admitted & FLAGS.keys(),
        "codes": " ".join(sorted(known.not_admitted - FLAGS.keys())),
    }


def _facility_form(known: Facility | None, values: Values, errors: Errors) -> str:
    return render_template(
        "distribution/facility_form.html",
        known=known,
        values=values,
        errors=errors,
        flags=FLAGS,
        command_id=new_id(),
    )


@registering.get("/units/new")
@allow("coordinator")
def new_unit() -> str:
    """Show the form for a new unit."""
    return _unit_form(None, {}, {})


@registering.post("/units/new")
@allow("coordinator")
def register_unit() -> Answer:
    """Register a unit; a code that is known already is refused."""
    return _keep_unit(None, text_field("unit_code"))


@registering.get("/units/<unit_code>/change")
@allow("coordinator")
def unit(unit_code: str) -> str:
    """Show what is said of a unit, to change some of it."""
    known = unit_or_404(unit_code)
    return _unit_form(known, known, {})


@registering.post("/units/<unit_code>/change")
@allow("coordinator")
def keep_unit(unit_code: str) -> Answer:
    """Say how a known unit is from now on; it stays open or closed as it is."""
    return _keep_unit(unit_or_404(unit_code), unit_code)


def _keep_unit(known: Values | None, unit_code: str) -> Answer:
    typed: dict[str, Any] = {
        "unit_code": unit_code,
        "facility_code": text_field("facility_code"),
        "kind": text_field("kind", CODE_CHARS_MAX),
        "groups": request.form.getlist("groups"),
    }
    errors = _code_errors(typed, "unit_code", "facility_code", "kind")
    if errors:
        return _unit_form(known, typed, errors), 422
    keep, step = (
        (change_unit, f"change_unit {unit_code}")
        if known
        else (add_unit, "register_unit")
    )
    wished = Unit(
        unit_code=unit_code,
        facility_code=typed["facility_code"],
        kind=typed["kind"],
        audience=_audience_at(typed["facility_code"]),
        groups=frozenset(typed["groups"]),
    )
    try:
        service().perform(command(step, typed), lambda work: keep(wished, work))
    except DomainError as refusal:
        errors = {"unit_code": problem_text(refusal)}
        return _unit_form(known, typed, errors), status_of(refusal)
    toast(_("Unit kept: %(code)s", code=unit_code))
    return redirect(url_for("places.unit", unit_code=unit_code), 303)


def _audience_at(facility_code: str) -> Audience:
    facilities = service().page_reads.facilities()
    at = {each.facility_code: each.audience for each in facilities}
    return at.get(facility_code, "detention")


def _unit_form(known: Values | None, values: Values, errors: Errors) -> str:
    kinds, groups = [*KINDS_OFFERED], [*GROUPS]
    if known:
        kinds, groups = [*kinds, known["kind"]], [*groups, *known["groups"]]
    return render_template(
        "distribution/unit_form.html",
        known=known,
        values=values,
        errors=errors,
        facilities=service().page_reads.facilities(),
        kinds={code: word(KINDS, code) for code in kinds},
        groups={code: word(GROUPS, code) for code in groups},
        command_id=new_id(),
    )


def _code_errors(typed: Values, *names: str) -> Errors:
    errors = {name: _("Fill this in.") for name in names if not typed[name]}
    code = typed[names[0]]
    if code and (len(code) > CODE_CHARS_MAX or not code.isprintable() or "/" in code):
        errors[names[0]] = _("A code is short: letters, digits and hyphens.")
    return errors
