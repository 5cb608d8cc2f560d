"""The order in which units are handed out, one step of the ladder at a time.

The rule of DOMAIN 4.2 gives the next unit to the claim with the smallest key
(level now, minus level after, longest unserved, id). A claim's keys only rise,
so the order of all units is known beforehand; only feasibility is not.

Levels are compared as whole numbers, exactly: a level is a fraction whose
denominator is the claim's ``due``; two different fractions with denominators
below 2**B are at least 2**-2B apart, so multiplied by 2**2B and rounded down
they stay different and in order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.distribution.domain.allocation.problem import Claim

StepKey: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A claim's units in order; its level after k units is (base + k) / due.

    ``due`` and ``grain`` carry weight times entitlement as a fraction and the
    common scale; ``turn`` is the claim's place among equals.
    """

    claim: Claim
    base: int
    cap: int
    due: int
    grain: int
    turn: int

    def mark(self, units: int) -> int:
        """Return the level after so many units, on the common scale."""
        return (self.base + units) * self.grain // self.due

    def key(self, unit: int) -> StepKey:
        """Return the place in the order of the claim's unit ``unit``, from 1."""
        return self.mark(unit - 1), -self.mark(unit), self.turn

    def units_below(self, mark: int) -> int:
        """How many of the claim's units start from a level below the mark."""
        units = -(-mark * self.due // self.grain) - self.base
        return min(self.cap, units) if units > 0 else 0


def build_ladders(claims: Iterable[Claim]) -> dict[str, Ladder]:
    """Build ladders on one scale, by claim id, for claims that are due something."""
    claims = sorted(claims, key=_patience)
    width = max(_due(claim).bit_length() for claim in claims) if claims else 0
    return {
        claim.id: Ladder(
            claim=claim,
            base=claim.received,
            cap=claim.cap,
            due=_due(claim),
            grain=claim.weight.denominator << 2 * width,
            turn=turn,
        )
        for turn, claim in enumerate(claims)
    }


def first_units(ladders: Sequence[Ladder], total: int) -> list[int]:
    """How many units each claim gets if the first ``total`` in order are given.

    Needs no more than the ladders hold together.
    """
    if total >= sum(ladder.cap for ladder in ladders):
        return [ladder.cap for ladder in ladders]
    low, high = _bracket(ladders, total)
    counts = [ladder.units_below(low) for ladder in ladders]
    steps = sorted(
        (ladder.key(unit), index)
        for index, ladder in enumerate(ladders)
        for unit in range(counts[index] + 1, ladder.units_below(high) + 1)
    )
    for _, index in steps[: total - sum(counts)]:
        counts[index] += 1
    return counts


def _bracket(ladders: Sequence[Ladder], total: int) -> tuple[int, int]:
    """Two marks with the last unit's start between them and few units besides.

    Jumps ahead: every second guess draws a straight line through the counts,
    the others halve, so that neither smooth nor jagged cases take long.
    """
    low, high = 0, max(ladder.mark(ladder.cap) for ladder in ladders) + 1
    below_low, below_high = 0, sum(ladder.cap for ladder in ladders)
    halve = False
    while below_high - below_low > len(ladders) and high - low > 1:
        jump = (high - low) * (total - below_low) // (below_high - below_low)
        if halve:
            jump = (high - low) // 2
        middle = low + max(1, min(high - low - 1, jump))
        below = sum([ladder.units_below(middle) for ladder in ladders])
        if below <= total:
            low, below_low = middle, below
        else:
            high, below_high = middle, below
        halve = not halve
    return low, high


def _due(claim: Claim) -> int:
    return claim.weight.numerator * claim.entitlement


def _patience(claim: Claim) -> tuple[date, str]:
    """Never served counts as waiting longest."""
    return claim.last_served_on or date.min, claim.id
