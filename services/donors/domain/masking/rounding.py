"""Rounding, and what it leaves open to whoever knows the rule."""

from dataclasses import dataclass

ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """Every whole number from ``lowest`` to ``highest`` is possible."""

    lowest: int
    highest: int

    @property
    def width(self) -> int:
        """How far the ends are apart; 0 means that the number is known."""
        return self.highest - self.lowest


def rounded(quantity: int) -> int | None:
    """Round half up to tens; null below ten, where a ten would say too much."""
    if quantity < ROUNDED_TO:
        return None
    return (quantity + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def behind(told: int | None) -> Interval:
    """Give what a told quantity may stand for: the inverse of ``rounded``."""
    if told is None:
        return Interval(1, ROUNDED_TO - 1)
    half = ROUNDED_TO // 2
    return Interval(max(told - half, ROUNDED_TO), told + half - 1)
