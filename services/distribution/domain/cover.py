"""How long what a unit got lasts, by the norm and the calendar alone.

Nobody counts a unit's shelf. What it has left is taken to be what it accepted,
used up evenly at the rate that is due to it; it never falls below nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from services.distribution.domain.quota import DAYS_OF_A_PERIOD


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a unit accepted of a product on a day."""

    day: date
    quantity: int


def left_over(deliveries: Iterable[Delivery], due: int, on: date) -> Fraction:
    """Say what of the deliveries up to a day is not used up on it.

    ``due`` is the entitlement of 30 days; where nothing is due nothing is used.
    """
    left, since = Fraction(0), on
    for each in sorted(deliveries, key=lambda delivery: delivery.day):
        if each.day <= on:
            left = _used(left, due, (each.day - since).days) + each.quantity
            since = each.day
    return _used(left, due, (on - since).days)


def days_of_cover(left: Fraction, due: int) -> int | None:
    """Say how many whole days so much lasts; None where nothing is due."""
    return floor(left * DAYS_OF_A_PERIOD / due) if due else None


def _used(left: Fraction, due: int, days: int) -> Fraction:
    return max(Fraction(0), left - Fraction(due * max(0, days), DAYS_OF_A_PERIOD))
