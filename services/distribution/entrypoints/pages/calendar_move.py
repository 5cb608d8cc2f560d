"""What hangs on a delivery day that was taken off goes with another, in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from services.distribution.application.move_delivery import Hanging, move_delivery
from services.distribution.entrypoints.pages.forms import (
    command,
    day_of,
    new_id,
    service,
    text_field,
)
from services.distribution.entrypoints.pages.need_words import day_text
from shared.kernel.errors import DomainError, MalformedError
from shared.web.auth import allow
from shared.web.pages import toast
from shared.web.problems import problem_text
from shared.web.words import _

moving = Blueprint("moving", __name__)

_IDS_CHARS_MAX = 200_000
_NUMBERS = "consignment_numbers"

UNDO_MAX = 60
"""Ids travel to the next page in a cookie of 4 KB; of more there is no undo."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is off, what hangs on it, and the next day on the calendar."""

    day: date
    requisitions: Sequence[dict[str, Any]]
    consignments: Sequence[dict[str, Any]]
    following: date | None
    command_id: str

    @property
    def ids(self) -> str:
        """Name the requisitions as the form sends them."""
        return ",".join(str(each["requisition_id"]) for each in self.requisitions)

    @property
    def numbers(self) -> str:
        """Name the consignments as the form sends them."""
        return ",".join(each["consignment_number"] for each in self.consignments)


def days_off(facility_code: str, days: Sequence[date]) -> list[DayOff]:
    """List the days off on which something hangs, each with the next of *days*."""
    reads = service().page_reads
    asked = _by_day(reads.on_days_off(facility_code), "delivery_on")
    planned = _by_day(reads.planned_on_days_off(facility_code), "planned_on")
    return [
        DayOff(
            day=day,
            requisitions=asked.get(day, ()),
            consignments=planned.get(day, ()),
            following=next((each for each in days if each > day), None),
            command_id=new_id(),
        )
        for day in sorted({*asked, *planned})
    ]


def _by_day(
    rows: Iterable[dict[str, Any]], day: str
) -> Mapping[date, Sequence[dict[str, Any]]]:
    return {each: list(hanging) for each, hanging in groupby(rows, itemgetter(day))}


@moving.post("/facilities/<facility_code>/calendar/move")
@allow("coordinator")
def move(facility_code: str) -> Response:
    """Move what hangs on a day to another; the same form again moves it back."""
    there = url_for("calendar.show", facility_code=facility_code)
    came_from, day = day_of(text_field("day", 20)), day_of(text_field("to_day", 20))
    if came_from is None or day is None:
        raise MalformedError("A day is missing. Load the page again.", field="to_day")
    hanging, is_undo = Hanging(_ids(), _listed(_NUMBERS)), "is_undo" in request.form
    body = {
        "day": came_from.isoformat(),
        "to_day": day.isoformat(),
        "requisition_ids": sorted(map(str, hanging.requisition_ids)),
        _NUMBERS: sorted(hanging.consignment_numbers),
    }
    try:
        answer = service().perform(
            command(f"move_delivery {facility_code}", body),
            lambda work: move_delivery(
                facility_code,
                hanging,
                day,
                work,
                came_from=came_from,
                is_undo=is_undo,
            ),
        )
    except DomainError as refusal:
        toast(problem_text(refusal))
        return redirect(there, 303)
    _say_moved(answer, came_from, is_undo=is_undo)
    return redirect(there, 303)


def _say_moved(answer: Mapping[str, Any], came_from: date, *, is_undo: bool) -> None:
    """Say how many moved, with the way back where it can be told."""
    asked, planned = answer["requisition_ids"], answer[_NUMBERS]
    facts = {"day": day_text(answer["day"])}
    said = []
    if asked or not planned:
        text = _("Requisitions moved to %(day)s: %(count)s.", count=len(asked), **facts)
        said.append(text)
    if planned:
        text = _("Deliveries moved to %(day)s: %(count)s.", count=len(planned), **facts)
        said.append(text)
    undo = {
        "command_id": new_id(),
        "day": answer["day"],
        "to_day": came_from.isoformat(),
        "requisition_ids": ",".join(asked),
        _NUMBERS: ",".join(planned),
        "is_undo": "1",
    }
    is_told = not is_undo and 0 < len(asked) + len(planned) <= UNDO_MAX
    here = url_for("moving.move", facility_code=answer["facility_code"])
    toast(" ".join(said), *((here, undo) if is_told else ()))


def _ids() -> list[UUID]:
    """Read the requisitions of a form; raises MalformedError."""
    try:
        return [UUID(each) for each in _listed("requisition_ids")]
    except ValueError as problem:
        raise MalformedError(
            "This form names no requisition. Load the page again.",
            field="requisition_ids",
        ) from problem


def _listed(name: str) -> list[str]:
    return [each for each in text_field(name, _IDS_CHARS_MAX).split(",") if each]
