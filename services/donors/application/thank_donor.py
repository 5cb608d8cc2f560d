"""Thank a donor for a gift, by letter or otherwise."""

from typing import Any

from services.donors.application.giving_ports import Written
from services.donors.application.known import known_gift
from services.donors.application.ports import Work
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
    gift = known_gift(work, gift_number)
    if not work.giving.thank(gift_number, way, account):
        raise AlreadyThankedError(gift_number)
    if way == MAIL:
        contact = work.correspondence.contact(gift.donor_code)
        if contact is None or letter is None:
            raise NoContactError(gift.donor_code)
        name = name_of_thanks(gift_number)
        work.correspondence.send(name, contact.email, letter)
    return {"gift_number": gift_number, "way": way}


def name_of_thanks(gift_number: str) -> str:
    """Name the letter of thanks, which goes out at most once."""
    return f"thanks {gift_number}"


def take_thanks_back(work: Work, gift_number: str) -> dict[str, Any]:
    """Let a gift wait for thanks again that were noted by mistake or never arrived.

    A letter never arrives when every server refused it, or when its address was
    withdrawn before it left. Raises UnknownGiftError, and ThanksSentError for one
    that waits, went out, or may have.
    """
    known_gift(work, gift_number)
    is_mail = work.giving.way_of_thanks(gift_number) == MAIL
    if is_mail and not work.correspondence.take_back(name_of_thanks(gift_number)):
        raise ThanksSentError(gift_number)
    work.giving.unthank(gift_number)
    return {"gift_number": gift_number}
