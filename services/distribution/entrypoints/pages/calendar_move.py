"""Requisitions whose delivery day was taken off go with another day, in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.move_delivery import move_delivery
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    service,
    text_field,
)
from shared.kernel.errors import DomainError, MalformedError
from shared.web import formats
from shared.web.auth import allow
from shared.web.languages import current_language
from shared.web.pages import toast
from shared.web.problems import problem_text
from shared.web.words import _

moving = Blueprint("moving", __name__)

_IDS_CHARS_MAX = 200_000

UNDO_MAX = 60
"""Ids travel to the next page in a cookie of 4 KB; of more there is no undo."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is off, what hangs on it, and the next day on the calendar."""

    day: date
    requisitions: Sequence[dict[str, Any]]
    following: date | None
    command_id: str

    @property
    def ids(self) -> str:
        """Name the requisitions as the form sends them."""
        return ",".join(str(each["requisition_id"]) for each in self.requisitions)


def days_off(facility_code: str, days: Sequence[date]) -> list[DayOff]:
    """List the days off on which requisitions hang, each with the next of *days*."""
    rows = service().page_reads.on_days_off(facility_code)
    return [
        DayOff(
            day=day,
            requisitions=list(hanging),
            following=next((each for each in days if each > day), None),
            command_id=new_id(),
        )
        for day, hanging in groupby(rows, key=itemgetter("delivery_on"))
    ]


@moving.post("/facilities/<facility_code>/calendar/move")
@allow("coordinator")
def move(facility_code: str) -> Response:
    """Move requisitions to another day; the same form again moves them back."""
    there = url_for("calendar.show", facility_code=facility_code)
    came_from, day = day_of(text_field("day", 20)), day_of(text_field("to_day", 20))
    if came_from is None or day is None:
        raise MalformedError("A day is missing. Load the page again.", field="to_day")
    ids, is_undo = _ids(), "is_undo" in request.form
    body = {
        "day": came_from.isoformat(),
        "to_day": day.isoformat(),
        "requisition_ids": sorted(map(str, ids)),
    }
    try:
        answer = service().perform(
            command(f"move_delivery {facility_code}", body),
            lambda work: move_delivery(
                facility_code, ids, day, work, came_from=came_from, is_undo=is_undo
            ),
        )
    except DomainError as refusal:
        toast(problem_text(refusal))
        return redirect(there, 303)
    said = _(
        "Requisitions moved to %(day)s: %(count)s.",
        day=formats.day(day, current_language()),
        count=answer["moved"],
    )
    moved = answer["requisition_ids"]
    undo = {
        "command_id": new_id(),
        "day": day.isoformat(),
        "to_day": came_from.isoformat(),
        "requisition_ids": ",".join(moved),
        "is_undo": "1",
    }
    if is_undo or not 0 < len(moved) <= UNDO_MAX:
        toast(said)
    else:
        toast(said, undo_url=request.path, undo_fields=undo)
    return redirect(there, 303)


def _ids() -> list[UUID]:
    """Read the requisitions of a form; raises MalformedError."""
    given = text_field("requisition_ids", _IDS_CHARS_MAX).split(",")
    try:
        return [UUID(each) for each in given]
    except ValueError as problem:
        raise MalformedError(
            "This form names no requisition. Load the page again.",
            field="requisition_ids",
        ) from problem
