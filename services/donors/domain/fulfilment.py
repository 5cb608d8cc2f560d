"""How far gifts were fulfilled: announced, refused, and what the stock says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.donors.domain.earmark import Earmark, Standing
from services.donors.domain.lot_state import LotState
from services.donors.domain.promise import Line
from services.donors.domain.totals import Totals, summed


@dataclass(frozen=True, slots=True)
class Refusal:
    """Goods of a gift that were not taken in, and why."""

    product_code: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class GiftAccount:
    """One gift with everything that is known of its goods."""

    gift_number: str
    donor_code: str
    announced_on: date
    earmark: Earmark | None
    is_walk_in: bool
    expected: Sequence[Line]
    refusals: Sequence[Refusal]
    lots: Sequence[LotState]

    @property
    def received_on(self) -> date | None:
        """The day the first goods of this gift came in; null before that."""
        days = [lot.received_on for lot in self.lots if lot.totals.received]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What became of one product."""

    product_code: str
    announced: int
    refused: int
    totals: Totals

    @property
    def still_to_come(self) -> int:
        """What was announced and has neither come nor been refused."""
        return max(0, self.announced - self.totals.received - self.refused)


def fulfilments(accounts: Iterable[GiftAccount]) -> Sequence[Fulfilment]:
    """Add gifts up by product, in order of product code."""
    gifts = list(accounts)
    lines = [line for gift in gifts for line in gift.expected]
    refusals = [refusal for gift in gifts for refusal in gift.refusals]
    lots = [lot for gift in gifts for lot in gift.lots]
    codes = (
        {line.product_code for line in lines}
        | {refusal.product_code for refusal in refusals}
        | {lot.product_code for lot in lots}
    )
    return [
        Fulfilment(
            product_code=code,
            announced=_quantity_of(code, lines),
            refused=_quantity_of(code, refusals),
            totals=summed(lot.totals for lot in lots if lot.product_code == code),
        )
        for code in sorted(codes)
    ]


def standing(account: GiftAccount) -> Sequence[Standing]:
    """Give what an earmark still decides about: the stock, and what is to come."""
    stock = [
        Standing(lot.product_code, lot.totals.in_stock, lot.expires_on)
        for lot in account.lots
        if lot.totals.in_stock
    ]
    to_come = [
        Standing(each.product_code, each.still_to_come)
        for each in fulfilments([account])
        if each.still_to_come
    ]
    return [*stock, *to_come]


def _quantity_of(code: str, parts: Iterable[Line | Refusal]) -> int:
    return sum(part.quantity for part in parts if part.product_code == code)
