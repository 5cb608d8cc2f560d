"""What given goods are worth: as stated, with its basis, never converted silently.

A value in another currency keeps the rate, its source and its day beside it; the
sum in tenge is then worked out from those and shown as such (DOMAIN.md, row on
values in KZT with a stored rate).
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from services.donors.domain.giving_errors import RateMissingError
from shared.kernel.errors import MalformedError

HOME_CURRENCY = "KZT"
HUNDREDTH = Decimal("0.01")
AMOUNT_MAX = Decimal(1_000_000_000)
RATE_PLACES = 6
SOURCE_CHARS_MAX = 120
_CURRENCY = re.compile(r"[A-Z]{3}")


class Basis(StrEnum):
    """What an estimate rests on; medicine is valued at the world generic price."""

    MARKET_PRICE = "market_price"
    WORLD_GENERIC_PRICE = "world_generic_price"
    COST = "cost"
    DONOR_STATEMENT = "donor_statement"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tenge for one unit of a currency, as a source said on a day."""

    tenge: Decimal
    source: str
    on: date

    def __post_init__(self) -> None:
        if not _is_between(self.tenge, RATE_PLACES):
            raise MalformedError(
                f"Rate {self.tenge} is not a positive number of tenge with at most "
                f"{RATE_PLACES} places.",
                field="rate",
            )
        if not 0 < len(self.source) <= SOURCE_CHARS_MAX:
            raise MalformedError(
                f"Say where the rate comes from, in 1 to {SOURCE_CHARS_MAX} letters.",
                field="rate_source",
            )


@dataclass(frozen=True, slots=True)
class UnitValue:
    """The estimated value of one unit of issue.

    Raises RateMissingError for another currency than tenge without a rate, and
    MalformedError for a rate of tenge to tenge.
    """

    amount: Decimal
    currency: str
    basis: Basis
    rate: Rate | None = None

    def __post_init__(self) -> None:
        check_money(self.amount, self.currency)
        if (self.currency == HOME_CURRENCY) == (self.rate is not None):
            if self.rate is None:
                raise RateMissingError(self.currency)
            raise MalformedError("Tenge need no rate. Leave it out.", field="rate")

    def of(self, quantity: int) -> Decimal:
        """Give what so many units are worth, in the currency stated."""
        return self.amount * quantity

    def in_tenge(self, quantity: int) -> Decimal:
        """Give the same at the stored rate, rounded half up to a hundredth."""
        tenge = self.rate.tenge if self.rate else Decimal(1)
        return (self.of(quantity) * tenge).quantize(HUNDREDTH, ROUND_HALF_UP)


def check_money(amount: Decimal, currency: str) -> None:
    """Raise MalformedError unless this is a positive amount of a currency."""
    if not _is_between(amount, 2):
        raise MalformedError(
            f"{amount} is not a positive amount with at most 2 places.", field="amount"
        )
    if not _CURRENCY.fullmatch(currency):
        raise MalformedError(
            f"{currency!r} is no currency code. Write KZT, USD or EUR.",
            field="currency",
        )


def _is_between(amount: Decimal, places: int) -> bool:
    if not amount.is_finite() or not 0 < amount <= AMOUNT_MAX:
        return False
    return amount == amount.quantize(Decimal(1).scaleb(-places))
