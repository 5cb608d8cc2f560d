"""What quantities of a donor's goods are worth: in one currency, never by guess.

A told quantity is valued at the mean of what came of its product, so a value tells
nothing that the quantity and the donor's own receipts do not tell (DOMAIN.md 5.3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from services.donors.domain.fulfilment import GiftAccount
from services.donors.domain.value import HOME_CURRENCY, HUNDREDTH, UnitValue

Part = tuple[int, UnitValue | None]
"""So many units, and what one is worth; null where nobody said."""


@dataclass(frozen=True, slots=True)
class Worth:
    """An estimated amount as stated, and the same in tenge at the stored rates."""

    amount: Decimal
    currency: str
    tenge: Decimal


@dataclass(frozen=True, slots=True)
class ValuedGift:
    """A gift with the value of one unit of its products, where one was stated."""

    account: GiftAccount
    values: Mapping[str, UnitValue]


def worth_of(parts: Iterable[Part]) -> Worth | None:
    """Add up what parts are worth; null for nothing, or when one has no value."""
    return together([_worth(quantity, value) for quantity, value in parts])


def together(parts: Sequence[Worth | None]) -> Worth | None:
    """Add amounts up; null when one is unknown.

    One currency stays as it was stated; several are counted in tenge.
    """
    known = [each for each in parts if each is not None]
    if not known or len(known) < len(parts):
        return None
    tenge = sum((each.tenge for each in known), Decimal(0))
    if len({each.currency for each in known}) > 1:
        return Worth(tenge, HOME_CURRENCY, tenge)
    amount = sum((each.amount for each in known), Decimal(0))
    return Worth(amount, known[0].currency, tenge)


def mean_worth(quantity: int, came: Sequence[Part]) -> Worth | None:
    """Value a quantity at the mean of what came; null when a part has no value."""
    whole = worth_of(came)
    if whole is None:
        return None
    of_all = sum(each for each, _value in came)

    def share(amount: Decimal) -> Decimal:
        return (amount * quantity / of_all).quantize(HUNDREDTH, ROUND_HALF_UP)

    return Worth(share(whole.amount), whole.currency, share(whole.tenge))


def came_until(
    gifts: Iterable[ValuedGift], product_code: str, last: date
) -> Sequence[Part]:
    """Give what came of a product up to a day, each part with its gift's value."""
    return [
        (lot.totals.received, gift.values.get(product_code))
        for gift in gifts
        for lot in gift.account.lots
        if lot.product_code == product_code
        and lot.received_on <= last
        and lot.totals.received
    ]


def came_of(gifts: Iterable[ValuedGift]) -> Sequence[Part]:
    """Give all that came of some gifts, each part with its value."""
    return [
        (lot.totals.received, gift.values.get(lot.product_code))
        for gift in gifts
        for lot in gift.account.lots
        if lot.totals.received
    ]


def _worth(quantity: int, value: UnitValue | None) -> Worth | None:
    if value is None:
        return None
    return Worth(value.of(quantity), value.currency, value.in_tenge(quantity))
