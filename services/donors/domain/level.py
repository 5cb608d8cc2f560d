"""How long the programme's stock lasts, in bands, and what is needed next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.donors.domain.promise import REFUSED_FLAGS

NEED_DAYS = 30
AIM_DAYS = 30
ROUNDED_TO = 10
HIDDEN_SENSITIVITY = 2
UNTOLD_LEVEL = 1_000_000
FORECAST_DAYS_MAX = 60
"""Further ahead a date would promise more than is known."""


class Band(StrEnum):
    """Days of cover, coarse enough to tell nothing about one place."""

    OUT = "out"
    UNDER_2_WEEKS = "under_2_weeks"
    TWO_TO_4_WEEKS = "2_to_4_weeks"
    FOUR_TO_8_WEEKS = "4_to_8_weeks"
    OVER_8_WEEKS = "over_8_weeks"
    NO_NEED_KNOWN = "no_need_known"


_BANDS = (
    (1, Band.OUT),
    (14, Band.UNDER_2_WEEKS),
    (28, Band.TWO_TO_4_WEEKS),
    (56, Band.FOUR_TO_8_WEEKS),
)


@dataclass(frozen=True, slots=True)
class Level:
    """What is free of a product and what thirty days ask for."""

    product_code: str
    category: str
    sensitivity: int
    flags: frozenset[str]
    available: int
    need_per_30_days: int
    open_quantity: int
    promised: int = 0
    """What pledges still bring, also those announced as gifts that are on their way."""

    def runs_out_on(self, today: date) -> date | None:
        """Forecast the first day without free stock; null when no need is known."""
        days = self.days_of_cover
        if days is None or days > FORECAST_DAYS_MAX:
            return None
        return today + timedelta(days=days)

    @property
    def days_of_cover(self) -> int | None:
        """Whole days the free stock lasts; null when no need is known."""
        if self.need_per_30_days == 0:
            return None
        return self.available * NEED_DAYS // self.need_per_30_days

    @property
    def band(self) -> Band:
        """The band of the days of cover."""
        days = self.days_of_cover
        if days is None:
            return Band.NO_NEED_KNOWN
        for below, band in _BANDS:
            if days < below:
                return band
        return Band.OVER_8_WEEKS

    @property
    def missing(self) -> int:
        """What the next thirty days, or open requests if more, still lack."""
        return max(0, max(self.need_per_30_days, self.open_quantity) - self.available)

    @property
    def is_unlisted(self) -> bool:
        """Formula and what the door refuses is never asked for or shown."""
        return not REFUSED_FLAGS.isdisjoint(self.flags)


@dataclass(frozen=True, slots=True)
class PublicNeed:
    """One line of the public list.

    ``product_code`` is null where only the category may be named; ``about`` is
    rounded to tens, and null where a number could stand for a handful of people.
    ``promised`` is what pledges already cover of it, rounded down to tens.
    """

    product_code: str | None
    category: str
    band: Band
    days_of_cover: int | None
    about: int | None
    promised: int | None = None
    runs_out_on: date | None = None


def public_needs(levels: Iterable[Level], today: date) -> Sequence[PublicNeed]:
    """List what runs out first, without telling who needs it.

    Products of sensitivity 1 appear only as their category, those of sensitivity
    2 not at all (DOMAIN.md 5.3, point 4), formula never.
    """
    short = [
        level
        for level in levels
        if level.missing > 0
        and not level.is_unlisted
        and level.sensitivity < HIDDEN_SENSITIVITY
    ]
    named = [_named(level, today) for level in short if level.sensitivity == 0]
    urgency = {
        level.product_code: _urgency(level) for level in short if not level.sensitivity
    }
    named.sort(key=lambda need: (urgency[need.product_code or ""], need.product_code))
    return [*named, *_by_category(level for level in short if level.sensitivity)]


def _named(level: Level, today: date) -> PublicNeed:
    about = (level.missing + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
    return PublicNeed(
        product_code=level.product_code,
        category=level.category,
        band=level.band,
        days_of_cover=level.days_of_cover,
        about=about if level.missing >= ROUNDED_TO else None,
        promised=min(level.promised, level.missing) // ROUNDED_TO * ROUNDED_TO or None,
        runs_out_on=level.runs_out_on(today),
    )


def _urgency(level: Level) -> int:
    days = level.days_of_cover
    return UNTOLD_LEVEL if days is None else days


def _by_category(levels: Iterable[Level]) -> Sequence[PublicNeed]:
    worst: dict[str, Level] = {}
    for level in levels:
        known = worst.setdefault(level.category, level)
        if _urgency(level) < _urgency(known):
            worst[level.category] = level
    return [
        PublicNeed(None, category, worst[category].band, None, None)
        for category in sorted(worst)
    ]
