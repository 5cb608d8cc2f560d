"""Places that receive goods, by code only: no street, no coordinates, ever."""

from dataclasses import dataclass
from typing import Literal

from services.distribution.domain.product import Product

Audience = Literal["detention", "community"]
"""The finest label of a place that may ever be published (DOMAIN 5.3)."""


@dataclass(frozen=True, slots=True)
class Facility:
    """A house with a gate; ``not_admitted`` names product codes and flags."""

    facility_code: str
    name: str
    region: str
    audience: Audience
    not_admitted: frozenset[str] = frozenset()

    def admits(self, product: Product) -> bool:
        """Say whether this gate lets the product through at all."""
        return self.rule_against(product) is None

    def rule_against(self, product: Product) -> str | None:
        """Name the entry of the list that keeps it out; a code before a flag.

        A house that cannot keep goods cold lists their flag, such as cold-15C.
        """
        if product.product_code in self.not_admitted:
            return product.product_code
        return min(self.not_admitted & product.flags, default=None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A ward or a household: what has headcounts, asks and receives."""

    unit_code: str
    facility_code: str
    kind: str
    audience: Audience
    groups: frozenset[str]
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose units a caller may know of; ``units`` None means every unit's."""

    units: frozenset[str] | None = None

    def covers(self, unit_code: str) -> bool:
        return self.units is None or unit_code in self.units


EVERY_UNIT = Scope()
