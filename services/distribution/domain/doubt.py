"""What of a headcount is hardly true: asked about once before it is believed.

A count may be odd and right all the same, so nothing here refuses it. What a unit
states of its people is measured by who of them it could be; new arrivals are
counted without age and sex, so they could be anybody.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.distribution.domain.bands import (
    BANDS,
    CHILDREN_UNDER_THREE,
    EVERYBODY,
    FEMALES_FROM_TWELVE,
    FROM_THREE_YEARS,
)

Counts = Mapping[str, int]

NAPPIES = tuple(f"nappies_{size}" for size in range(1, 6))
_GIRLS_AND_WOMEN = (*FEMALES_FROM_TWELVE, "new_arrivals")
_COULD_BE: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("pregnant",): _GIRLS_AND_WOMEN,
    ("post_partum",): _GIRLS_AND_WOMEN,
    ("menstruating",): _GIRLS_AND_WOMEN,
    ("incontinent",): FROM_THREE_YEARS,
    ("learners",): FROM_THREE_YEARS,
    ("leaving",): EVERYBODY,
    NAPPIES: (*CHILDREN_UNDER_THREE, "children_3_11y", "new_arrivals"),
}
"""Who the people of a stated count, or of several together, are among."""

JUMP = 10
JUMP_HEADS_MIN = 20
"""A tenfold change of fewer heads than these is a small ward's ordinary day."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A count that is hardly true: more than could be, or ten times another.

    ``most`` is how many people it could be; ``before`` what the last count said.
    """

    bands: tuple[str, ...]
    count: int
    most: int | None = None
    before: int | None = None


def doubts(counts: Counts, before: Counts | None) -> list[Doubt]:
    """List what is hardly true of a headcount, beside the last one if there is one."""
    return [*_beyond(counts), *(_jumps(counts, before) if before else ())]


def _beyond(counts: Counts) -> Iterator[Doubt]:
    for stated, among in _COULD_BE.items():
        count, most = _sum(counts, stated), _sum(counts, among)
        if count > most:
            yield Doubt(stated, count, most=most)


def _jumps(counts: Counts, before: Counts) -> Iterator[Doubt]:
    for band in BANDS:
        now, was = counts.get(band, 0), before.get(band, 0)
        low, high = sorted((now, was))
        if was and high - low >= JUMP_HEADS_MIN and high >= JUMP * low:
            yield Doubt((band,), now, before=was)


def _sum(counts: Counts, bands: Iterable[str]) -> int:
    return sum(counts.get(band, 0) for band in bands)
