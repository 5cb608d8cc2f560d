"""Ticking a consignment off against its list, one label at a time."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.distribution.domain.errors import (
    NotOnConsignmentError,
    PackedBeforeError,
)
from services.distribution.domain.handover import Key

_CODE_NAME = re.compile(r"\][A-Za-z]\d")
_LOT_LABEL = re.compile(r"01\d{14}(?:17\d{6})?10([^\x1d]{1,20})(?:\x1d.*)?")
"""Our own lot label: ``(01)``, perhaps ``(17)``, ``(10)``; the lot ends at FNC1."""

_TYPED_LABEL = re.compile(r"\(01\)\d{14}(?:\(17\)\d{6})?\(10\)([^(]{1,20})(?:\(.*)?")


@dataclass(frozen=True, slots=True)
class PackLine:
    """A line of the list, the seals on its bags and how much is ticked off."""

    key: Key
    lot_number: str | None
    asked: int
    packed: int
    bag_ids: tuple[str, ...]

    @property
    def open(self) -> int:
        """What is still to tick off; nothing where less left than was ticked."""
        return max(0, self.asked - self.packed)


def plain_code(raw: str) -> str:
    """Give a scanned text without the name of its symbology, such as ``]C1``."""
    return _CODE_NAME.sub("", raw.strip(), count=1) if raw[:1] == "]" else raw.strip()


def label_of(raw: str) -> str:
    """Give what a scanned label names: the number of a seal, or of a lot."""
    plain = plain_code(raw)
    found = _LOT_LABEL.fullmatch(plain) or _TYPED_LABEL.fullmatch(plain)
    return (found[1] if found else plain).upper()


def ticked_off(
    consignment_number: str,
    lines: Iterable[PackLine],
    label: str,
    quantity: int | None = None,
) -> Mapping[Key, int]:
    """Say how many more of which lines a label ticks off.

    The seal of a bag ticks off every line it holds, whole; the label of a lot as
    many as are said, else all that is open. Raises NotOnConsignmentError and
    PackedBeforeError.
    """
    known = list(lines)
    sealed = [line for line in known if label in line.bag_ids]
    meant = sealed or [line for line in known if _is_lot(line, label)]
    if not meant:
        raise NotOnConsignmentError(consignment_number, label)
    room = sum(line.open for line in meant)
    if room == 0 or (quantity or 0) > room:
        raise PackedBeforeError(label, sum(line.asked for line in meant))
    return _spread(meant, room if sealed or quantity is None else quantity)


def _is_lot(line: PackLine, label: str) -> bool:
    return line.lot_number is not None and line.lot_number.upper() == label


def _spread(lines: Iterable[PackLine], quantity: int) -> Mapping[Key, int]:
    parts = {}
    for line in lines:
        part = min(line.open, quantity)
        if part:
            parts[line.key] = part
        quantity -= part
    return parts
