"""What an adversary can work out of a month that is told in groups.

The adversary is the donor: who knows the exact total of every product of the
month from the own live numbers, every told number and every rule of rounding.
"""

from collections.abc import Mapping, Sequence

from services.donors.domain.masking.rounding import Interval, behind

Cell = tuple[str, str]
"""A product and an audience."""


def cells_behind(
    totals: Mapping[str, int], told: Mapping[str, int | None]
) -> dict[Cell, Interval]:
    """Give the tightest interval of each cell behind a category told by audience.

    ``totals`` holds the exact quantity of each product, ``told`` the rounded sum
    over all products of each audience that got any. Exact for one or two
    audiences: then a product's other cell is its total less this one, and one sum
    binds them all.
    """
    audiences = sorted(told)
    if len(audiences) == 1:
        return {
            (product, audiences[0]): Interval(total, total)
            for product, total in totals.items()
        }
    first, second = audiences
    everything = sum(totals.values())
    one, other = behind(told[first]), behind(told[second])
    lowest = max(one.lowest, everything - other.highest)
    highest = min(one.highest, everything - other.lowest)
    cells: dict[Cell, Interval] = {}
    for product, total in totals.items():
        least = max(0, lowest - (everything - total))
        most = min(total, highest)
        cells[product, first] = Interval(least, most)
        cells[product, second] = Interval(total - most, total - least)
    return cells


def is_safe(
    totals: Mapping[str, int],
    told: Mapping[str, int | None],
    hidden: Sequence[Cell],
    threshold: int,
) -> bool:
    """Say whether every hidden cell stays at least as open as it has to.

    That is as wide as the threshold, or as the product's own exact total leaves
    it, whichever is less.
    """
    cells = cells_behind(totals, told)
    return all(
        cells[product, audience].width >= min(threshold, totals[product])
        for product, audience in hidden
    )
