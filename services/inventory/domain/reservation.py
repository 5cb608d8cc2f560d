"""Which places of which lots a run may hold: all of a product, or none of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AskedLine:
    """So many of a lot are wanted for a unit; ``run_id`` says of whose hold."""

    unit_code: str
    product_code: str
    lot_id: UUID
    quantity: int
    run_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FreePlace:
    """What of a lot is free to promise in one storage location."""

    location_code: str
    free: int


@dataclass(frozen=True, slots=True)
class PlannedHold:
    """So many of a lot in one place shall be kept for a unit."""

    unit_code: str
    product_code: str
    lot_id: UUID
    location_code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """What was asked of a lot, and what of it was free."""

    lot_id: UUID
    asked: int
    free: int


@dataclass(frozen=True, slots=True)
class ReservationPlan:
    """Holds that cover every line, or the shortages that forbid them all."""

    holds: tuple[PlannedHold, ...]
    shortages: tuple[Shortage, ...]


def plan_reservation(
    lines: Sequence[AskedLine], free: Mapping[UUID, Sequence[FreePlace]]
) -> ReservationPlan:
    """Cover the lines of one product from the places that *free* offers.

    All or none: one lot that falls short leaves no hold at all. A lot that may
    not be promised (held back, recalled, expired by the hand-over) has no places
    in *free*. Places are used in walking order, the order of their codes.
    """
    shortages = _shortages(lines, free)
    if shortages:
        return ReservationPlan((), shortages)
    left = {
        lot_id: {place.location_code: place.free for place in places}
        for lot_id, places in free.items()
    }
    holds = [
        hold
        for line in sorted(lines, key=lambda line: (line.unit_code, line.lot_id))
        for hold in _spread(line, left[line.lot_id])
    ]
    asked = sum(line.quantity for line in lines)
    held = sum(hold.quantity for hold in holds)
    assert held == asked, "a reservation is whole or refused"
    return ReservationPlan(tuple(holds), ())


def _shortages(
    lines: Iterable[AskedLine], free: Mapping[UUID, Sequence[FreePlace]]
) -> tuple[Shortage, ...]:
    asked: dict[UUID, int] = defaultdict(int)
    for line in lines:
        asked[line.lot_id] += line.quantity
    offers = {
        lot_id: sum(place.free for place in free.get(lot_id, ())) for lot_id in asked
    }
    return tuple(
        Shortage(lot_id, asked[lot_id], offers[lot_id])
        for lot_id in sorted(asked)
        if offers[lot_id] < asked[lot_id]
    )


def _spread(line: AskedLine, left: dict[str, int]) -> Iterable[PlannedHold]:
    """Take a line from the places of its lot, using up what is left in them."""
    outstanding = line.quantity
    for location_code in sorted(left):
        quantity = min(outstanding, left[location_code])
        if quantity > 0:
            left[location_code] -= quantity
            outstanding -= quantity
            yield PlannedHold(
                line.unit_code, line.product_code, line.lot_id, location_code, quantity
            )
