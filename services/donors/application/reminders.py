"""Letters that remind of a pledge's day, while they wait to be sent."""

from datetime import date

from services.donors.application.ports import Work
from services.donors.domain.promise import Reminder, reminder_name


def drop_reminders(work: Work, pledge_number: str, due_on: date | None) -> None:
    """Drop what waits to remind of a day; what went out is not said again."""
    if due_on is None:
        return
    for kind in Reminder:
        work.correspondence.drop(reminder_name(pledge_number, due_on, kind))
