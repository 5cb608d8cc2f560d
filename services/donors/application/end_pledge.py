"""End a pledge, whose goods came or were withdrawn, or take it up again."""

from typing import Any

from services.donors.application.known import (
    known_gift,
    known_pledge,
    open_pledge,
)
from services.donors.application.ports import Work
from services.donors.application.reminders import drop_reminders
from services.donors.domain.giving_errors import NotOfThisDonorError
from services.donors.domain.promise import PledgeState


def end_pledge(
    work: Work, pledge_number: str, gift_number: str | None
) -> dict[str, Any]:
    """Close a pledge with the gift it became; without one it was withdrawn.

    Nobody is reminded of it any more, unless it is taken up again.
    Raises UnknownPledgeError, PledgeEndedError, UnknownGiftError, and
    NotOfThisDonorError for a gift of somebody else.
    """
    pledge = open_pledge(work, pledge_number)
    outcome = PledgeState.WITHDRAWN
    if gift_number is not None:
        gift = known_gift(work, gift_number)
        if gift.donor_code != pledge.donor_code:
            raise NotOfThisDonorError(gift_number, pledge.donor_code)
        outcome = PledgeState.CAME
    work.giving.end_pledge(pledge_number, outcome, gift_number)
    drop_reminders(work, pledge_number, pledge.due_on)
    return {"pledge_number": pledge_number, "state": outcome.value}


def reopen_pledge(work: Work, pledge_number: str) -> dict[str, Any]:
    """Take back that a pledge has ended; an open one stays as it is.

    Raises UnknownPledgeError.
    """
    known_pledge(work, pledge_number)
    work.giving.reopen_pledge(pledge_number)
    return {"pledge_number": pledge_number}
