"""Thank a donor for a gift, by letter or otherwise."""

from typing import Any

from services.donors.application.giving_ports import Written
from services.donors.application.ports import Work
from services.donors.domain.errors import UnknownGiftError
from services.donors.domain.giving_errors import AlreadyThankedError, NoContactError

WAYS = ("mail", "paper", "spoken")
MAIL = "mail"


def thank_donor(
    work: Work, gift_number: str, account: str, *, way: str, letter: Written | None
) -> dict[str, Any]:
    """Note the thanks, and queue the letter when they go by mail.

    Raises UnknownGiftError, AlreadyThankedError, and NoContactError for a letter to
    a donor without an address.
    """
    gift = work.gifts.find(gift_number)
    if gift is None:
        raise UnknownGiftError(gift_number)
    if not work.giving.thank(gift_number, way, account):
        raise AlreadyThankedError(gift_number)
    if way == MAIL:
        contact = work.correspondence.contact(gift.donor_code)
        if contact is None or letter is None:
            raise NoContactError(gift.donor_code)
        work.correspondence.send(f"thanks {gift_number}", contact.email, letter)
    return {"gift_number": gift_number, "way": way}
