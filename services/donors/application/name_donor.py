"""Name the donor of a walk-in gift."""

from typing import Any

from services.donors.application.known import known_gift, refuse_unknown_donor
from services.donors.application.ports import Work
from services.donors.domain.donor import ANONYMOUS_CODE
from services.donors.domain.errors import GiftAlreadyNamedError


def name_donor(work: Work, gift_number: str, donor_code: str) -> dict[str, Any]:
    """Book an anonymous gift to the donor it turned out to come from.

    Raises UnknownGiftError, UnknownDonorError, and GiftAlreadyNamedError for a
    gift that has a donor: numbers a donor has seen are not taken away.
    """
    gift = known_gift(work, gift_number)
    refuse_unknown_donor(work, donor_code)
    if gift.donor_code != ANONYMOUS_CODE:
        raise GiftAlreadyNamedError(gift_number, gift.donor_code)
    work.gifts.set_donor(gift_number, donor_code)
    for code in sorted({gift.donor_code, donor_code}):
        work.changes.note(code)
    return {"gift_number": gift_number, "donor_code": donor_code}
