"""Keep, change or delete a donor's contact, and how often it is written to."""

from typing import Any

from services.donors.application.known import known_donor, refuse_unknown_donor
from services.donors.application.ports import Work
from services.donors.domain.digest import Cadence, next_letter_on
from services.donors.domain.donor import Contact, DonorKind, checked_language
from services.donors.domain.giving_errors import NoContactError
from shared.kernel.clock import local_day
from shared.kernel.errors import MalformedError


def keep_contact(work: Work, donor_code: str, contact: Contact) -> dict[str, Any]:
    """Keep an address with the day of consent, in place of the one before.

    Regular letters wait until a cadence is chosen. Raises UnknownDonorError.
    """
    refuse_a_contact_of_nobody(work, donor_code)
    if contact.consented_on and contact.consented_on > local_day(work.now):
        raise MalformedError(
            f"The day of consent, {contact.consented_on}, is still to come.",
            field="consented_on",
        )
    work.correspondence.set_contact(donor_code, contact)
    return {"donor_code": donor_code}


def refuse_a_contact_of_nobody(work: Work, donor_code: str) -> None:
    """Let only a donor with a name be written to.

    Raises UnknownDonorError and MalformedError.
    """
    if known_donor(work, donor_code).kind is DonorKind.ANONYMOUS:
        raise MalformedError(
            "An anonymous donor has no contact; a receipt number stands for it.",
            field="contact",
        )


def withdraw_consent(work: Work, donor_code: str) -> dict[str, Any]:
    """Delete the address, whatever waits for it, and the wish for letters.

    Raises UnknownDonorError.
    """
    refuse_unknown_donor(work, donor_code)
    work.correspondence.set_contact(donor_code, None)
    return {"donor_code": donor_code}


def choose_letters(
    work: Work, donor_code: str, cadence: Cadence, language: str | None = None
) -> dict[str, Any]:
    """Say how often a donor is written to; the first letter tells what is new.

    A language is that of letters and papers from now on, also without any letter.
    Raises UnknownDonorError, and NoContactError where there is no address to write
    to.
    """
    refuse_unknown_donor(work, donor_code)
    if language is not None:
        work.correspondence.set_language(donor_code, checked_language(language))
    if work.correspondence.contact(donor_code) is None:
        if cadence is Cadence.NEVER:
            return {"donor_code": donor_code, "cadence": cadence.value, "next_on": None}
        raise NoContactError(donor_code)
    next_on = next_letter_on(cadence, local_day(work.now))
    work.correspondence.subscribe(donor_code, cadence, next_on)
    return {
        "donor_code": donor_code,
        "cadence": cadence.value,
        "next_on": next_on.isoformat() if next_on else None,
    }
