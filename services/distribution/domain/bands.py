"""Headcounts by band: the only thing that is ever known about people.

There are counts of bands and counts a unit states about itself, on a day. There
is no name, birth date or diagnosis anywhere (DOMAIN 5.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.distribution.domain.errors import (
    CountOutOfRangeError,
    UnknownBandError,
)

INFANTS_UNDER_ONE = ("children_0_2m", "children_3_5m", "children_6_11m")
TODDLERS = ("children_12_23m", "children_24_35m")
CHILDREN_UNDER_THREE = INFANTS_UNDER_ONE + TODDLERS
ADULTS = ("women_18_49", "women_50_plus", "men_18_plus", "new_arrivals")
FEMALES_FROM_TWELVE = ("women_18_49", "women_50_plus", "girls_14_17")
FROM_THREE_YEARS = (*ADULTS, "girls_14_17", "boys_14_17", "children_3_11y")
EVERYBODY = FROM_THREE_YEARS + CHILDREN_UNDER_THREE

STATED_COUNTS = (
    "pregnant",
    "post_partum",
    "menstruating",
    "incontinent",
    "learners",
    "leaving",
    "nappies_1",
    "nappies_2",
    "nappies_3",
    "nappies_4",
    "nappies_5",
)
"""Counted by the unit among its people, never inferred from age or sex."""

BANDS = EVERYBODY + STATED_COUNTS
COUNT_MAX = 100_000
FEWEST_TOLD = 10
"""Fewer people than these are told to no other service, not even in tens."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """What one unit stated for a day; a band it does not name has nobody."""

    unit_code: str
    as_of: date
    bands: Mapping[str, int]

    @property
    def heads(self) -> int:
        """Everybody who lives in or visits the unit; stated counts are among them."""
        return sum(self.bands.get(band, 0) for band in EVERYBODY)


def checked_bands(raw: Mapping[str, Any]) -> dict[str, int]:
    """Give the counts by band as they are stated.

    Raises UnknownBandError or CountOutOfRangeError, each naming the band.
    """
    for band, count in raw.items():
        if band not in BANDS:
            raise UnknownBandError(band, BANDS)
        if type(count) is not int or not 0 <= count <= COUNT_MAX:
            raise CountOutOfRangeError(band, COUNT_MAX)
    return dict(raw)


def in_tens(heads: int) -> int | None:
    """Round people half up to tens; null for fewer than ``FEWEST_TOLD``."""
    return (heads + 5) // 10 * 10 if heads >= FEWEST_TOLD else None
