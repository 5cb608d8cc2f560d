"""The dictionary of application identifiers: how long, and of which characters.

The table is biip's (541 entries of the GS1 General Specifications); the verdicts
are ours, because a clerk needs to know *what* is wrong and biip says only that a
pattern did not match.
"""

import re
import string
from dataclasses import dataclass
from functools import lru_cache

from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier

from services.inventory.domain.scanning.faults import ScanError, ScanFault

_ALPHANUMERIC = string.ascii_letters + string.digits
CSET_82 = frozenset(_ALPHANUMERIC + "!\"%&'()*+,-./_:;<=>?")
"""The characters of a lot or serial (GS1 General Specifications, figure 7.11-1)."""

_ALPHABETS = {
    "N": frozenset(string.digits),
    "X": CSET_82,
    "Y": frozenset(string.ascii_uppercase + string.digits + "#-/"),
    "Z": frozenset(_ALPHANUMERIC + "-_"),
}
_SEGMENT = re.compile(r"(\[\+)?([NXYZ])(\.\.)?(\d+)")
_ODD_SHAPES = {
    "N6+[-]": ("NNNNNNX", 6),
    "N18+[N1..N2]": ("N" * 20, 18),
}
_IDENTIFIER_LENGTH_MAX = 4


@dataclass(frozen=True, slots=True)
class Element:
    """One application identifier with its value, as cut from a scan."""

    ai: str
    value: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What the dictionary says of one application identifier."""

    ai: str
    places: str
    """The alphabet of each place of the longest value: ``N`` ``X`` ``Y`` ``Z``."""
    length_min: int
    has_separator: bool
    """Whether the value runs to the next separator, even if its length is fixed."""
    pattern: re.Pattern[str]

    @property
    def is_numeric(self) -> bool:
        return set(self.places) == {"N"}

    def check(self, value: str) -> None:
        """Refuse the first character that is wrong or too many, then the missing."""
        for place, character in enumerate(value):
            if place == len(self.places):
                raise ScanError(ScanFault.VALUE_TOO_LONG, ai=self.ai)
            if character not in _ALPHABETS[self.places[place]]:
                raise ScanError(ScanFault.INVALID_CHARACTER, ai=self.ai)
        if len(value) < self.length_min:
            raise ScanError(ScanFault.TRUNCATED_ELEMENT, ai=self.ai)

    def fits(self, value: str) -> bool:
        """Tell whether biip's pattern agrees, which knows a few finer rules."""
        return self.pattern.fullmatch(self.ai + value) is not None


def rule_at(text: str, position: int = 0) -> Rule | None:
    """Find the application identifier that begins there; no two share a beginning."""
    return _rule_of(text[position : position + _IDENTIFIER_LENGTH_MAX])


@lru_cache(maxsize=4096)
def _rule_of(beginning: str) -> Rule | None:
    try:
        entry = GS1ApplicationIdentifier.extract(beginning)
    except ParseError:
        return None
    places, length_min = _shape(entry.format.partition("+")[2])
    return Rule(
        ai=entry.ai,
        places=places,
        length_min=length_min,
        has_separator=entry.separator_required,
        pattern=re.compile(entry.pattern, re.ASCII),
    )


def _shape(notation: str) -> tuple[str, int]:
    """Read a format such as ``N13[+X..17]``: alphabet by place, least length."""
    if notation in _ODD_SHAPES:
        return _ODD_SHAPES[notation]
    places, length_min = "", 0
    for is_optional, alphabet, is_variable, length in _SEGMENT.findall(notation):
        places += alphabet * int(length)
        if not is_optional:
            length_min += 1 if is_variable else int(length)
    return places, length_min
