"""Give a pledge another day."""

from datetime import date
from typing import Any

from services.donors.application.known import open_pledge
from services.donors.application.ports import Work
from services.donors.application.reminders import drop_reminders


def move_pledge(work: Work, pledge_number: str, due_on: date | None) -> dict[str, Any]:
    """Await a pledge by another day, or without one; the day before is answered too.

    The new day is reminded of anew; what waits to remind of the old one is dropped,
    and what went out is not said again, even if the pledge gets that day back.
    Raises UnknownPledgeError and PledgeEndedError.
    """
    before = open_pledge(work, pledge_number).due_on
    work.giving.move_pledge(pledge_number, due_on)
    if before != due_on:
        drop_reminders(work, pledge_number, before)
    return {
        "pledge_number": pledge_number,
        "due_on": due_on.isoformat() if due_on else None,
        "due_before": before.isoformat() if before else None,
    }
