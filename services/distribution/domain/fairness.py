"""Figures that describe how even a proposal is; they are never its aim."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.distribution.domain.run import RunLine


@dataclass(frozen=True, slots=True)
class Evenness:
    """Of the shares of all lines with something due and something asked for.

    What a gate does not let through says nothing about the sharing. Jain's index
    (ΣL)² / (nΣL²) is 1, Gini's (the mean difference of two shares over twice the
    mean share) is 0, when all shares are equal.
    """

    lowest: Fraction
    highest: Fraction
    jain: Fraction
    gini: Fraction


def evenness(lines: Sequence[RunLine]) -> Evenness | None:
    """Work the figures out exactly; None when no line is to be compared."""
    shares = sorted(line.share for line in lines if _is_compared(line))
    if not shares:
        return None
    count, total = len(shares), sum(shares, Fraction(0))
    if not total:
        return Evenness(Fraction(0), Fraction(0), Fraction(1), Fraction(0))
    squares = sum((share * share for share in shares), Fraction(0))
    ranked = sum((rank * share for rank, share in enumerate(shares, 1)), Fraction(0))
    return Evenness(
        lowest=shares[0],
        highest=shares[-1],
        jain=total * total / (count * squares),
        gini=2 * ranked / (count * total) - Fraction(count + 1, count),
    )


def _is_compared(line: RunLine) -> bool:
    return bool(line.entitlement and line.requested) and line.is_admitted
