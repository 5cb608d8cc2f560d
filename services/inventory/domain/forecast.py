"""What will be used, what will run out and what cannot be used in time.

Everything is counted in whole units and exact fractions. Today is the first day of
every forecast: a lot whose last useful day is today can still be used for one day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from uuid import UUID

MONTH_DAYS = 30
WINDOWS_DAYS = (30, 30, 30)
WINDOW_WEIGHTS = (3, 2, 1)
"""The last 30 days count three times, those before twice, those before once."""

SHORT_HISTORY_DAYS = 30
HORIZON_DAYS = 730
"""Nobody plans further ahead; what lasts longer lasts long enough."""


class Basis(StrEnum):
    """Which of the two numbers the expected use was taken from."""

    NEED = "need"
    HISTORY = "history"
    NOTHING = "nothing"


class Band(StrEnum):
    """How long a product lasts, in words a shelf could carry."""

    OUT = "out"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    PLENTY = "plenty"
    UNUSED = "unused"


BAND_LIMITS = ((14, Band.DAYS), (30, Band.WEEKS), (90, Band.MONTHS))
"""Fewer days of cover than the limit are of the band."""


@dataclass(frozen=True, slots=True)
class PastUse:
    """What left for people, less what came back, in windows going back in time.

    ``known_days`` is how long the product has been in the books: a window that lies
    before says nothing.
    """

    windows: tuple[int, ...] = (0,) * len(WINDOWS_DAYS)
    known_days: int = 0

    @property
    def per_day(self) -> Fraction:
        """Weigh the windows; never below zero, whatever came back."""
        left, days = 0, 0
        start = 0
        for used, length, weight in zip(
            self.windows, WINDOWS_DAYS, WINDOW_WEIGHTS, strict=True
        ):
            left += weight * used
            days += weight * min(max(self.known_days - start, 0), length)
            start += length
        return Fraction(max(left, 0), days) if days else Fraction(0)

    @property
    def is_short(self) -> bool:
        """Tell whether too few days are known to trust them alone."""
        return self.known_days < SHORT_HISTORY_DAYS


@dataclass(frozen=True, slots=True)
class ExpectedUse:
    """Both numbers, and the one that is used."""

    per_day: Fraction
    basis: Basis
    need_per_month: int | None
    history_per_month: int

    @property
    def per_month(self) -> int:
        """Units in 30 days, rounded."""
        return rounded(self.per_day * MONTH_DAYS)


def expected_use(need_per_month: int | None, past: PastUse) -> ExpectedUse:
    """Choose between what is due by quota and what really left.

    With fewer than 30 days of history the larger of the two, and where nothing left
    at all what is due: an empty shelf gives nothing away and is needed all the same.
    Otherwise history, but no more than the quota: a unit is never given more than it
    is due. A product without a quota (None) goes by history alone.
    """
    history = past.per_day
    use, basis = history, Basis.HISTORY
    if need_per_month is not None:
        need = Fraction(need_per_month, MONTH_DAYS)
        says_little = past.is_short or not history
        is_need = need > history if says_little else need < history
        use, basis = (need, Basis.NEED) if is_need else (history, Basis.HISTORY)
    return ExpectedUse(
        per_day=use,
        basis=basis if use else Basis.NOTHING,
        need_per_month=need_per_month,
        history_per_month=rounded(history * MONTH_DAYS),
    )


@dataclass(frozen=True, slots=True)
class UsableLot:
    """Units of a lot that may be given out, and the last day on which they may."""

    lot_id: UUID
    quantity: int
    last_day: date | None
    received_on: date

    @classmethod
    def of(
        cls,
        lot_id: UUID,
        quantity: int,
        *,
        expires_on: date | None,
        min_days_at_dispatch: int,
        received_on: date,
    ) -> "UsableLot":
        """Work out the last day: whoever gets a unit needs some days to use it."""
        last_day = expires_on and expires_on - timedelta(days=min_days_at_dispatch)
        return cls(lot_id, quantity, last_day, received_on)


@dataclass(frozen=True, slots=True)
class LotOutlook:
    """How far a lot is used before its last day; ``used_up_on`` None: never."""

    lot_id: UUID
    used: int
    left: int
    last_day: date | None
    used_up_on: date | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a product's usable lots, in the order they go.

    ``stock_out_on`` is the first day on which somebody is due a unit and none may be
    given; None beyond the horizon, and where nothing is used.
    """

    lots: tuple[LotOutlook, ...]
    stock_out_on: date | None

    @property
    def left(self) -> int:
        """Units that cannot be used in time."""
        return sum(lot.left for lot in self.lots)


