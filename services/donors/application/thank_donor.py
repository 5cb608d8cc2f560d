"""Thank a donor for a gift, by letter or otherwise."""

from typing import Any

from services.donors.application.giving_ports import Written
from services.donors.application.ports import Work
from services.donors.domain.errors import UnknownGiftError
from services.donors.domain.giving_errors import (
    AlreadyThankedError,
    NoContactError,
    ThanksSentError,
)

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


def take_thanks_back(work: Work, gift_number: str) -> dict[str, Any]:
    """Let a gift wait for thanks again that were noted by mistake.

    Raises UnknownGiftError, and ThanksSentError for a letter that went by mail.
    """
    if work.gifts.find(gift_number) is None:
        raise UnknownGiftError(gift_number)
    if work.giving.way_of_thanks(gift_number) == MAIL:
        raise ThanksSentError(gift_number)
    work.giving.unthank(gift_number)
    return {"gift_number": gift_number}
