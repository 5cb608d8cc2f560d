"""What a coordinator may set for sharing out one product: reserve, weights, caps.

They are put before the rule, which then runs unchanged: the reserve leaves the
lots, a weight scales a unit's due, a cap lowers what a unit asks for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.distribution.domain.requisition import QUANTITY_MAX
from services.distribution.domain.stock import LotCopy
from shared.kernel.errors import MalformedError

WEIGHT_MAX = 100
WEIGHT_TEXT_MAX = 20


class MalformedConditionError(MalformedError):
    """A reserve, weight or cap is not a number that sharing can use."""

    code = "malformed_condition"

    def __init__(self, field_name: str, wanted: str) -> None:
        super().__init__(f"{field_name} has to be {wanted}.", field=field_name)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one product in a run; the empty ones are the plain rule.

    ``reserve`` is kept back in units of issue, ``weights`` and ``caps`` are by
    unit. A unit of weight 2 is served as if twice as much were due to it.
    """

    reserve: int = 0
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_quantity("reserve", self.reserve)
        for unit_code, weight in self.weights.items():
            if not 0 < weight <= WEIGHT_MAX:
                raise MalformedConditionError(
                    f"weight of {unit_code}", f"above 0 and at most {WEIGHT_MAX}"
                )
        for unit_code, cap in self.caps.items():
            _check_quantity(f"cap of {unit_code}", cap)

    def weight_of(self, unit_code: str) -> Fraction:
        """Give the weight of a unit; 1 where none was set."""
        return self.weights.get(unit_code, Fraction(1))

    def as_json(self) -> dict[str, Any]:
        """Write the conditions with weights as exact fractions in text."""
        weights = {unit: str(weight) for unit, weight in sorted(self.weights.items())}
        caps = dict(sorted(self.caps.items()))
        return {"reserve": self.reserve, "weights": weights, "caps": caps}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Conditions":
        """Read them back; raises MalformedConditionError for no fraction."""
        weights = written.get("weights") or {}
        return cls(
            reserve=written.get("reserve") or 0,
            weights={unit: read_weight(unit, text) for unit, text in weights.items()},
            caps=dict(written.get("caps") or {}),
        )


def read_weight(unit_code: str, text: str) -> Fraction:
    """Read a weight such as ``1``, ``1.5`` or ``3/2``, exactly."""
    try:
        return Fraction(text.strip().replace(",", ".")[:WEIGHT_TEXT_MAX])
    except (ValueError, ZeroDivisionError):
        raise MalformedConditionError(
            f"weight of {unit_code}", "a number or a fraction such as 3/2"
        ) from None


def kept_back(lots: Iterable[LotCopy], reserve: int) -> dict[UUID, int]:
    """Say how much of each lot the reserve keeps: what keeps longest, first.

    Only free goods can be kept; of too few all are (DOMAIN.md 4.3).
    """
    kept: dict[UUID, int] = {}
    for lot in sorted(lots, key=lambda each: each.to_share().order, reverse=True):
        if reserve and lot.free:
            kept[lot.lot_id] = min(reserve, lot.free)
            reserve -= kept[lot.lot_id]
    return kept


def without(lots: Iterable[LotCopy], kept: Mapping[UUID, int]) -> list[LotCopy]:
    """Give the lots with what is kept back taken off what is available."""
    return [
        replace(lot, available=lot.available - kept.get(lot.lot_id, 0)) for lot in lots
    ]


def _check_quantity(name: str, value: object) -> None:
    if type(value) is not int or not 0 <= value <= QUANTITY_MAX:
        raise MalformedConditionError(name, f"a whole number up to {QUANTITY_MAX}")


PLAIN = Conditions()
"""Nothing set: the rule as it is."""
