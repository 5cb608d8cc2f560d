"""Two codes on one pack: lot and expiry often stand apart from the number."""

from dataclasses import replace
from typing import Any

from services.inventory.domain.scanning.faults import (
    ScanError,
    ScanFault,
    ScanWarning,
)
from services.inventory.domain.scanning.pairing import check_pairing, has_key
from services.inventory.domain.scanning.scan import (
    COUNTS,
    DATES,
    TEXTS,
    DecodedScan,
    marking_of,
)

_IDENTIFIER_OF = {"gtin": "01", **TEXTS, **DATES, **COUNTS}
_NAMED = frozenset(_IDENTIFIER_OF.values())


def combine(first: DecodedScan, second: DecodedScan) -> DecodedScan:
    """Join two scans of one pack, in either order; pairing is judged over both.

    Raises ScanError when they contradict each other: then they are two packs.
    The kind is that of the scan with the key. ``decoding.decode_pair`` reads the
    two without judging each by itself.
    """
    identifiers = tuple(dict.fromkeys(first.identifiers + second.identifiers))
    check_pairing(identifiers)
    keyed, other = first, second
    if not has_key(first.identifiers):
        keyed, other = second, first
    joined = {name: _joined(name, keyed, other) for name in _IDENTIFIER_OF}
    stated = _stated(keyed, other)
    bearer = keyed if keyed.gtin else other
    return replace(
        keyed,
        **joined,
        format=bearer.format,
        rcn=bearer.rcn,
        marking=marking_of(identifiers),
        identifiers=identifiers,
        stated=stated,
        warnings=_warnings(first, second, identifiers),
    )


def _joined(name: str, one: DecodedScan, another: DecodedScan) -> Any:
    mine, theirs = getattr(one, name), getattr(another, name)
    if mine is None or theirs is None or mine == theirs:
        return theirs if mine is None else mine
    raise ScanError(ScanFault.DUPLICATE_AI, ai=_IDENTIFIER_OF[name])


def _stated(one: DecodedScan, another: DecodedScan) -> tuple[tuple[str, str], ...]:
    """Join what has no name of its own too: there the same means the same text."""
    stated = dict(one.stated)
    for ai, value in another.stated:
        if stated.setdefault(ai, value) != value and ai not in _NAMED:
            raise ScanError(ScanFault.DUPLICATE_AI, ai=ai)
    return tuple(stated.items())


def _warnings(
    first: DecodedScan, second: DecodedScan, identifiers: tuple[str, ...]
) -> tuple[str, ...]:
    """Keep every doubt; a key in either scan ends the lack of one."""
    held = dict.fromkeys(first.warnings + second.warnings)
    if has_key(identifiers):
        held.pop(ScanWarning.NO_KEY, None)
    return tuple(held)
