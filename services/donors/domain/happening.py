"""What happened to a donor's goods: it explains the numbers and never counts.

A happening knows no place, no unit and no consignment, and what happened on one
day is told as one sum: single lines would tell how large a unit is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HappeningKind(StrEnum):
    """What can happen to goods between the door and the hand-over."""

    RECEIVED = "received"
    RECEIPT_CORRECTED = "receipt_corrected"
    REFUSED = "refused"
    RESERVED = "reserved"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    REFUSED_AT_GATE = "refused_at_gate"
    DAMAGED_ON_THE_WAY = "damaged_on_the_way"
    LOST_ON_THE_WAY = "lost_on_the_way"
    WRITTEN_OFF = "written_off"
    RECALLED = "recalled"


OF_A_DELIVERY = frozenset(
    {
        HappeningKind.RESERVED,
        HappeningKind.DISPATCHED,
        HappeningKind.ACCEPTED,
        HappeningKind.REFUSED_AT_GATE,
        HappeningKind.DAMAGED_ON_THE_WAY,
        HappeningKind.LOST_ON_THE_WAY,
    }
)
"""For goods that wait, told by month and only when the month is frozen: a day and
a small number could tell which ward was visited, and how large it is."""


_ON_THE_WAY = tuple(HappeningKind)


@dataclass(frozen=True, slots=True)
class Happening:
    """So many of a product, on a day in Almaty; quantity 0 where none is meant."""

    happened_on: date
    recorded_on: date
    gift_number: str
    product_code: str
    kind: HappeningKind
    quantity: int
    reason: str | None
    must_wait: bool

    def is_known(self, today: date, frozen_through: date) -> bool:
        """Say whether its donor may know of it on a day."""
        if not self.must_wait:
            return True
        if self.kind in OF_A_DELIVERY:
            return self.recorded_on <= frozen_through
        return self.recorded_on < today


@dataclass(frozen=True, slots=True)
class Told:
    """What a donor reads: ``when`` is ``2026-11-12``, or ``2026-10`` for a month."""

    when: str
    gift_number: str
    product_code: str
    kind: HappeningKind
    quantity: int
    reason: str | None


def told(
    happenings: Iterable[Happening], today: date, frozen_through: date
) -> Sequence[Told]:
    """Add up by day what a donor may know today, newest first.

    ``frozen_through`` is the last day whose deliveries may be known of all goods.
    Hours are not told, so within a day the order is that of a gift's way.
    """
    sums: Counter[tuple[str, str, str, HappeningKind, str | None]] = Counter()
    for each in happenings:
        if each.is_known(today, frozen_through):
            key = each.gift_number, each.product_code, each.kind, each.reason
            sums[_when(each), *key] += each.quantity
    return [
        Told(when, gift_number, product_code, kind, quantity, reason)
        for (when, gift_number, product_code, kind, reason), quantity in sorted(
            sums.items(), key=lambda item: _place(*item[0]), reverse=True
        )
    ]


def _place(
    when: str,
    gift_number: str,
    product_code: str,
    kind: HappeningKind,
    reason: str | None,
) -> tuple[str, int, str, str, str]:
    return when, _ON_THE_WAY.index(kind), gift_number, product_code, reason or ""


def _when(happening: Happening) -> str:
    is_veiled = happening.must_wait and happening.kind in OF_A_DELIVERY
    return happening.happened_on.strftime("%Y-%m" if is_veiled else "%Y-%m-%d")
