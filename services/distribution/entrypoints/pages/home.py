"""The first page: what waits for a coordinator, or for an outreach team."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from flask import Blueprint, render_template

from services.distribution.entrypoints.calling import WIDE, scope
from services.distribution.entrypoints.pages.forms import (
    service,
    today,
)
from services.distribution.entrypoints.pages.gate import gate_facts
from shared.web.auth import allow, current_principal
from shared.web.formats import day
from shared.web.languages import current_language
from shared.web.parts import parts
from shared.web.words import _

home = Blueprint("home", __name__)

AHEAD = ("planned", "picking", "in_transit")
UPCOMING = 6
COVER_SHOWN = 6
COVER_AIM_DAYS = 30
COVER_SCALE_DAYS = 90


class Task(NamedTuple):
    """One kind of work that waits: how much, what, where, and until when."""

    waiting: int
    title: str
    note: str
    path: str
    kind: str
    icon: str
    word: str


@home.get("/")
@allow("coordinator", "outreach")
def start() -> str:
    """Show the page of the reader's role."""
    if current_principal().has_role(*WIDE):
        return coordinator_home()
    return outreach_home()


def coordinator_home() -> str:
    """Show what waits, what is on its way and how the programme goes."""
    reads = service().page_reads
    now = today()
    last_month = now.replace(day=1) - timedelta(days=1)
    programme = reads.programme(now)
    return render_template(
        "distribution/home.html",
        today=now,
        tasks=_tasks(reads.waiting()),
        deliveries=_soonest(reads.consignments(AHEAD, None, UPCOMING)),
        programme=programme,
        cover=programme.cover[:COVER_SHOWN],
        aim_days=COVER_AIM_DAYS,
        scale_days=COVER_SCALE_DAYS,
        before=reads.programme(last_month).met,
        counted_at=parts().clock.now(),
    )


def _soonest(deliveries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(deliveries, key=lambda row: row["planned_on"])


def outreach_home() -> str:
    """Show the own units, what they asked for, and what to hand over."""
    reads = service().page_reads
    own = scope().units or frozenset()
    recalled = service().gate_reads.recalled_at(own)
    return render_template(
        "distribution/my_units.html",
        units=reads.units(own),
        requisitions=reads.requisitions((), own, None, UPCOMING),
        deliveries=[row for row in reads.deliveries_of(own) if row["state"] in AHEAD],
        recalled_units={row["unit_code"] for row in recalled},
        recalled_deliveries={row["consignment_number"] for row in recalled},
        gate_facts=gate_facts(),
        stale_before=today() - timedelta(days=31),
        counted_at=parts().clock.now(),
    )


def _tasks(waiting: Mapping[str, Mapping[str, Any]]) -> list[Task]:
    """Order what waits by how much other work it holds up."""
    made = (
        _to_approve(waiting["submitted"]),
        _to_decide(waiting["proposed"]),
        _refused(waiting["partly_refused"]),
        _to_plan(waiting["to_send"]),
        _late(waiting["late"]),
        _to_share(waiting["open"]),
    )
    return [task for task in made if task.waiting]


def _on(date_or_none: Any) -> str:
    return day(date_or_none, current_language()) if date_or_none else ""


def _to_approve(row: Mapping[str, Any]) -> Task:
    note = _("needed first by %(day)s", day=_on(row["needed_by"]))
    if row["over_due"]:
        over = _("ask for more than is due: %(count)s", count=row["over_due"])
        note = f"{note}; {over}"
    return Task(
        row["n"],
        _("Requisitions to approve"),
        note,
        "/distribution/requisitions?state=submitted",
        "warn",
        "clock",
        _("Units wait"),
    )


def _to_decide(row: Mapping[str, Any]) -> Task:
    return Task(
        row["n"],
        _("Allocation runs to approve"),
        _("hand-over first on %(day)s", day=_on(row["handover_on"])),
        "/distribution/runs?state=proposed",
        "warn",
        "clock",
        _("Warehouse waits"),
    )


def _refused(row: Mapping[str, Any]) -> Task:
    return Task(
        row["n"],
        _("Runs the warehouse partly refused"),
        _("start a new run for what was short"),
        "/distribution/runs?state=partly_refused",
        "warn",
        "tri",
        _("Look at this"),
    )


def _to_plan(row: Mapping[str, Any]) -> Task:
    return Task(
        row["n"],
        _("Units with goods reserved, no delivery planned"),
        _("hand-over first on %(day)s", day=_on(row["due_on"])),
        "/distribution/consignments/new",
        "info",
        "truck",
        _("Plan a delivery"),
    )


def _late(row: Mapping[str, Any]) -> Task:
    return Task(
        row["n"],
        _("Deliveries on the way longer than planned"),
        _("oldest planned for %(day)s", day=_on(row["planned_on"])),
        "/distribution/consignments?state=in_transit",
        "warn",
        "truck",
        _("Ask the team"),
    )


def _to_share(row: Mapping[str, Any]) -> Task:
    return Task(
        row["n"],
        _("Products approved and not yet shared out"),
        _("approved requisitions still wait for them"),
        "/distribution/runs/new",
        "",
        "bars",
        _("New run"),
    )
