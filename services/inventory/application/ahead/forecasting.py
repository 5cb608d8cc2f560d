"""Looks ahead: what runs out, what cannot be used in time, how wrong we were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.inventory.application.ports.forecasting import (
    ForecastProduct,
    ForecastReads,
    Known,
    StandingLot,
)
from services.inventory.application.ports.work import Work
from services.inventory.domain.forecast import (
    MONTH_DAYS,
    Band,
    Basis,
    Comparison,
    ExpectedUse,
    LotOutlook,
    PastUse,
    Score,
    UsableLot,
    band_of,
    expected_use,
    rounded,
    score,
    walk,
)
from shared.contracts.distribution_v1 import NeedsPublished
from shared.kernel.clock import ALMATY, Clock, local_day

EXPIRY_DAYS = 90
"""How far ahead lots near their end are listed."""


def hear_needs(fact: NeedsPublished, work: Work) -> None:
    """Keep what is due by quota; of one day the highest version counts."""
    due = {item.product_code: item.need_per_30_days for item in fact.items}
    work.needs.hear(fact.as_of, fact.version, due)


@dataclass(frozen=True, slots=True)
class LotAhead:
    """A lot that stands here, and how far it will be used."""

    lot: StandingLot
    outlook: LotOutlook | None
    days_left: int | None

    @property
    def left(self) -> int:
        """Units of it that cannot be used in time."""
        return self.outlook.left if self.outlook else 0


@dataclass(frozen=True, slots=True)
class ProductAhead:
    """A product's use, its cover and its lots, first the one that has to go first."""

    product: ForecastProduct
    use: ExpectedUse
    lots: tuple[LotAhead, ...]
    stock_out_on: date | None
    band: Band
    today: date

    @property
    def usable(self) -> int:
        """Units that may be given out."""
        return sum(each.lot.usable for each in self.lots)

    @property
    def held(self) -> int:
        """Units that wait for a decision."""
        return sum(each.lot.held for each in self.lots)

    @property
    def barred(self) -> int:
        """Units that may never be given out: expired or recalled."""
        return sum(each.lot.barred for each in self.lots)

    @property
    def left(self) -> int:
        """Units that cannot be used in time."""
        return sum(each.left for each in self.lots)

    @property
    def cover_days(self) -> int | None:
        """Days until the stock-out; None beyond the horizon or without use."""
        return None if self.stock_out_on is None else self._days_to(self.stock_out_on)

    def _days_to(self, day: date) -> int:
        return max((day - self.today).days, 0)


@dataclass(frozen=True, slots=True)
class Compared:
    """A product's forecast beside what really left in the same days."""

    product: ForecastProduct
    use: ExpectedUse
    units: Comparison


@dataclass(frozen=True, slots=True)
class BackTest:
    """What would have been said on a day, and what the 30 days after it brought.

    ``knew_need`` says whether the quota of that day is known; without it only
    history counted. Products that were neither expected nor left are not listed.
    """

    begins_on: date
    ends_on: date
    knew_need: bool
    compared: tuple[Compared, ...]
    score: Score


class Forecasting:
    """Answers the pages that look ahead; reads only."""

    def __init__(self, reads: ForecastReads, clock: Clock) -> None:
        self._reads = reads
        self._clock = clock

    @property
    def today(self) -> date:
        """The day in Almaty from which is counted."""
        return local_day(self._clock.now())

    def ahead(self) -> Sequence[ProductAhead]:
        """List every product that is here or due, the most urgent first."""
        known = self._reads.known(self.today)
        found = [self._product(known, product) for product in known.products]
        return sorted(filter(_matters, found), key=_urgency)

    def back_test(self, months_ago: int = 0) -> BackTest | None:
        """Compare 30 days that are over with their forecast.

        The ledger only grows, so what was known on a past day is read from it. None
        when nothing was recorded before those days.
        """
        ends_on = self.today - timedelta(days=months_ago * MONTH_DAYS)
        begins_on = ends_on - timedelta(days=MONTH_DAYS)
        begin, end = _midnight(begins_on), _midnight(ends_on)
        first = self._reads.first_movement_at()
        if first is None or first >= begin:
            return None
        known = self._reads.known_at(begin)
        left = self._reads.left_between(begin, end)
        compared = tuple(
            sorted(
                (
                    each
                    for product in known.products
                    if _says_something(
                        each := _compared(
                            known, product, left.get(product.product_code, 0)
                        )
                    )
                ),
                key=lambda one: (-abs(one.units.error), one.product.product_code),
            )
        )
        return BackTest(
            begins_on=begins_on,
            ends_on=ends_on - timedelta(days=1),
            knew_need=known.need is not None,
            compared=compared,
            score=score([each.units for each in compared]),
        )

    def _product(self, known: Known, product: ForecastProduct) -> ProductAhead:
        use = _use(known, product)
        lots = known.lots.get(product.product_code, ())
        usable = [_usable(lot, product) for lot in lots if lot.usable]
        outlook = walk(usable, use.per_day, self.today)
        found = {each.lot_id: each for each in outlook.lots}
        return ProductAhead(
            product=product,
            use=use,
            lots=tuple(
                LotAhead(lot, found.get(lot.lot_id), self._days_left(lot))
                for lot in sorted(lots, key=_expiry)
            ),
            stock_out_on=outlook.stock_out_on,
            band=band_of(outlook.stock_out_on, use.per_day, self.today),
            today=self.today,
        )

    def _days_left(self, lot: StandingLot) -> int | None:
        return None if lot.expires_on is None else (lot.expires_on - self.today).days


def expiring(products: Sequence[ProductAhead]) -> list[tuple[ProductAhead, LotAhead]]:
    """List the lots whose last day is near or over, the first to expire first."""
    near = [
        (product, lot)
        for product in products
        for lot in product.lots
        if lot.days_left is not None and lot.days_left <= EXPIRY_DAYS
    ]
    return sorted(near, key=lambda pair: (_expiry(pair[1].lot), pair[1].lot.lot_number))


def unusable(products: Sequence[ProductAhead]) -> list[tuple[ProductAhead, LotAhead]]:
    """List the lots of which some cannot be used in time, the first to end first."""
    found = [(each, lot) for each in products for lot in each.lots if lot.left]
    return sorted(found, key=lambda pair: (_expiry(pair[1].lot), -pair[1].left))


def _matters(product: ProductAhead) -> bool:
    return bool(product.lots) or bool(product.use.per_day)


def _urgency(product: ProductAhead) -> tuple[bool, date, str]:
    day = product.stock_out_on
    return (day is None, day or date.max, product.product.product_code)


def _expiry(lot: StandingLot) -> tuple[bool, date]:
    return (lot.expires_on is None, lot.expires_on or date.max)


def _usable(lot: StandingLot, product: ForecastProduct) -> UsableLot:
    return UsableLot.of(
        lot.lot_id,
        lot.usable,
        expires_on=lot.expires_on,
        min_days_at_dispatch=product.min_days_at_dispatch,
        received_on=lot.received_on,
    )


def _use(known: Known, product: ForecastProduct) -> ExpectedUse:
    past = known.past.get(product.product_code, PastUse())
    return expected_use(known.need_of(product.product_code), past)


def _compared(known: Known, product: ForecastProduct, left: int) -> Compared:
    use = _use(known, product)
    expected = rounded(use.per_day * MONTH_DAYS)
    return Compared(product, use, Comparison(expected, max(left, 0)))


def _says_something(compared: Compared) -> bool:
    return compared.use.basis is not Basis.NOTHING or bool(compared.units.left)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ALMATY)
