"""How infants grow through the sizes of nappies in the coming weeks.

Only counts by age band are known, so the children of a band are taken to be
spread evenly over its months; every week they are a week older. Sizes go by age:
where a unit states how many wear each size, the ages at which they change follow
from that, the youngest in the smallest; beyond, each age wears the usual size of
its rule. Children not born yet are not guessed at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from services.distribution.domain.bands import CHILDREN_UNDER_THREE, Headcount
from services.distribution.domain.quota import DAYS_OF_A_PERIOD, QuotaRule, Size

WEEKS_AHEAD = 8
MONTH = Fraction(365, 12)
_MONTHS = (0, 3, 6, 12, 24, 36)
AGES = {
    band: (low * MONTH, high * MONTH)
    for band, low, high in zip(
        CHILDREN_UNDER_THREE, _MONTHS[:-1], _MONTHS[1:], strict=True
    )
}
"""From which age to which a band goes, in days."""

FOR_EVER = Fraction(10**6)


@dataclass(frozen=True, slots=True)
class SizeAhead:
    """One size in the coming weeks: children who wear it, packs they need.

    ``children`` has one number for each week, rounded half up; ``packs`` is for
    all the weeks together, rounded up once.
    """

    size: Size
    children: tuple[int, ...]
    packs: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Sizes over the weeks that begin on these days, the smallest size first."""

    weeks: tuple[date, ...]
    sizes: tuple[SizeAhead, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From one age to another, one size at one rate of pieces a day."""

    low: Fraction
    high: Fraction
    size: Size
    pieces_a_day: Fraction


def nappies_ahead(
    rules: Iterable[QuotaRule], counted: Headcount, today: date
) -> Forecast | None:
    """Foresee the sizes; None where no child is counted or no rule has sizes."""
    sized = [rule for rule in rules if rule.sizes and rule.is_on]
    ages = _ages(counted.bands)
    if not sized or not ages:
        return None
    stretches = _stretches(sized, _changes(ages, counted.bands, sized))
    weeks = tuple(today + timedelta(weeks=week) for week in range(WEEKS_AHEAD))
    older = [max(0, (week - counted.as_of).days) for week in weeks]
    sizes = sorted({each.size for each in stretches}, key=lambda s: s.stated_count)
    return Forecast(
        weeks,
        tuple(
            ahead
            for size in sizes
            if (ahead := _ahead(size, stretches, ages, older)).packs
        ),
    )


def _ages(bands: Mapping[str, int]) -> list[tuple[Fraction, Fraction, int]]:
    return [
        (*AGES[band], count)
        for band in CHILDREN_UNDER_THREE
        if (count := bands.get(band, 0))
    ]


def _changes(
    ages: Sequence[tuple[Fraction, Fraction, int]],
    bands: Mapping[str, int],
    rules: Sequence[QuotaRule],
) -> list[tuple[Fraction, Size]]:
    """Give the age up to which each stated size is worn, the smallest first."""
    sizes = sorted(
        {size for rule in rules for size in rule.sizes}, key=lambda s: s.stated_count
    )
    found, wearers = [], 0
    for size in sizes:
        if stated := bands.get(size.stated_count, 0):
            wearers += stated
            found.append((_age_of(wearers, ages), size))
    return found


def _age_of(wearers: int, ages: Sequence[tuple[Fraction, Fraction, int]]) -> Fraction:
    """Give the age that so many children are younger than."""
    for low, high, count in ages:
        if wearers <= count:
            return low + (high - low) * Fraction(wearers, count)
        wearers -= count
    return FOR_EVER


def _stretches(
    rules: Sequence[QuotaRule], changes: Sequence[tuple[Fraction, Size]]
) -> list[_Stretch]:
    """Cut each rule's ages where the stated sizes change; then its usual size."""
    found = []
    for rule in rules:
        usual = next(s for s in rule.sizes if s.product_code == rule.product_code)
        rate = rule.per_head / DAYS_OF_A_PERIOD
        for low, high in (AGES[band] for band in rule.bands):
            start = low
            for until, size in (*changes, (FOR_EVER, usual)):
                end = min(until, high)
                if start < end:
                    found.append(_Stretch(start, end, size, rate))
                    start = end
    return found


def _ahead(
    size: Size,
    stretches: Iterable[_Stretch],
    ages: Sequence[tuple[Fraction, Fraction, int]],
    older: Sequence[int],
) -> SizeAhead:
    mine = [each for each in stretches if each.size == size]
    heads = [[_wearers(each, ages, days) for each in mine] for days in older]
    a_week = [each.pieces_a_day * 7 for each in mine]
    pieces = sum(
        (n * rate for week in heads for n, rate in zip(week, a_week, strict=True)),
        Fraction(0),
    )
    return SizeAhead(
        size,
        tuple(int(sum(week, Fraction(0)) + Fraction(1, 2)) for week in heads),
        ceil(pieces / size.pieces_per_pack),
    )


def _wearers(
    stretch: _Stretch, ages: Sequence[tuple[Fraction, Fraction, int]], older: int
) -> Fraction:
    """Say how many children are within a stretch of ages so many days later."""
    total = Fraction(0)
    for low, high, count in ages:
        overlap = min(high + older, stretch.high) - max(low + older, stretch.low)
        if overlap > 0:
            total += count * overlap / (high - low)
    return total
