"""Words a person adds freely, kept free of people and of what a code keeps secret.

DOMAIN.md 5.4: no free text about people. A number of twelve digits is how an
identity number looks, so both it and telephone numbers are refused. A scanner types
into whatever field is open, and a code may hold a serial or a marking key, which are
never stored as text. The scan station's ``parts/free_text.js`` tells codes likewise.
"""

import re

from shared.kernel.errors import MalformedError

_NUMBER = re.compile(r"\+?[0-9](?:[ \u00a0().\-]{0,2}[0-9])+")
_IDENTITY_DIGITS = 12
_TELEPHONE_DIGITS = 11
_ABROAD_DIGITS = range(9, 16)
_CODE = re.compile(
    r"""[\x00-\x1f]                  # what parts elements; no word holds one
    | \][A-Za-z][0-9]\S             # the prefix of a symbology
    | 0[12][0-9]{14}\S              # a trade item number that something follows
    | 0[12]\s[0-9]{14}\s(?:21|9[123])\s  # the same, as parted by a reader
    | \((?:21|9[123])\)             # serial and marking as printed in brackets
    | /21/ | [?&;](?:21|9[123])=    # and as they stand in an address
    | \S{30}                        # longer than any word: a key's signature
    """,
    re.VERBOSE,
)


class PersonalDataError(MalformedError):
    """A text holds what looks like somebody's identity or telephone number."""

    code = "personal_data"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"{field} holds what looks like a person's identity or telephone number. "
            "Describe the goods only.",
            field=field,
        )


class CodeInTextError(MalformedError):
    """A text holds what a scanner reads from a pack instead of words."""

    code = "code_in_text"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"{field} holds a scanned code. Scan codes in their own field and "
            "describe the goods in words.",
            field=field,
        )


def check_free_text(field: str, text: str) -> str:
    """Give the text back, or refuse it without repeating it.

    Raises CodeInTextError and PersonalDataError.
    """
    return check_names_nobody(field, check_holds_no_code(field, text))


def check_holds_no_code(field: str, text: str) -> str:
    """Give the text back, or raise CodeInTextError without repeating it.

    For numbers of papers, which may look like anybody's.
    """
    if _CODE.search(text):
        raise CodeInTextError(field)
    return text


def check_names_nobody(field: str, text: str) -> str:
    """Give the text back, or raise PersonalDataError without repeating it.

    For words that nobody types where goods are scanned.
    """
    if any(_names_a_person(found[0]) for found in _NUMBER.finditer(text)):
        raise PersonalDataError(field)
    return text


def _names_a_person(number: str) -> bool:
    digits = sum(character.isdigit() for character in number)
    if number.startswith("+"):
        return digits in _ABROAD_DIGITS
    is_telephone = digits == _TELEPHONE_DIGITS and number[0] in "78"
    return is_telephone or digits == _IDENTITY_DIGITS
