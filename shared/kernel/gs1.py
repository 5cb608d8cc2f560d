"""GS1 keys: GTIN, SSCC and GLN, read once and trusted afterwards.

Rules: GS1 General Specifications 7.9 (check digits) and 2.1.11 (restricted
circulation), summed up in DOMAIN.md 1.1.  Only the digits 0 to 9 count: Arabic
and full-width digits are refused, because a number must look the same in every
system that stores it.
"""

from enum import StrEnum
from typing import Self

_DIGITS = frozenset("0123456789")


class KeyFault(StrEnum):
    """What is wrong with a number that should have been a GS1 key."""

    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    ALL_ZERO = "all_zero"
    CHECK_DIGIT = "check_digit"


class InvalidKeyError(ValueError):
    """The text is no GS1 key; ``fault`` says why, for programs."""

    def __init__(self, fault: KeyFault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault


def is_digits(text: str) -> bool:
    """Tell whether the text is one or more of the digits 0 to 9, nothing else."""
    return bool(text) and _DIGITS.issuperset(text)


def check_digit(payload: str) -> int:
    """Work out the digit that follows *payload*: weights 3, 1, 3… from the right."""
    weighted = sum(
        int(digit) * (3 if place % 2 == 0 else 1)
        for place, digit in enumerate(reversed(payload))
    )
    return (10 - weighted % 10) % 10


def check_key(text: str, lengths: tuple[int, ...]) -> None:
    """Refuse what is not digits, of another length, all zero, or miscounted.

    The check digit of an all-zero code is right by arithmetic; it is still the
    mark of an empty field and never of a thing.
    """
    if not is_digits(text):
        raise InvalidKeyError(KeyFault.NOT_DIGITS, f"{text!r} is not all digits 0 to 9")
    if len(text) not in lengths:
        wanted = " or ".join(str(length) for length in lengths)
        raise InvalidKeyError(
            KeyFault.LENGTH, f"expected {wanted} digits, found {len(text)}"
        )
    if not text.strip("0"):
        raise InvalidKeyError(KeyFault.ALL_ZERO, f"{text} is only zeros")
    expected = check_digit(text[:-1])
    if int(text[-1]) != expected:
        raise InvalidKeyError(
            KeyFault.CHECK_DIGIT,
            f"{text} should end in {expected}, but ends in {text[-1]}",
        )


class GTIN(str):
    """A Global Trade Item Number in its canonical 14 digits.

    All the forms of one number are equal: the UPC-A ``036000291452`` and the same
    bars read as EAN-13, ``0036000291452``, name one product.
    """

    __slots__ = ()

    LENGTHS = (8, 12, 13, 14)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a GTIN-8, -12, -13 or -14; raise InvalidKeyError for anything else."""
        check_key(text, cls.LENGTHS)
        return cls(text.zfill(14))

    @property
    def format(self) -> str:  # type: ignore[override]  # a GTIN is never a template
        """Name the shortest form: ``GTIN-8``, ``-12``, ``-13`` or ``-14``."""
        return f"GTIN-{len(self.shortest)}"

    @property
    def shortest(self) -> str:
        """Give the digits as printed under the bars, without needless zeros."""
        needed = len(self.lstrip("0"))
        return self[-min(length for length in self.LENGTHS if length >= needed) :]

    @property
    def is_restricted(self) -> bool:
        """Tell a restricted circulation number (RCN).

        Such a number means something only inside one company or country, so a
        stranger's pack that carries one names no product.  GTIN-13 020-029,
        040-049 and 200-299 (the first two are UPC-A 2 and 4), GTIN-8 0 and 2.
        """
        match self.format:
            case "GTIN-14":
                return False
            case "GTIN-8":
                return self.shortest[0] in "02"
            case _:
                return self[1] == "2" or self[1:3] in ("02", "04")


class SSCC(str):
    """A Serial Shipping Container Code: 18 digits that name one logistic unit."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 18 digits; raise InvalidKeyError for anything else."""
        check_key(text, (18,))
        return cls(text)


class GLN(str):
    """A Global Location Number: 13 digits that name a place or a party."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 13 digits; raise InvalidKeyError for anything else."""
        check_key(text, (13,))
        return cls(text)
