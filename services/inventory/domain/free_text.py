"""Words a person adds freely, kept free of what may name one of those helped.

DOMAIN.md 5.4: no free text about people. A number of twelve digits is how an
identity number looks, so both it and telephone numbers are refused.
"""

import re

from shared.kernel.errors import MalformedError

_NUMBER = re.compile(r"\+?[0-9](?:[ \u00a0().\-]{0,2}[0-9])+")
_IDENTITY_DIGITS = 12
_TELEPHONE_DIGITS = 11
_ABROAD_DIGITS = range(9, 16)


class PersonalDataError(MalformedError):
    """A text holds what looks like somebody's identity or telephone number."""

    code = "personal_data"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"{field} holds what looks like a person's identity or telephone number. "
            "Describe the goods only.",
            field=field,
        )


def check_free_text(field: str, text: str) -> str:
    """Give the text back, or raise PersonalDataError without repeating it."""
    if any(_names_a_person(found[0]) for found in _NUMBER.finditer(text)):
        raise PersonalDataError(field)
    return text


def _names_a_person(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    if number.startswith("+"):
        return digits in _ABROAD_DIGITS
    is_telephone = digits == _TELEPHONE_DIGITS and number[0] in "78"
    return is_telephone or digits == _IDENTITY_DIGITS
