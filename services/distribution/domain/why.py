"""Why a line of a run is what it is: the rule's reasons, and what stood before it.

Stored with the line as codes and facts; no fact tells what another unit is
called or gets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.distribution.domain.allocation import Award
from services.distribution.domain.conditions import Conditions, kept_back
from services.distribution.domain.places import Facility
from services.distribution.domain.product import Product
from services.distribution.domain.stock import QUARANTINED, LotCopy

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Goods of a product that stay in the house whatever units ask for.

    ``reserve`` is kept by policy, ``in_review`` waits in quarantine until it is
    released; ``reviewer`` is whom to ask about it.
    """

    reserve: int
    in_review: int
    reviewer: str

    def reasons(self) -> tuple[Facts, ...]:
        """Say what of it a unit that is short may want to know."""
        found: list[Facts] = []
        if self.reserve:
            found.append({"code": "RESERVE", "quantity": self.reserve})
        if self.in_review:
            found.append(
                {
                    "code": "IN_REVIEW",
                    "quantity": self.in_review,
                    "ask": self.reviewer,
                }
            )
        return tuple(found)


def held_back(
    product: Product, lots: Sequence[LotCopy], conditions: Conditions
) -> HeldBack:
    """Add up what the rule was not shown of a product (DOMAIN.md 4.3)."""
    return HeldBack(
        reserve=sum(kept_back(lots, conditions.reserve).values()),
        in_review=sum(lot.in_stock for lot in lots if lot.lot_status == QUARANTINED),
        reviewer="medical_reviewer" if product.is_medicine else "warehouse",
    )


def set_by_hand(
    unit_code: str, still_open: int, conditions: Conditions
) -> tuple[Facts, ...]:
    """Say what a coordinator set for a unit before the rule ran."""
    cap, weight = conditions.caps.get(unit_code), conditions.weight_of(unit_code)
    found: list[Facts] = []
    if weight != 1:
        found.append({"code": "WEIGHTED", "weight": str(weight)})
    if cap is not None and cap < still_open:
        found.append({"code": "LIMITED", "cap": cap, "open": still_open})
    return tuple(found)


def by_rule(award: Award) -> tuple[Facts, ...]:
    """Write the reasons of an award as they are stored and shown."""
    return tuple({"code": str(each.code), **each.facts} for each in award.reasons)


def not_admitted(facility: Facility, product: Product) -> Facts:
    """Say which gate keeps a product out, and by which entry of its list."""
    return {
        "code": "NOT_ADMITTED",
        "facility_code": facility.facility_code,
        "rule": facility.rule_against(product),
    }
