"""Two ways to share one product out, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from services.distribution.domain.conditions import Conditions
from services.distribution.domain.run import RunLine, UnusedLot


class Consequence(NamedTuple):
    """What a decision does to one unit and product: its line before and after."""

    before: RunLine
    after: RunLine

    def as_json(self) -> dict[str, Any]:
        """Write quantities and shares in whole per cent, before and after."""
        return {
            "unit_code": self.after.unit_code,
            "product_code": self.after.product_code,
            "quantity_before": self.before.quantity,
            "quantity_after": self.after.quantity,
            "share_percent_before": percent(self.before.share),
            "share_percent_after": percent(self.after.share),
        }


def consequences(
    before: Iterable[RunLine], after: Iterable[RunLine]
) -> list[Consequence]:
    """Give every unit whose number another decision changes, by product and code."""
    new = {(line.product_code, line.unit_code): line for line in after}
    pairs = (
        Consequence(line, new.get((line.product_code, line.unit_code), line))
        for line in before
    )
    found = [each for each in pairs if each.before.quantity != each.after.quantity]
    return sorted(found, key=lambda x: (x.after.product_code, x.after.unit_code))


def percent(share: Fraction) -> int:
    """Round half up, but to 0 and 100 only what is nothing and all."""
    rounded = int(share * 100 + Fraction(1, 2))
    return min(99, max(1, rounded)) if 0 < share < 1 else rounded


class Pair(NamedTuple):
    """One unit's line as it stands and as it would be; null where there is none."""

    unit_code: str
    now: RunLine | None
    then: RunLine | None

    @property
    def difference(self) -> int:
        """How many units of issue more it would be; negative is less."""
        return _quantity(self.then) - _quantity(self.now)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A proposal for one product beside what other conditions would give."""

    conditions: Conditions
    now: Sequence[RunLine]
    then: Sequence[RunLine]
    unused: Sequence[UnusedLot]

    @property
    def pairs(self) -> list[Pair]:
        """Every unit of either, in the order of the codes."""
        now = {line.unit_code: line for line in self.now}
        then = {line.unit_code: line for line in self.then}
        return [
            Pair(unit, now.get(unit), then.get(unit)) for unit in sorted(now | then)
        ]

    @property
    def consequences(self) -> list[Consequence]:
        """What taking it over does to the units that are in both."""
        return consequences(self.now, self.then)

    @property
    def changed(self) -> list[Pair]:
        """The units whose number would be another."""
        return [pair for pair in self.pairs if pair.difference]


def _quantity(line: RunLine | None) -> int:
    return line.quantity if line else 0