def walk(lots: Iterable[UsableLot], per_day: Fraction, today: date) -> Outlook:
    """Use lots up, the first to expire first, none after its last day.

    By the end of day *k* floor(*k* x use) units are asked for, so a lot that may be
    used for *k* days shares that many with the lots before it.
    """
    used_before = 0
    outlooks = []
    for lot in sorted(lots, key=_order):
        asked = _asked_until(lot.last_day, per_day, today)
        room = lot.quantity if asked is None else max(asked - used_before, 0)
        used = min(lot.quantity, room) if per_day else 0
        used_before += used
        outlooks.append(_outlook(lot, used, _day_of(used_before, per_day, today)))
    return Outlook(tuple(outlooks), _stock_out(used_before, per_day, today))


def _order(lot: UsableLot) -> tuple[bool, date, date, UUID]:
    return (lot.last_day is None, lot.last_day or date.max, lot.received_on, lot.lot_id)


def _asked_until(last_day: date | None, per_day: Fraction, today: date) -> int | None:
    """Count the units asked for while a lot may be given; None: without end."""
    if last_day is None:
        return None
    days = (last_day - today).days + 1
    return floor(per_day * days) if days > 0 else 0


def _outlook(lot: UsableLot, used: int, day: date | None) -> LotOutlook:
    left = lot.quantity - used if lot.last_day else 0
    is_used_up = used == lot.quantity
    return LotOutlook(lot.lot_id, used, left, lot.last_day, day if is_used_up else None)


def _day_of(unit: int, per_day: Fraction, today: date) -> date | None:
    """Give the day on which the n-th unit from today on is asked for."""
    if not per_day:
        return None
    days = max(ceil(unit / per_day), 1)
    return today + timedelta(days=days - 1) if days <= HORIZON_DAYS else None


def _stock_out(used: int, per_day: Fraction, today: date) -> date | None:
    if not per_day:
        return None
    return _day_of(used + 1, per_day, today) if used else today


def band_of(stock_out_on: date | None, per_day: Fraction, today: date) -> Band:
    """Say how long a product lasts; one that nobody uses has no band of days."""
    if not per_day:
        return Band.UNUSED
    if stock_out_on is None:
        return Band.PLENTY
    days = (stock_out_on - today).days
    if days <= 0:
        return Band.OUT
    return next((band for limit, band in BAND_LIMITS if days < limit), Band.PLENTY)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A forecast of some units beside what really left."""

    expected: int
    left: int

    @property
    def error(self) -> int:
        """How many units too many were expected; below zero: too few."""
        return self.expected - self.left


@dataclass(frozen=True, slots=True)
class Score:
    """How wrong forecasts were together; None where nothing left at all.

    ``error`` is the sum of all misses over what left (WAPE); ``bias`` is the part
    that does not cancel out: above zero too much was expected.
    """

    error: Fraction | None
    bias: Fraction | None


def score(compared: Sequence[Comparison]) -> Score:
    """Weigh the misses of many products by what left of them."""
    left = sum(each.left for each in compared)
    if left <= 0:
        return Score(None, None)
    missed = sum(abs(each.error) for each in compared)
    return Score(
        Fraction(missed, left), Fraction(sum(each.error for each in compared), left)
    )


def rounded(value: Fraction) -> int:
    """Round to the nearest whole unit, halves up."""
    return floor(value + Fraction(1, 2))
