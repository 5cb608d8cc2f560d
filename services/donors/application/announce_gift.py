"""Announce a gift, so that its goods may be received and allocated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.donors.application.end_pledge import end_pledge
from services.donors.application.known import next_number, refuse_unknown_donor
from services.donors.application.ports import Gift, Work
from services.donors.domain.earmark import checked_earmark
from services.donors.domain.promise import Line, checked_lines
from shared.contracts.donors_v1 import ExpectedLine, GiftAnnounced

FIRST_EARMARK_VERSION = 1


@dataclass(frozen=True, slots=True)
class AnnounceGift:
    """Who brings what, for whom it is meant, and which pledge it keeps."""

    donor_code: str
    expected: Sequence[Line]
    earmark: Sequence[str] | None
    pledge_number: str | None = None


def announce_gift(work: Work, wish: AnnounceGift) -> dict[str, Any]:
    """Open a gift and say so; a pledge it keeps ends with it, or neither happens.

    Raises UnknownDonorError, UnknownEarmarkGroupError, what lines refuse, and what
    ending the pledge refuses.
    """
    refuse_unknown_donor(work, wish.donor_code)
    lines = checked_lines(wish.expected, work.world.flags_of_products())
    earmark = checked_earmark(wish.earmark, work.world.groups())
    gift = Gift(
        gift_number=next_number(work, "G"),
        donor_code=wish.donor_code,
        earmark=earmark,
        earmark_version=FIRST_EARMARK_VERSION,
        is_walk_in=False,
        announced_at=work.now,
        expected=lines,
    )
    work.gifts.add(gift)
    if wish.pledge_number is not None:
        end_pledge(work, wish.pledge_number, gift.gift_number)
    work.changes.note(gift.donor_code)
    work.announce(_fact(gift))
    return {"gift_number": gift.gift_number}


def _fact(gift: Gift) -> GiftAnnounced:
    return GiftAnnounced(
        gift_number=gift.gift_number,
        donor_code=gift.donor_code,
        earmark=gift.earmark,
        expected=tuple(
            ExpectedLine(line.product_code, line.quantity) for line in gift.expected
        ),
    )
