"""Set the earmark of a gift for all of it that is still undecided."""

from collections.abc import Sequence
from typing import Any

from services.donors.application.known import known_gift
from services.donors.application.ports import Work
from services.donors.domain.earmark import checked_earmark
from shared.contracts.donors_v1 import EarmarkSet


def set_earmark(
    work: Work, gift_number: str, groups: Sequence[str] | None
) -> dict[str, Any]:
    """Change a gift's earmark and say so.

    Raises UnknownGiftError and UnknownEarmarkGroupError.
    """
    gift = known_gift(work, gift_number)
    earmark = checked_earmark(groups, work.world.groups())
    version = work.gifts.set_earmark(gift, earmark)
    work.changes.note(gift.donor_code)
    work.announce(EarmarkSet(gift_number, version, earmark))
    return {
        "gift_number": gift_number,
        "earmark": None if earmark is None else list(earmark),
    }
