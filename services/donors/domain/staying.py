"""Why goods are still in the warehouse: every unit of them has one reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.donors.domain.lot_state import LotState, LotStatus


class Stay(StrEnum):
    """What keeps goods, in the order in which a donor reads it."""

    RESERVED = "reserved"
    IN_REVIEW = "in_review"
    RECALLED = "recalled"
    EXPIRED = "expired"
    NO_PAPERS = "no_papers"
    SET_ASIDE = "set_aside"
    SHELF_LIFE = "shelf_life"
    EARMARK = "earmark"
    RESERVE = "reserve"
    NOT_NEEDED = "not_needed"
    NEXT = "next"


_HELD: Mapping[LotStatus, Stay] = {
    LotStatus.QUARANTINED: Stay.IN_REVIEW,
    LotStatus.RECALLED: Stay.RECALLED,
    LotStatus.EXPIRED: Stay.EXPIRED,
    LotStatus.AWAITING_GIFT: Stay.NO_PAPERS,
}
_LEFT = {
    each.value: each
    for each in (Stay.SHELF_LIFE, Stay.EARMARK, Stay.RESERVE, Stay.NOT_NEEDED)
}
"""By the words distribution uses when it shares out (``AllocationApproved.left``)."""


def why_here(
    lots: Iterable[LotState], left: Mapping[UUID, str], today: date
) -> Mapping[Stay, int]:
    """Divide what is in stock by what keeps it; the parts add up to the stock.

    ``left`` says why a lot was not given when its product was last shared out.
    """
    parts: Counter[Stay] = Counter()
    for lot in lots:
        for stay, quantity in _parts(lot, left.get(lot.lot_id), today):
            parts[stay] += quantity
    return {stay: parts[stay] for stay in Stay if parts[stay]}


def _parts(
    lot: LotState, reason: str | None, today: date
) -> Iterator[tuple[Stay, int]]:
    rest = lot.totals.in_stock - lot.totals.reserved
    yield Stay.RESERVED, lot.totals.reserved
    held = _HELD.get(lot.status_on(today))
    if held is not None:
        yield held, rest
        return
    free = min(lot.available_on(today), rest)
    yield Stay.SET_ASIDE, rest - free
    yield _LEFT.get(reason or "", Stay.NEXT), free
