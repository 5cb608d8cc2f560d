"""Kits: what is in one, and which lots the next ones are put together from.

Every kit of a kit lot holds the same whole units of the same lots, so whatever
becomes of a kit is known of its contents. Where lots run out in the middle, the
kits before and after are of different kit lots.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.inventory.domain.kit_errors import (
    ComponentShortError,
    EarmarksApartError,
    RecipeMalformedError,
)
from services.inventory.domain.lot import Lot

KIT = "kit"
"""The flag of products that have a recipe."""

KITS_GIFT = "_KITS"
"""The gift number of kit lots. No donor gave a kit, and donors never hears of this
gift, so a kit counts once: as the units in it, for those who gave them. Nobody can
type it as the number of a gift."""

COMPONENTS_MAX = 40


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one kit is made of: units of issue by product. Version 0 is unsaved."""

    product_code: str
    components: Mapping[str, int]
    version: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.components) <= COMPONENTS_MAX:
            self._refuse(f"a kit has 1 to {COMPONENTS_MAX} components")
        if self.product_code in self.components:
            self._refuse("a kit is no part of itself")
        if any(quantity < 1 for quantity in self.components.values()):
            self._refuse("every component is there at least once")

    def _refuse(self, fault: str) -> None:
        raise RecipeMalformedError(self.product_code, fault)


@dataclass(frozen=True, slots=True)
class FreeUnits:
    """Units of a lot that may go into kits, and where they stand."""

    lot: Lot
    location_code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class KitBatch:
    """So many kits alike: ``contents`` are the units of each lot in one of them."""

    kits: int
    contents: Mapping[UUID, int]


def fefo(lot: Lot) -> tuple[date, bool, date, UUID]:
    """Order lots for going out: DOMAIN.md 2.1, first expired first out."""
    expires_on = lot.expires_on or date.max
    return expires_on, lot.earmark is None, lot.received_on, lot.lot_id


def propose_kits(
    recipe: Recipe, kits: int, free: Iterable[FreeUnits]
) -> tuple[KitBatch, ...]:
    """Fill kits from the lots that have to go first, as few kit lots as possible.

    Raises ComponentShortError when there is too little of a component.
    """
    left = _left_by_product(free)
    for component_code, per_kit in recipe.components.items():
        there = sum(left.get(component_code, {}).values())
        if there < kits * per_kit:
            raise ComponentShortError(
                component_code=component_code, needed=kits * per_kit, free=there
            )
    batches = []
    while kits:
        contents: dict[UUID, int] = {}
        for component_code, per_kit in recipe.components.items():
            contents |= _one_kit(left[component_code], per_kit)
        stock = {lot_id: q for lots in left.values() for lot_id, q in lots.items()}
        alike = min(kits, *(stock[lot_id] // q for lot_id, q in contents.items()))
        batches.append(KitBatch(alike, contents))
        _take(left, contents, alike)
        kits -= alike
    return tuple(batches)


def first_passed_over(
    taken: Iterable[KitBatch], in_turn: Iterable[KitBatch]
) -> UUID | None:
    """Name the first lot of which less is taken than was its turn; None if none is."""
    share = _units_by_lot(taken)
    due = _units_by_lot(in_turn)
    return next(
        (lot_id for lot_id, units in due.items() if share[lot_id] < units), None
    )


def in_turn(free: Iterable[FreeUnits]) -> dict[str, dict[Lot, int]]:
    """Add up the places of each lot, by product; first the lot that should go first."""
    left: dict[str, dict[Lot, int]] = {}
    for units in sorted(free, key=lambda each: fefo(each.lot)):
        lots = left.setdefault(units.lot.product_code, {})
        lots[units.lot] = lots.get(units.lot, 0) + units.quantity
    return left


def shared_earmark(lots: Sequence[Lot]) -> tuple[str, ...] | None:
    """Give the groups that may get all of some lots; None when anybody may.

    Raises EarmarksApartError when nobody may.
    """
    earmarks = [set(lot.earmark) for lot in lots if lot.earmark is not None]
    if not earmarks:
        return None
    shared = set.intersection(*earmarks)
    if not shared:
        marked = {lot.lot_number for lot in lots if lot.earmark is not None}
        raise EarmarksApartError(sorted(marked))
    return tuple(sorted(shared))


def earliest_expiry(lots: Iterable[Lot]) -> date | None:
    """Give the day on which the first of some lots ends; None when none does."""
    days = [lot.expires_on for lot in lots if lot.expires_on is not None]
    return min(days, default=None)


def _left_by_product(free: Iterable[FreeUnits]) -> dict[str, Counter[UUID]]:
    return {
        product_code: Counter({lot.lot_id: units for lot, units in lots.items()})
        for product_code, lots in in_turn(free).items()
    }


def _units_by_lot(batches: Iterable[KitBatch]) -> Counter[UUID]:
    units: Counter[UUID] = Counter()
    for batch in batches:
        for lot_id, per_kit in batch.contents.items():
            units[lot_id] += batch.kits * per_kit
    return units


def _one_kit(left: Mapping[UUID, int], per_kit: int) -> dict[UUID, int]:
    contents: dict[UUID, int] = {}
    for lot_id, quantity in left.items():
        share = min(quantity, per_kit - sum(contents.values()))
        if share:
            contents[lot_id] = share
    return contents


def _take(
    left: Mapping[str, Counter[UUID]], contents: Mapping[UUID, int], kits: int
) -> None:
    for lots in left.values():
        for lot_id in lots.keys() & contents.keys():
            lots[lot_id] -= kits * contents[lot_id]
