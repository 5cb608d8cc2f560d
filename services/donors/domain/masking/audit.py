"""What an adversary can work out of a month that is told in groups.

The adversary is the donor, who had the own dashboard open all month (or its stream,
letters or webhooks, which say the same): at every handover it showed how much of
each product was accepted. Only the kind of place a handover went to is unknown,
and every number told by kind of place narrows that down.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from services.donors.domain.masking.rounding import Interval

STEPS_MAX = 10_000
"""Of one search. What is not found open in so many steps counts as known."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a donor saw accepted at one moment, and what it did not show: where."""

    quantities: Mapping[str, int]
    is_inside: bool

    def of(self, products: Collection[str]) -> int:
        """Count the units of some products."""
        return sum(self.quantities.get(product, 0) for product in products)


@dataclass(frozen=True, slots=True)
class ToldShare:
    """What is told of how much of some products went inside."""

    products: frozenset[str]
    share: Interval


def known_too_well(
    handovers: Sequence[Handover],
    told: Sequence[ToldShare],
    hidden: Collection[str],
    threshold: int,
) -> frozenset[str]:
    """Name the products whose share inside may be known too well.

    A share has to stay open by the threshold, or by the product's whole quantity
    where that is less: so open the own totals leave it. ``hidden`` are the products
    of which a share is not told. Never passes over one that is known; may name one
    that is not, where a search gives up after STEPS_MAX.
    """
    return frozenset(
        product
        for product in hidden
        if not _is_open(product, handovers, told, threshold)
    )


def _is_open(
    product: str,
    handovers: Sequence[Handover],
    told: Sequence[ToldShare],
    threshold: int,
) -> bool:
    """Look for two ways the month may have gone that lie far enough apart."""
    total = sum(each.of([product]) for each in handovers)
    lowest = highest = sum(each.of([product]) for each in handovers if each.is_inside)
    needed = min(threshold, total)
    is_moving = True
    while is_moving and highest - lowest < needed:
        more = _share(product, handovers, told, Interval(highest + 1, total))
        less = _share(product, handovers, told, Interval(0, lowest - 1))
        is_moving = more is not None or less is not None
        highest = highest if more is None else more
        lowest = lowest if less is None else less
    return highest - lowest >= needed


def _share(
    product: str,
    handovers: Sequence[Handover],
    told: Sequence[ToldShare],
    wanted: Interval,
) -> int | None:
    """Find a share inside within an interval that fits all that is told."""
    asked = [*told, ToldShare(frozenset([product]), wanted)]
    weights = [
        tuple(each.of(one.products) for one in asked)
        for each in sorted(handovers, key=lambda each: -sum(each.quantities.values()))
    ]
    weights = [each for each in weights if any(each)]
    limits = [one.share for one in asked]
    left = _left_after(weights, len(asked))
    waiting = [(0, (0,) * len(asked))]
    for _ in range(STEPS_MAX):
        if not waiting:
            return None
        place, sums = waiting.pop()
        if not _may_fit(sums, left[place], limits):
            continue
        if place == len(weights):
            return sums[-1]
        waiting.append((place + 1, sums))
        waiting.append((place + 1, _added(sums, weights[place])))
    return None


def _may_fit(
    sums: Sequence[int], left: Sequence[int], limits: Sequence[Interval]
) -> bool:
    """Say whether what is left can still bring every sum between its limits."""
    return all(
        have + more >= limit.lowest and have <= limit.highest
        for have, more, limit in zip(sums, left, limits, strict=True)
    )


def _left_after(weights: Sequence[Sequence[int]], width: int) -> list[tuple[int, ...]]:
    """Give, for every place in a list, the sums of what follows it."""
    left = [(0,) * width]
    for each in reversed(weights):
        left.append(_added(left[-1], each))
    return left[::-1]


def _added(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    return tuple(one + other for one, other in zip(first, second, strict=True))
