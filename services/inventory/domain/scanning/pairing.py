"""Layer 6: which elements may stand together on one pack.

Rules: ``req`` and ``ex`` of the GS1 syntax dictionary, as DOMAIN.md 1.1 lists them.
"""

from collections.abc import Collection, Sequence

from services.inventory.domain.scanning.faults import ScanError, ScanFault

_EXCLUDES = {
    "01": ("02", "37"),
    "02": ("01", "03"),
    "03": ("02",),
    "37": ("01",),
}
_NEEDS_ALL = {"02": ("37",), "37": ("00", "02"), "415": ("8020",)}
_NEEDS_ONE = {
    "21": ("01", "03", "8006"),
    **dict.fromkeys(
        ("10", "11", "15", "17", "20", "240"), ("01", "02", "03", "8006", "8026")
    ),
}
_MAY_COME_FIRST = frozenset({"10", "11", "15", "17", "20", "240"})
_KEYS = frozenset({"00", "01", "02", "03", "8006", "8026"})


def has_key(identifiers: Collection[str]) -> bool:
    """Tell whether the elements say what the goods are."""
    return not _KEYS.isdisjoint(identifiers)


def check_pairing(identifiers: Sequence[str]) -> None:
    """Refuse, in reading order, first what excludes another, then what lacks one.

    Without any key, lot and dates are let pass: their key stands in another symbol
    of the pack, and ``combine`` judges both together.
    """
    seen: set[str] = set()
    for ai in identifiers:
        excluded = seen.intersection(_EXCLUDES.get(ai, ()))
        if excluded:
            other = min(excluded, key=identifiers.index)
            raise ScanError(ScanFault.AI_CONFLICT, ai=ai, other=other)
        seen.add(ai)
    is_keyed = has_key(identifiers)
    for ai in identifiers:
        if is_keyed or ai not in _MAY_COME_FIRST:
            _check_companions(ai, identifiers)


def _check_companions(ai: str, identifiers: Collection[str]) -> None:
    for other in _NEEDS_ALL.get(ai, ()):
        if other not in identifiers:
            raise ScanError(
                ScanFault.MISSING_COMPANION, ai=ai, other=f"element ({other})"
            )
    alternatives = _NEEDS_ONE.get(ai, ())
    if alternatives and not set(alternatives) & set(identifiers):
        raise ScanError(ScanFault.MISSING_COMPANION, ai=ai, other="a product number")
