"""What the world did since a run was worked out; the run itself never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.distribution.domain.planning import DueDemand
from services.distribution.domain.run import RunLine

_UNRULED = frozenset({"no_rule", "never_given"})
"""Bases that no headcount moves."""


class Cause(StrEnum):
    """Why another amount is due; published."""

    HEADCOUNT = "headcount"
    NORM = "norm"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was due to a unit when the run was worked out, and what is due now."""

    unit_code: str
    product_code: str
    was: int
    now: int
    cause: Cause

    @property
    def difference(self) -> int:
        return self.now - self.was


@dataclass(frozen=True, slots=True)
class Since:
    """Units of a run that closed meanwhile, and amounts that moved."""

    closed: tuple[str, ...]
    moved: tuple[Moved, ...]

    @property
    def is_nothing(self) -> bool:
        return not self.closed and not self.moved

    def of(self, product_code: str) -> Mapping[str, Moved]:
        """Give what moved of one product, by unit."""
        return {
            each.unit_code: each
            for each in self.moved
            if each.product_code == product_code
        }


def moved(line: RunLine, now: DueDemand) -> Moved | None:
    """Compare what a line went by with what is due now; None where it is the same.

    Where no rule speaks of a product, what is approved is due: nothing to compare.
    """
    hints = {line.basis.get("hint"), now.basis.get("hint")}
    if hints & _UNRULED or line.entitlement == now.entitlement:
        return None
    is_counted_anew = _counted(line.basis) != _counted(now.basis)
    cause = Cause.HEADCOUNT if is_counted_anew else Cause.NORM
    return Moved(
        line.unit_code, line.product_code, line.entitlement, now.entitlement, cause
    )


def _counted(basis: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give the headcount an amount rests on: its day, and the heads it counts."""
    heads = {term["band"]: term["heads"] for term in basis.get("terms", ())}
    return basis.get("headcount_as_of"), heads
