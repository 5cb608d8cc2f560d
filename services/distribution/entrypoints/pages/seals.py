"""Seals of a delivery: scanned one after another or pasted, unit by unit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.load_consignment import OPEN
from services.distribution.application.seal_bags import add_seals, remove_seal
from services.distribution.domain.errors import NotOnConsignmentError
from services.distribution.domain.handover import Key
from services.distribution.entrypoints.pages.consignments import consignment_or_404
from services.distribution.entrypoints.pages.forms import (
    command,
    new_id,
    service,
    text_field,
)
from shared.kernel.errors import DomainError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.words import _

seals = Blueprint(
    "seals", __name__, url_prefix="/consignments/<consignment_number>/seals"
)

TEXT_CHARS_MAX = 20_000
"""Far more than any delivery has seals: what was pasted is never cut."""

BETWEEN = re.compile(r"[\s,;]+")


@dataclass
class Entry:
    """What stands on the form."""

    unit_code: str
    text: str = ""
    lines: frozenset[str] = field(default_factory=frozenset)
    is_shared: bool = False
    refusal: str = ""


@seals.get("/")
@allow("coordinator")
def show(consignment_number: str) -> str:
    """Show the seals of one unit, and the others to go on to."""
    found = consignment_or_404(consignment_number)
    return _page(found, Entry(_unit_of(found, request.args.get("unit", ""))))


@seals.post("/")
@allow("coordinator")
def add(consignment_number: str) -> Response | tuple[str, int]:
    """Add what was scanned or pasted; nothing of it where one number is wrong."""
    found = consignment_or_404(consignment_number)
    entry = Entry(
        _unit_of(found, text_field("unit")),
        text_field("seals", TEXT_CHARS_MAX),
        frozenset(request.form.getlist("lines")),
        "is_shared" in request.form,
    )
    given = [each for each in BETWEEN.split(entry.text) if each]
    if not given:
        entry.refusal = _("Scan or type at least one number of a seal.")
        return _page(found, entry), 422
    return _done(
        found,
        entry,
        {**_body(entry), "seals": given},
        lambda work: add_seals(
            consignment_number,
            _keys(found, entry),
            given,
            work,
            may_be_shared=entry.is_shared,
        ),
        said=_("Seals added: %(count)s", count=len(given)),
    )


@seals.post("/remove")
@allow("coordinator")
def remove(consignment_number: str) -> Response | tuple[str, int]:
    """Take a seal off the goods of a unit."""
    found = consignment_or_404(consignment_number)
    entry, seal = Entry(_unit_of(found, text_field("unit"))), text_field("seal", 40)
    return _done(
        found,
        entry,
        {**_body(entry), "removed": seal},
        lambda work: remove_seal(consignment_number, entry.unit_code, seal, work),
        said=_("Seal %(seal)s is taken off.", seal=seal),
    )


def _done(
    found: Mapping[str, Any],
    entry: Entry,
    body: Mapping[str, Any],
    use_case: Callable[[Any], Any],
    *,
    said: str,
) -> Response | tuple[str, int]:
    number = found["consignment_number"]
    try:
        service().perform(command(f"seal {number}", body), use_case)
    except DomainError as refused:
        entry.refusal = problem_text(refused)
        return _page(found, entry), status_of(refused)
    toast(said)
    there = url_for("seals.show", consignment_number=number, unit=entry.unit_code)
    return redirect(there, 303)


def _body(entry: Entry) -> dict[str, Any]:
    return {
        "unit": entry.unit_code,
        "lines": sorted(entry.lines),
        "is_shared": entry.is_shared,
    }


def _unit_of(found: Mapping[str, Any], wanted: str) -> str:
    """Give the unit that is meant; else the first one that has no seal yet."""
    codes = found["unit_codes"]
    if wanted in codes:
        return wanted
    bare = [line["unit_code"] for line in found["lines"] if not line["bag_ids"]]
    return str((bare or codes)[0])


def _keys(found: Mapping[str, Any], entry: Entry) -> frozenset[Key]:
    """Name the chosen lines of the unit; all of them where none is chosen.

    Raises NotOnConsignmentError for a chosen one that is not there any more.
    """
    mine = {
        line_name(line): (line["unit_code"], line["product_code"], line["lot_id"])
        for line in found["lines"]
        if line["unit_code"] == entry.unit_code
    }
    for gone in sorted(entry.lines - mine.keys()):
        product_code = gone.partition(" ")[0]
        raise NotOnConsignmentError(found["consignment_number"], product_code)
    return frozenset(mine[name] for name in entry.lines or mine)


def line_name(line: Mapping[str, Any]) -> str:
    """Name a line within its unit, as the form sends it."""
    return f"{line['product_code']} {line['lot_id']}"


def _page(found: Mapping[str, Any], entry: Entry) -> str:
    by_unit = {
        code: list(rows)
        for code, rows in groupby(found["lines"], itemgetter("unit_code"))
    }
    return render_template(
        "distribution/seals.html",
        consignment=found,
        entry=entry,
        lines=by_unit[entry.unit_code],
        line_name=line_name,
        counts={code: len(_seals(rows)) for code, rows in by_unit.items()},
        seals=_seals(by_unit[entry.unit_code]),
        products=service().page_reads.products(),
        command_id=new_id(),
        is_open=found["state"] in OPEN,
        counted_at=parts().clock.now(),
    )


def _seals(rows: list[Any]) -> dict[str, int]:
    """Count the lines that each seal of a unit is on, in the order of sealing."""
    found: dict[str, int] = {}
    for row in rows:
        for seal in row["bag_ids"]:
            found[seal] = found.get(seal, 0) + 1
    return found
