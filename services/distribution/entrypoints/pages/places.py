"""Facilities, units and their headcounts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.state_headcount import state_headcount
from services.distribution.domain.bands import (
    BANDS,
    COUNT_MAX,
    EVERYBODY,
    STATED_COUNTS,
)
from services.distribution.domain.doubt import Doubt, doubts
from services.distribution.domain.errors import UnknownUnitError
from services.distribution.entrypoints.calling import account, scope
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    number_error,
    service,
    today,
    whole,
)
from services.distribution.entrypoints.pages.outlook import outlook
from services.distribution.entrypoints.words.doubts import doubt_text
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.returning import safe_path
from shared.web.words import _

places = Blueprint("places", __name__)

Errors = dict[str, str]
Answer = Response | str | tuple[str, int]


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
        recalled=service().gate_reads.recalled_at({unit_code}),
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
    """Keep the counts; an empty row has nobody. What is hardly true is asked first."""
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
    bands = {band: whole(text) or 0 for band, text in values.items() if text}
    doubtful = doubts(bands, row["headcount"] and row["headcount"].bands)
    if not _are_sure_of(doubtful):
        return _headcount_form(row, values, as_of, {}, doubtful), 422
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


def _are_sure_of(doubtful: Sequence[Doubt]) -> bool:
    """Say whether the box was ticked beside these very numbers."""
    return set(_marks(doubtful)) <= set(request.form.get("sure", "").split())


def _marks(doubtful: Sequence[Doubt]) -> list[str]:
    return [f"{'+'.join(doubt.bands)}={doubt.count}" for doubt in doubtful]


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
    doubtful: Sequence[Doubt] = (),
) -> str:
    return render_template(
        "distribution/headcount.html",
        unit=row,
        values=values,
        as_of=as_of,
        errors=errors,
        doubts=[doubt_text(doubt) for doubt in doubtful],
        sure=" ".join(_marks(doubtful)),
        everybody=EVERYBODY,
        stated=STATED_COUNTS,
        next_path=safe_path(request.values.get("next"), ""),
        command_id=new_id(),
        counted_at=parts().clock.now(),
    )


@places.get("/facilities")
@allow("coordinator")
def facilities() -> str:
    """List the facilities with what their gates do not admit."""
    return render_template(
        "distribution/facilities.html", facilities=service().page_reads.facilities()
    )
