"""What building kits needs from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.counting import OpenCounts
from services.inventory.domain.kit import Recipe
from services.inventory.domain.lot import Lot


@dataclass(frozen=True, slots=True)
class BuiltKits:
    """A kit lot as it was built: what is in one kit, and by which recipe."""

    kit_lot_id: UUID
    contents: Mapping[UUID, int]
    recipe_version: int
    built: int
    built_at: datetime
    built_by: str
    other_lot_reason: str | None = None


class Kits(Protocol):
    """Recipes, and the contents of the kits that were built."""

    def recipe(self, product_code: str) -> Recipe | None:
        """Give the newest recipe of a product; None when it never had one."""

    def lock_recipe(self, product_code: str) -> Recipe | None:
        """Give it and keep others from writing the next one meanwhile."""

    def save_recipe(self, recipe: Recipe, *, set_by: str, set_at: datetime) -> None: ...
    def add(self, built: BuiltKits) -> None: ...
    def contents(self, kit_lot_id: UUID) -> Mapping[UUID, int]:
        """Give the units of each lot in one kit; empty for what is no kit lot."""

    def containing(self, lot_ids: Sequence[UUID]) -> Sequence[UUID]:
        """Name the kit lots that hold units of any of some lots, by id."""

    def free_lots(self, product_codes: Sequence[str]) -> Sequence[UUID]:
        """Name the lots of products that stand in storage, to be opened."""


@dataclass(frozen=True, slots=True)
class ContentView:
    """Units of one lot in one kit."""

    lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    gift_number: str
    quantity: int
    status: str


@dataclass(frozen=True, slots=True)
class KitLotView:
    """A kit lot with its contents; ``places`` says how many kits stand where.

    ``other_lot_reason`` says why it was not built of the lots that went first.
    ``counted_on`` is a sheet because of which numbers were taken out, see ``hidden``.
    """

    kit_lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    earmark: Sequence[str] | None
    status: str
    built: int
    built_at: datetime
    places: Mapping[str, int | None]
    contents: Sequence[ContentView]
    other_lot_reason: str | None
    counted_on: str | None = None

    def hidden(self, counts: OpenCounts) -> "KitLotView":
        """Take the numbers out of the places where the kits are being counted."""
        sheets = {
            place: counts.of_lot(self.product_code, place) for place in self.places
        }
        sheet = next(filter(None, sheets.values()), None)
        places = {
            place: None if sheets[place] else count
            for place, count in self.places.items()
        }
        return replace(self, places=places, counted_on=sheet)

    @property
    def in_stock(self) -> int | None:
        """How many kits stand in the warehouse; None where some were taken out."""
        if self.counted_on is not None:
            return None
        return sum(count for count in self.places.values() if count is not None)


class KitQueries(Protocol):
    """Read models of kits; each answer is one consistent moment."""

    def recipes(self) -> Mapping[str, Recipe]:
        """Give the newest recipe of every kit that has one, by product."""

    def kit_lots(
        self, product_code: str | None = None, *, limit: int
    ) -> Sequence[KitLotView]:
        """List kit lots, the newest first."""

    def kit_lot(self, kit_lot_id: UUID) -> KitLotView | None: ...
    def free(
        self, product_codes: Sequence[str], today: date
    ) -> Mapping[str, Mapping[Lot, int]]:
        """Count the units of each lot that may go into kits now, in their turn."""
