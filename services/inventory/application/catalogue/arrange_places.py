"""Name the places of the warehouse and put them in the order of a walk."""

from dataclasses import dataclass
from typing import Any

from services.inventory.application.ports.work import Place, Work
from services.inventory.domain.receiving_errors import PlaceKindFixedError


@dataclass(frozen=True, slots=True)
class ArrangePlace:
    """A place as it is to be: new, renamed or at another step of the walk."""

    place: Place
    account: str


def arrange_place(work: Work, wish: ArrangePlace) -> dict[str, Any]:
    """Keep a place; ``sequence`` is its step on the way through the store.

    What a place is for stays: changing it would free or hold everything on it
    without a movement. Raises PlaceKindFixedError.
    """
    place = wish.place
    kind = work.ledger.location_kinds.get(place.location_code, place.kind)
    if kind != place.kind:
        raise PlaceKindFixedError(place.location_code, kind)
    work.records.save_place(place)
    return {
        "location_code": place.location_code,
        "name": place.name,
        "kind": place.kind,
        "sequence": place.sequence,
    }
