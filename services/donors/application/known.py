"""What a use case begins with: a gift, a donor, a pledge, a number for what is new."""

from services.donors.application.giving_ports import Promised
from services.donors.application.ports import Gift, Work
from services.donors.domain.donor import Donor
from services.donors.domain.errors import UnknownDonorError, UnknownGiftError
from services.donors.domain.giving_errors import PledgeEndedError, UnknownPledgeError
from services.donors.domain.promise import spoken_number
from shared.kernel.clock import local_day


def known_gift(work: Work, gift_number: str) -> Gift:
    """Give a gift, held until the work ends. Raises UnknownGiftError."""
    gift = work.gifts.find(gift_number)
    if gift is None:
        raise UnknownGiftError(gift_number)
    return gift


def known_donor(work: Work, donor_code: str) -> Donor:
    """Give a donor, held until the work ends. Raises UnknownDonorError."""
    donor = work.donors.find(donor_code)
    if donor is None:
        raise UnknownDonorError(donor_code)
    return donor


def refuse_unknown_donor(work: Work, donor_code: str) -> None:
    """Raise UnknownDonorError unless the donor is registered."""
    if not work.donors.has(donor_code):
        raise UnknownDonorError(donor_code)


def known_pledge(work: Work, pledge_number: str) -> Promised:
    """Give a pledge, held until the work ends. Raises UnknownPledgeError."""
    pledge = work.giving.pledge_of(pledge_number)
    if pledge is None:
        raise UnknownPledgeError(pledge_number)
    return pledge


def open_pledge(work: Work, pledge_number: str) -> Promised:
    """Give a pledge that has not ended. Raises PledgeEndedError as well."""
    pledge = known_pledge(work, pledge_number)
    if pledge.outcome is not None:
        raise PledgeEndedError(pledge_number, pledge.outcome)
    return pledge


def next_number(work: Work, letter: str) -> str:
    """Take the next number of a series of this year, such as ``G-2026-044``."""
    year = local_day(work.now).year
    return spoken_number(letter, year, work.numbers.take(letter, year))
