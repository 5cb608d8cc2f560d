"""So many of a lot for one unit, on account of one requisition.

Allotments are the only place where promised, sent and received quantities are
kept: a requisition, a run and a consignment each sum their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID


class AllotmentState(StrEnum):
    """Where the goods are; the last two count for nothing any more."""

    APPROVED = "approved"
    RESERVED = "reserved"
    IN_TRANSIT = "in_transit"
    HANDED_OVER = "handed_over"
    REFUSED = "refused"
    CANCELLED = "cancelled"


VOID = (AllotmentState.REFUSED, AllotmentState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Allotment:
    """One promise and what became of it.

    ``due_on`` is the day it counts for: of the run, then of the consignment, then
    of the handover. ``lot_version`` is the first state of the lot that shows the
    reservation. Before dispatch ``dispatched`` is 0.
    """

    allotment_id: UUID
    run_id: UUID
    requisition_id: UUID
    unit_code: str
    product_code: str
    lot_id: UUID
    quantity: int
    state: AllotmentState
    due_on: date
    lot_version: int | None = None
    consignment_number: str | None = None
    dispatched: int = 0
    accepted: int = 0
    refused: int = 0
    damaged: int = 0
    short: int = 0

    @property
    def underway(self) -> int:
        """What is promised, held or travelling, and not yet at the unit."""
        if self.state in {AllotmentState.APPROVED, AllotmentState.RESERVED}:
            return self.quantity
        return self.dispatched if self.state is AllotmentState.IN_TRANSIT else 0


@dataclass(frozen=True, slots=True)
class SentLine:
    """What really left of a lot for a unit."""

    unit_code: str
    product_code: str
    lot_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class Portion:
    """Part of what was sent, booked on an allotment, perhaps from another lot."""

    allotment: Allotment
    lot_id: UUID
    quantity: int


def share_out(quantity: int, room: Sequence[int]) -> list[int]:
    """Fill places in order; what is left over when all are full is not given."""
    given = []
    for each in room:
        part = min(quantity, each)
        quantity -= part
        given.append(part)
    return given


def portions(
    sent: Iterable[SentLine], allotments: Sequence[Allotment]
) -> Iterator[Portion]:
    """Book what left on the allotments it was meant for.

    Each lot first serves the allotments that name it; what was picked from
    another lot then fills what the unit still misses of that product. What goes
    beyond all promises is booked on the last of them, so nothing vanishes.
    """
    room = {each.allotment_id: each.quantity for each in allotments}
    beside: list[SentLine] = []
    for line in sent:
        named = [a for a in allotments if _is_of(a, line) and a.lot_id == line.lot_id]
        rest = line.quantity
        for portion in _filled(line, rest, named, room):
            rest -= portion.quantity
            yield portion
        if rest:
            beside.append(replace(line, quantity=rest))
    for line in beside:
        meant = [each for each in allotments if _is_of(each, line)]
        rest = line.quantity
        for portion in _filled(line, rest, meant, room):
            rest -= portion.quantity
            yield portion
        if rest and meant:
            yield Portion(meant[-1], line.lot_id, rest)


def _is_of(allotment: Allotment, line: SentLine) -> bool:
    return (allotment.unit_code, allotment.product_code) == (
        line.unit_code,
        line.product_code,
    )


def _filled(
    line: SentLine, quantity: int, meant: Sequence[Allotment], room: dict[UUID, int]
) -> Iterator[Portion]:
    parts = share_out(quantity, [room[each.allotment_id] for each in meant])
    for allotment, part in zip(meant, parts, strict=True):
        room[allotment.allotment_id] -= part
        if part:
            yield Portion(allotment, line.lot_id, part)


def _state_after(allotment: Allotment, quantity: int) -> AllotmentState:
    if allotment.state in VOID and not quantity:
        return allotment.state
    return AllotmentState.IN_TRANSIT


def dispatched(
    sent: Sequence[SentLine], allotments: Sequence[Allotment]
) -> tuple[list[Allotment], list[Portion]]:
    """Bring the allotments of a consignment to the state after it left.

    Returns every old allotment as it is now, and portions from other lots, each
    of which needs an allotment of its own: the promise moves there with it. A
    promise that was called off stays so, unless its goods left all the same.
    """
    from_own = dict.fromkeys((each.allotment_id for each in allotments), 0)
    moved: list[Portion] = []
    for portion in portions(sent, allotments):
        if portion.lot_id == portion.allotment.lot_id:
            from_own[portion.allotment.allotment_id] += portion.quantity
        else:
            moved.append(portion)
    gone = dict.fromkeys(from_own, 0)
    for portion in moved:
        gone[portion.allotment.allotment_id] += portion.quantity
    now = [
        replace(
            each,
            state=_state_after(each, from_own[each.allotment_id]),
            dispatched=from_own[each.allotment_id],
            quantity=max(
                each.quantity - gone[each.allotment_id], from_own[each.allotment_id]
            ),
        )
        for each in allotments
    ]
    return now, moved
