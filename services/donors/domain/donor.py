"""A donor: an organisation, a person, or nobody who wished to be named."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.donors.domain.errors import ContactWithoutConsentError
from shared.kernel.errors import MalformedError

ANONYMOUS_CODE = "ANON"
"""The donor of every walk-in gift until a coordinator names one."""

NAME_CHARS_MAX = 120
EMAIL_CHARS_MAX = 254
LANGUAGES = ("kk", "ru", "en")
_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class DonorKind(StrEnum):
    """What a donor is; it decides how a thank-you is worded."""

    ORGANISATION = "organisation"
    PERSON = "person"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to write to, and the day its owner agreed to that."""

    email: str
    consented_on: date | None

    def __post_init__(self) -> None:
        if len(self.email) > EMAIL_CHARS_MAX or not _EMAIL.fullmatch(self.email):
            raise MalformedError(
                f"{self.email!r} is not an e-mail address. Check it.", field="email"
            )
        if self.consented_on is None:
            raise ContactWithoutConsentError


@dataclass(frozen=True, slots=True)
class Donor:
    """Who gave; refuses a code or name that could not be printed or said aloud."""

    donor_code: str
    name: str
    kind: DonorKind
    language: str
    contact: Contact | None = None

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.donor_code):
            raise MalformedError(
                f"{self.donor_code!r} is no donor code. "
                "Use 1 to 24 capital letters, digits and hyphens, such as EX-D4.",
                field="donor_code",
            )
        if not 0 < len(self.name) <= NAME_CHARS_MAX or not self.name.isprintable():
            raise MalformedError(
                f"A donor's name has 1 to {NAME_CHARS_MAX} printable characters.",
                field="name",
            )
        checked_language(self.language)
        if self.kind is DonorKind.ANONYMOUS and self.contact is not None:
            raise MalformedError(
                "An anonymous donor has no contact; a receipt number stands for it.",
                field="contact",
            )


def checked_language(language: str) -> str:
    """Give a language letters and papers can be written in; else MalformedError."""
    if language not in LANGUAGES:
        raise MalformedError(
            f"Language {language!r} is not one of {', '.join(LANGUAGES)}.",
            field="language",
        )
    return language


ANONYMOUS = Donor(ANONYMOUS_CODE, "Anonymous", DonorKind.ANONYMOUS, "ru")
