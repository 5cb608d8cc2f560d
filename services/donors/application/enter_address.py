"""Enter the own address; it counts when whoever reads it has confirmed it."""

from typing import Any

from services.donors.application.keep_contact import refuse_a_contact_of_nobody
from services.donors.application.ports import Work
from services.donors.domain.donor import Contact
from services.donors.domain.giving_errors import NoLinksSentError
from services.donors.domain.own_address import asked_for
from shared.kernel.clock import local_day


def enter_address(
    work: Work, donor_code: str, email: str, *, sends_links: bool
) -> dict[str, Any]:
    """Await that an address is confirmed; letters go where they went until then.

    The one that is written to anyway needs no link. Raises UnknownDonorError,
    MalformedError, NoLinksSentError and AskedTooOftenError.
    """
    refuse_a_contact_of_nobody(work, donor_code)
    wish = Contact(email, local_day(work.now))
    kept = work.correspondence.contact(donor_code)
    is_confirmed = kept is not None and kept.email == wish.email
    if is_confirmed:
        work.own_addresses.forget(donor_code)
    elif not sends_links:
        raise NoLinksSentError
    else:
        before = work.own_addresses.find(donor_code)
        asked = asked_for(before, wish.email, work.now)
        work.own_addresses.await_answer(donor_code, asked)
    return {"donor_code": donor_code, "is_confirmed": is_confirmed}
