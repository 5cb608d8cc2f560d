"""Layers 1 and 2: take off the wrapping, refuse what no scanner should send."""

from collections.abc import Sequence

from services.inventory.domain.scanning.faults import ScanError, ScanFault
from services.inventory.domain.scanning.keyboard import has_cyrillic

GS = "\x1d"
"""The separator: what scanners send for the FNC1 of the symbol."""

CHARACTERS_MAX = 512
"""The longest lawful GS1 symbol is far shorter; the cap keeps hostile input cheap."""

_WRAPPING = "\r\n\t "
_PRINTABLE = frozenset(map(chr, range(0x20, 0x7F)))


def clean(raw: str, substitutes: Sequence[str]) -> str:
    """Give the scan without its wrapping, with real separators.

    *substitutes* are the texts that this device sends in place of GS.
    """
    text = _with_separators(raw.strip(_WRAPPING), substitutes)
    if len(text) > CHARACTERS_MAX:
        raise ScanError(ScanFault.TOO_LONG, limit=CHARACTERS_MAX)
    if not text.strip(GS):
        raise ScanError(ScanFault.EMPTY)
    if has_cyrillic(text):
        raise ScanError(ScanFault.WRONG_KEYBOARD_LAYOUT)
    if not _PRINTABLE.issuperset(text.replace(GS, "")):
        raise ScanError(ScanFault.INVALID_CHARACTER)
    return text.strip(GS)


def _with_separators(text: str, substitutes: Sequence[str]) -> str:
    """Replace the longest first, so that one substitute may begin another."""
    for substitute in sorted(substitutes, key=len, reverse=True):
        if not substitute:
            raise ValueError("a separator substitute must not be empty")
        text = text.replace(substitute, GS)
    return text
