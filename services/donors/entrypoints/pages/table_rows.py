"""Tables the coordinator takes away: gifts, pledges, receipts, fulfilment.

Headings are the names programs know; they are the same in every language.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Protocol, TypeVar

from services.donors.application.giving_ports import Receipt, ReceiptLine
from services.donors.application.searches import GiftSearch, PledgeSearch
from services.donors.domain.fulfilment import GiftAccount, fulfilments
from services.donors.domain.value import UnitValue
from services.donors.entrypoints.api.giving_work import groups_of
from services.donors.entrypoints.words.terms import donor_word, names_of_donors
from services.donors.wiring import Donors
from shared.kernel.clock import local_day
from shared.web.languages import current_language
from shared.web.sheets import Rows

ROWS_AT_ONCE = 500
GOODS = ("product_code", "name", "unit_of_issue")
BUCKETS = ("received", "in_stock", "in_transit", "accepted", "lost", "returned")
VALUE = ("value_of_one", "currency", "basis", "rate", "rate_source", "rate_on")

GIFT_COLUMNS = (
    *("gift_number", "donor_code", "donor", "announced_on", "walk_in", "earmark"),
    *(*GOODS, "announced", "refused", *BUCKETS, *VALUE),
)
PLEDGE_COLUMNS = (
    *("pledge_number", "donor_code", "donor", "promised_on", "due_on", "state"),
    *("gift_number", *GOODS, "quantity"),
)
RECEIPT_COLUMNS = (
    *("receipt_number", "issued_on", "replaces", "gift_number", "donor_code", "donor"),
    *(*GOODS, "quantity", *VALUE, "value", "value_in_tenge"),
)
FULFILMENT_COLUMNS = (
    *("donor_code", "donor", "source", "gifts", "announced", "refused"),
    *("still_to_come", *BUCKETS),
)


class Page(Protocol):
    """A part of a list, and the key the next part begins after; null at its end."""

    @property
    def next_key(self) -> Sequence[Any] | None: ...


PageOf = TypeVar("PageOf", bound=Page)


class Tables:
    """Makes rows in the reader's language, of one donors service."""

    def __init__(self, app: Donors) -> None:
        self._app = app
        self._catalogue = app.queries.catalogue()
        self._names = names_of_donors(app.queries)
        self._language = current_language()

    def gifts(self, search: GiftSearch) -> Rows:
        """Give a row for each product of each gift that is searched, newest first."""
        read = self._app.queries.gifts
        for page in _pages(lambda after: read(ROWS_AT_ONCE, after, search)):
            numbers = [each.gift_number for each in page.accounts]
            values = self._app.papers.values(numbers)
            for each in page.accounts:
                yield from self._gift(each, values.get(each.gift_number, {}))

    def pledges(self) -> Rows:
        """Give a row for each product of each pledge, newest first."""
        read, search = self._app.pledges.page, PledgeSearch()
        for page in _pages(lambda after: read(search, ROWS_AT_ONCE, after)):
            for row in page.rows:
                yield from self._pledge(row)

    def receipts(self) -> Rows:
        """Give a row for each line of each receipt, newest first."""
        read = self._app.papers.receipts
        for page in _pages(lambda after: read(ROWS_AT_ONCE, after)):
            for each in page.rows:
                for line in each.lines:
                    yield self._receipt(each, line)

    def fulfilment(self, since: date, until: date) -> Rows:
        """Give what became of the gifts of a period, by donor and source."""
        for each in groups_of(self._app, since, until):
            totals = asdict(each.totals)
            yield [
                *(*self._donor(each.donor_code), each.source.value, each.gifts),
                *(each.announced, each.refused, each.still_to_come),
                *(totals[bucket] for bucket in BUCKETS),
            ]

    def _gift(
        self, account: GiftAccount, values: Mapping[str, UnitValue]
    ) -> Iterator[Sequence[Any]]:
        for each in fulfilments([account]):
            totals = asdict(each.totals)
            yield [
                *(account.gift_number, *self._donor(account.donor_code)),
                *(account.announced_on, "yes" if account.is_walk_in else "no"),
                *(" ".join(account.earmark or ()), *self._goods(each.product_code)),
                *(each.announced, each.refused),
                *(totals[bucket] for bucket in BUCKETS),
                *_value(values.get(each.product_code)),
            ]

    def _pledge(self, row: Any) -> Iterator[Sequence[Any]]:
        for code, quantity in row.lines:
            yield [
                *(row.pledge_number, *self._donor(row.donor_code)),
                *(
                    local_day(row.pledged_at),
                    row.due_on,
                    row.state.value,
                    row.gift_number,
                ),
                *(*self._goods(code), quantity),
            ]

    def _receipt(self, receipt: Receipt, line: ReceiptLine) -> Sequence[Any]:
        value = line.value
        return [
            *(receipt.receipt_number, local_day(receipt.issued_at), receipt.replaces),
            *(receipt.gift_number, receipt.donor_code),
            donor_word(receipt.donor_code, receipt.donor_name),
            *(*self._goods(line.product_code), line.quantity, *_value(value)),
            *(line.total, value.in_tenge(line.quantity) if value else None),
        ]

    def _donor(self, donor_code: str) -> Sequence[str]:
        return donor_code, self._names[donor_code]

    def _goods(self, product_code: str) -> Sequence[str]:
        words = self._catalogue.words(product_code, self._language)
        return product_code, words.name, words.unit_of_issue


def _pages(read: Callable[[Sequence[Any] | None], PageOf]) -> Iterator[PageOf]:
    """Read a list to its end."""
    after = None
    while True:
        page = read(after)
        yield page
        after = page.next_key
        if after is None:
            return


def _value(value: UnitValue | None) -> Sequence[Any]:
    if value is None:
        return [None] * len(VALUE)
    rate = value.rate
    return [
        *(value.amount, value.currency, value.basis.value),
        *((rate.tenge, rate.source, rate.on) if rate else (None, None, None)),
    ]
