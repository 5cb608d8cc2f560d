"""Tables to take away: requisitions, an allocation run, deliveries; CSV or XLSX.

A line of a page is a row, under the names the public interface gives its fields. An
outreach team takes away its own units' rows and no others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from services.distribution.domain.places import Scope
from services.distribution.entrypoints.calling import scope
from services.distribution.entrypoints.pages.forms import service, today
from services.distribution.entrypoints.pages.searching import (
    consignments_like,
    units_like,
)
from services.distribution.entrypoints.words.terms import (
    CONSIGNMENT_STATES,
    REQUISITION_STATES,
)
from services.distribution.wiring import Asked
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.sheets import FORMS, sheet

tables = Blueprint("tables", __name__)

ROWS_AT_ONCE = 100
Row = Mapping[str, Any]
Read = Callable[[Asked], tuple[Sequence[Row], Sequence[Any] | None]]

REQUISITION_COLUMNS = (
    *("requisition_id", "unit_code", "facility_code", "needed_by", "delivery_on"),
    *("state", "recorded_at", "approved_at", "product_code", "name", "unit_of_issue"),
    *("substitute_for", "entitlement", "requested", "approved", "approved_because"),
    *("allocated", "reserved", "dispatched", "accepted", "refused", "damaged", "short"),
    *("open", "lapsed"),
)
RUN_COLUMNS = (
    *("run_id", "handover_on", "product_code", "name", "unit_of_issue", "unit_code"),
    *("entitlement", "already_received", "requested", "proposed", "quantity"),
    *("share_percent", "override_reason", "override_note", "reasons"),
)
CONSIGNMENT_COLUMNS = (
    *("consignment_number", "waybill_number", "facility_code", "planned_on", "status"),
    *("dispatched_at", "unit_code", "product_code", "name", "unit_of_issue"),
    *("lot_number", "expires_on", "planned", "dispatched", "accepted", "refused"),
    *("refusal_reason", "damaged", "short", "recall_reason", "bag_ids"),
)


@tables.get(f"/requisitions.{FORMS}")
@allow("coordinator", "outreach")
def requisitions(form: str) -> Response:
    """Give the lines of requisitions, the newest requisition first."""
    asked = _asked(REQUISITION_STATES)
    sought = units_like(request.args.get("query", "").strip())
    heads = _every(service().queries.requisitions, replace(asked, scope=Scope(sought)))
    return _sheet("requisitions", REQUISITION_COLUMNS, heads, form)


@tables.get(f"/runs/<uuid:run_id>.{FORMS}")
@allow("coordinator")
def run(run_id: UUID, form: str) -> Response:
    """Give the lines of a run, with the codes of their reasons."""
    head = service().queries.run(run_id)
    products = {each["product_code"]: each for each in head["products"]}
    lines = [{**products[line["product_code"]], **line} for line in head["lines"]]
    heads = [{**head, "lines": lines}]
    return _sheet("allocation-run", RUN_COLUMNS, heads, form)


@tables.get(f"/consignments.{FORMS}")
@allow("coordinator", "outreach")
def consignments(form: str) -> Response:
    """Give the lines of deliveries, the newest delivery first."""
    sought = consignments_like(request.args.get("query", "").strip())
    asked = replace(_asked(CONSIGNMENT_STATES), sought=sought)
    heads = _every(service().queries.consignments, asked)
    return _sheet("consignments", CONSIGNMENT_COLUMNS, heads, form)


def _asked(states: Iterable[str]) -> Asked:
    """Ask for what the page shows: one state or all, and only the reader's units."""
    state = request.args.get("state", "")
    filters = {"state": state} if state in states else {}
    return Asked(ROWS_AT_ONCE, None, filters, scope())


def _every(read: Read, asked: Asked) -> Iterator[Row]:
    while True:
        items, after = read(asked)
        yield from items
        if after is None:
            return
        asked = replace(asked, after=after)


def _sheet(
    name: str, columns: Sequence[str], heads: Iterable[Row], form: str
) -> Response:
    """Lay documents out by their lines; written when the request is over already."""
    cell = partial(_cell, current_language())
    rows = (
        [cell(name, {**head, **line}) for name in columns]
        for head in heads
        for line in head["lines"]
    )
    return sheet(f"{name}-{today().isoformat()}", columns, rows, form)


def _cell(language: str, name: str, row: Row) -> Any:
    if name == "name":
        names = row["names"]
        return names.get(language) or names.get("ru") or row["product_code"]
    value = row.get(name)
    if name == "reasons":
        return " ".join(reason["code"] for reason in value or ())
    return " ".join(value) if isinstance(value, list) else value
