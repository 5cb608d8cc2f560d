"""Layer 3: the optional prefix ``]`` + letter + modifier (ISO/IEC 15424).

Whether a scanner sends it is a setting of the scanner, so everything below must
work without it.
"""

from enum import Enum, auto

from biip.symbology import GS1Symbology, ISOSymbology

from services.inventory.domain.scanning.faults import ScanError, ScanFault

_LETTERS = {kind.value for kind in ISOSymbology} | {
    kind.value[0] for kind in GS1Symbology
}
_PREFIX_LENGTH = 3


class Carrier(Enum):
    """What the prefix lets us expect."""

    RETAIL = auto()
    """EAN and UPC bars: one number and nothing else."""

    GS1 = auto()
    """A symbol that begins with FNC1: element strings."""

    ANY = auto()
    """No prefix, or a symbol that may hold anything."""


def split_prefix(text: str) -> tuple[Carrier, str]:
    """Part the prefix from what the symbol holds."""
    if not text.startswith("]"):
        return Carrier.ANY, text
    prefix = text[1:_PREFIX_LENGTH]
    if prefix[:1] not in _LETTERS or not prefix[1:].isalnum():
        raise ScanError(ScanFault.BAD_SYMBOLOGY_ID)
    return _carrier(prefix), text[_PREFIX_LENGTH:]


def _carrier(prefix: str) -> Carrier:
    if prefix.startswith(ISOSymbology.EAN_UPC.value):
        return Carrier.RETAIL
    if prefix in {kind.value for kind in GS1Symbology.with_gs1_messages()}:
        return Carrier.GS1
    return Carrier.ANY
