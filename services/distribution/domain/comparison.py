"""Two ways to share one product out, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.distribution.domain.conditions import Conditions
from services.distribution.domain.run import RunLine, UnusedLot


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
    def changed(self) -> list[Pair]:
        """The units whose number would be another."""
        return [pair for pair in self.pairs if pair.difference]


def _quantity(line: RunLine | None) -> int:
    return line.quantity if line else 0
