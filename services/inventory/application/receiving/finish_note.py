"""Finish a goods received note, and let somebody else check it."""

from dataclasses import dataclass, replace
from typing import Any

from services.inventory.application.ports.receiving import GoodsReceivedNote
from services.inventory.application.ports.work import Work
from services.inventory.domain.receiving_errors import (
    NoteCheckedError,
    NoteFinishedError,
    NoteNeedsAnotherPersonError,
    NoteStillOpenError,
    NoteUnknownError,
)
from shared.kernel.free_text import check_free_text, check_holds_no_code


@dataclass(frozen=True, slots=True)
class FinishNote:
    """All of a delivery is counted; what its paper and its boxes looked like."""

    grn_number: str
    account: str
    donor_document: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class CheckNote:
    """A second person agrees with what was counted."""

    grn_number: str
    account: str


def finish_note(work: Work, wish: FinishNote) -> dict[str, Any]:
    """Close a note: further receipts of its gift open the next one.

    Raises NoteUnknownError, NoteFinishedError.
    """
    check_free_text("condition", wish.condition or "")
    check_holds_no_code("donor_document", wish.donor_document or "")
    note = open_note(work, wish.grn_number)
    finished = replace(
        note,
        donor_document=wish.donor_document,
        condition=wish.condition,
        finished_at=work.clock.now(),
        counted_by=wish.account,
    )
    work.receiving.save_note(finished)
    return {"grn_number": note.grn_number, "state": finished.state}


def check_note(work: Work, wish: CheckNote) -> dict[str, Any]:
    """Put a second name under a finished note.

    Neither who received the goods nor who finished the note may check it. Raises
    NoteUnknownError, NoteStillOpenError, NoteCheckedError,
    NoteNeedsAnotherPersonError.
    """
    note = work.receiving.lock_note(wish.grn_number)
    if note is None:
        raise NoteUnknownError(wish.grn_number)
    if note.finished_at is None:
        raise NoteStillOpenError(wish.grn_number)
    if note.checked_at is not None:
        raise NoteCheckedError(wish.grn_number)
    if wish.account in {note.account, note.counted_by}:
        raise NoteNeedsAnotherPersonError(wish.grn_number)
    checked = replace(note, checked_at=work.clock.now(), checked_by=wish.account)
    work.receiving.save_note(checked)
    return {"grn_number": note.grn_number, "state": checked.state}


def open_note(work: Work, grn_number: str) -> GoodsReceivedNote:
    """Give a note that is still being counted, locked."""
    note = work.receiving.lock_note(grn_number)
    if note is None:
        raise NoteUnknownError(grn_number)
    if note.finished_at is not None:
        raise NoteFinishedError(grn_number)
    return note
