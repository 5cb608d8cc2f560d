"""A product as distribution needs to know it; inventory owns the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

NEVER_GIVEN = frozenset({"bms"})
"""Breast-milk substitutes: no quota, no wish list, no award (DOMAIN 3)."""

URGENT_GROUPS = {"infant-critical": "children", "clinical": "medical"}
"""For a product with this flag, units of that group are served first."""


@dataclass(frozen=True, slots=True)
class Product:
    """Its allocation unit is the whole unit of issue."""

    product_code: str
    category: str
    names: Mapping[str, str]
    unit_of_issue: str
    min_days_at_dispatch: int
    sensitivity: int
    flags: frozenset[str]

    @property
    def is_medicine(self) -> bool:
        return "medicine" in self.flags or self.category == "medicine"

    @property
    def is_never_given(self) -> bool:
        return not self.flags.isdisjoint(NEVER_GIVEN)

    def priority_class(self, groups: frozenset[str]) -> int:
        """Rank a unit for this product: 1 is served before 2 (DOMAIN 4.2)."""
        first = {URGENT_GROUPS[flag] for flag in self.flags if flag in URGENT_GROUPS}
        return 1 if not first or first & groups else 2
