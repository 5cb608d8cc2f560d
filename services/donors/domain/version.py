"""What an open dashboard depends on: the day in Almaty, and a counter of changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

CHANGED = "changed"
"""Marks a transaction that raised a donor's counter."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The counter of every donor whose numbers ever changed, on one day."""

    day: date
    counters: Mapping[str, int] = field(default_factory=dict)

    def of(self, donor_code: str) -> str:
        """Name what the donor's numbers depend on; the same name, the same numbers."""
        return f"{self.day.isoformat()}.{self.counters.get(donor_code, 0)}"

    def changed_since(self, before: "Versions") -> frozenset[str]:
        """Give the donors whose counter has moved."""
        return frozenset(
            code
            for code, counter in self.counters.items()
            if counter != before.counters.get(code)
        )
