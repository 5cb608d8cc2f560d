"""Bare digits: one number without identifiers, or several run together."""

from services.inventory.domain.scanning.dictionary import Element
from services.inventory.domain.scanning.faults import ScanError
from services.inventory.domain.scanning.values import fault_of
from shared.kernel.gs1 import GTIN, SSCC, InvalidKeyError, check_key

SSCC_LENGTH = 18
GTIN_ELEMENT_LENGTH = 16
"""Two digits of (01) and the fourteen of the number."""

_LONG = (12, 13, 14, SSCC_LENGTH)
_KEYS = {"00": SSCC_LENGTH, "01": 14, "02": 14}


def read_number(digits: str) -> Element:
    """Read a GTIN or SSCC by its length alone, as the element it stands for."""
    try:
        if len(digits) == SSCC_LENGTH:
            return Element("00", SSCC.parse(digits))
        return Element("01", GTIN.parse(digits))
    except InvalidKeyError as error:
        raise ScanError(fault_of(error), length=len(digits)) from None


def has_length_of_number(digits: str) -> bool:
    """Tell whether the count of digits alone says GTIN or SSCC."""
    return len(digits) in (*GTIN.LENGTHS, SSCC_LENGTH)


def opens_with_key(digits: str) -> bool:
    """Tell whether 00, 01 or 02 with a sound key begins the text.

    This settles what a length leaves open: 18 digits may be an SSCC or a GTIN
    element followed by an empty one.
    """
    length = _KEYS.get(digits[:2])
    return length is not None and is_sound(digits[2 : 2 + length], (length,))


def is_glued(digits: str) -> bool:
    """Tell whether the digits are several sound numbers, one after another.

    GTIN-8 does not count: lots and dates pass for one too often.
    """
    reachable = {0}
    for end in range(min(_LONG), len(digits) + 1):
        starts = (end - length for length in _LONG if end - length in reachable)
        if any(is_sound(digits[start:end], _LONG) for start in starts):
            reachable.add(end)
    return len(digits) in reachable and len(digits) > max(_LONG)


def is_sound(digits: str, lengths: tuple[int, ...]) -> bool:
    """Tell whether the digits are a key of one of the lengths."""
    try:
        check_key(digits, lengths)
    except InvalidKeyError:
        return False
    return True
