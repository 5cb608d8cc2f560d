"""What a donor's page shows, worked out from the donor's book: no rule is here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.donors.domain.fulfilment import Fulfilment, GiftAccount, fulfilments
from services.donors.domain.own_stock import StockLine, own_stock
from services.donors.domain.totals import summed
from services.donors.entrypoints.answers import Catalogue
from services.donors.entrypoints.pictures.flow import Picture, Way, narrow, wide
from services.donors.entrypoints.questions import Question, questions_of
from services.donors.entrypoints.story import Story, story_of
from services.donors.entrypoints.words.terms import (
    LOT_STATUSES,
    reason_word,
    unit_word,
)
from shared.web.units import SEVERAL_KINDS, counted_unit
from shared.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class ProductView:
    """What became of one product, with its words."""

    name: str
    unit_of_issue: str
    way: Way


@dataclass(frozen=True, slots=True)
class GiftView:
    """One gift as a card or a line."""

    account: GiftAccount
    title: str
    unit_of_issue: str
    way: Way
    products: Sequence[ProductView]
    losses: Sequence[tuple[str, int]]
    refusals: Sequence[tuple[str, int]]

    @property
    def unit(self) -> str:
        """What it is counted in, as heads of tables say it."""
        return unit_word(self.unit_of_issue)

    @property
    def size(self) -> tuple[int, str]:
        """How many of what came, or were announced while nothing has come."""
        count = self.way.received or self.way.announced
        return count, counted_unit(self.unit_of_issue, count)

    @property
    def pictures(self) -> Sequence[Picture]:
        """The way, drawn for both widths."""
        return wide(self.way), narrow(self.way)


@dataclass(frozen=True, slots=True)
class StockView:
    """One line of the donor's goods that are still in the warehouse."""

    name: str
    unit: str
    line: StockLine
    status: str


@dataclass(frozen=True, slots=True)
class DashboardView:
    """Everything on a donor's page; ``shown`` is null while there is no gift."""

    donor_code: str
    name: str
    gift_count: int
    since: date | None
    way: Way
    counted_at: Any
    shown: GiftView | None
    others: Sequence[GiftView]
    stock: Sequence[StockView]
    story: Story
    questions: Sequence[Question]


def dashboard_of(book: Any, language: str) -> DashboardView:
    """Work out a page from an ``adapters.queries.DonorBook``.

    The newest gift of which something has arrived is shown large.
    """
    gifts = [gift_view(each, book.catalogue, language) for each in book.accounts]
    arrived = [gift for gift in gifts if gift.way.received]
    shown = next(iter(arrived or gifts), None)
    asked = [] if shown is None else questions_of(shown.account, book, language)
    return DashboardView(
        donor_code=book.donor.donor_code,
        name=book.donor.name,
        gift_count=len(gifts),
        since=min((each.announced_on for each in book.accounts), default=None),
        way=way_of(fulfilments(book.accounts)),
        counted_at=book.counted_at,
        shown=shown,
        others=[gift for gift in gifts if gift is not shown],
        stock=stock_views(book, language),
        story=story_of(book.story, book.catalogue, language),
        questions=asked,
    )


def gift_view(account: GiftAccount, catalogue: Catalogue, language: str) -> GiftView:
    """Put one gift into words and numbers."""
    done = fulfilments([account])
    products = [_product_view(each, catalogue, language) for each in done]
    totals = summed(each.totals for each in done)
    return GiftView(
        account=account,
        title=_title(products),
        unit_of_issue=products[0].unit_of_issue
        if len(products) == 1
        else SEVERAL_KINDS,
        way=way_of(done),
        products=products,
        losses=_worded(totals.lost_by_reason.items()),
        refusals=_worded((each.reason, each.quantity) for each in account.refusals),
    )


def way_of(done: Iterable[Fulfilment]) -> Way:
    """Add products up to one way; pieces and packs are counted alike, as items."""
    parts = list(done)
    totals = summed(each.totals for each in parts)
    return Way(
        announced=sum(each.announced for each in parts),
        to_come=sum(each.still_to_come for each in parts),
        refused=sum(each.refused for each in parts),
        received=totals.received,
        in_stock=totals.in_stock,
        reserved=totals.reserved,
        sent=totals.sent,
        in_transit=totals.in_transit,
        accepted=totals.accepted,
        lost=totals.lost,
        expired=totals.expired,
        returned=totals.returned,
    )


def stock_views(book: Any, language: str) -> Sequence[StockView]:
    """Say what is still in the warehouse, what expires first on top."""
    return [
        _stock_view(line, book.catalogue, language)
        for line in own_stock(book.accounts, book.today)
    ]


def _stock_view(line: StockLine, catalogue: Catalogue, language: str) -> StockView:
    words = catalogue.words(line.product_code, language)
    unit = counted_unit(words.unit_of_issue, line.in_stock)
    return StockView(words.name, unit, line, str(LOT_STATUSES[line.status]))


def _product_view(each: Fulfilment, catalogue: Catalogue, language: str) -> ProductView:
    words = catalogue.words(each.product_code, language)
    return ProductView(words.name, words.unit_of_issue, way_of([each]))


def _title(products: Sequence[ProductView]) -> str:
    names = [product.name for product in products]
    if len(names) > 1:
        return _("%(first)s and %(count)s more", first=names[0], count=len(names) - 1)
    return names[0] if names else _("Nothing announced")


def _worded(parts: Iterable[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    sums: dict[str, int] = {}
    for reason, quantity in parts:
        word = reason_word(reason)
        sums[word] = sums.get(word, 0) + quantity
    return sorted(sums.items())
