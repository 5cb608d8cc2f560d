"""A donor's contributions in kind, with the fields a report to FTS asks for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from flask import Response

from services.donors.domain.donor import DonorKind
from services.donors.domain.fulfilment import Fulfilment, fulfilments
from services.donors.domain.worth import ValuedGift, Worth, worth_of
from services.donors.entrypoints.papers.distribution import (
    COUNTRY,
    PROGRAMME,
    cluster_of,
)
from services.donors.wiring import Donors
from shared.kernel.clock import local_day
from shared.web.sheets import sheet

PRIVATE_DONOR = "Private donor"
COLUMNS = (
    "Source organization",
    "Destination organization",
    "Destination country",
    "Plan",
    "Contribution type",
    "Contribution status",
    "Amount",
    "Currency",
    "Decision date",
    "Description",
    "Cluster",
)
"""What a report of a contribution to FTS has at least (DOMAIN.md 5.2)."""

Goods = Sequence[tuple[str, int]]


def in_kind_table(app: Donors, donor_code: str, form: str) -> Response:
    """Answer gifts as paid or committed, oldest first, and then what is pledged.

    A pledge that came is told as its gift. Amounts stay empty where one of the
    goods has no value: nobody guesses one here.
    """
    given = app.papers.given(donor_code)
    source = public_name(app.giving.donor(donor_code))
    catalogue = app.queries.catalogue()
    rows = [*map(_gift_row, given.gifts), *map(_pledge_row, given.pledges)]
    return sheet("in-kind", COLUMNS, _rows(rows, source, catalogue), form)


def public_name(donor: Any) -> str:
    """Give a name that may be passed on: that of a person may not."""
    if donor.kind == DonorKind.ORGANISATION.value:
        return str(donor.name)
    return PRIVATE_DONOR


Told = tuple[str, Worth | None, date, Goods]
"""Status, amount, day of the decision, and the goods."""


def _gift_row(gift: ValuedGift) -> Told:
    done = fulfilments([gift.account])
    came = any(each.totals.received for each in done)
    goods = [
        (each.product_code, quantity)
        for each in done
        if (quantity := _quantity(each, came=came))
    ]
    worth = worth_of((quantity, gift.values.get(code)) for code, quantity in goods)
    return "paid" if came else "commitment", worth, gift.account.announced_on, goods


def _quantity(each: Fulfilment, *, came: bool) -> int:
    return each.totals.received if came else each.announced


def _pledge_row(pledge: Any) -> Told:
    return "pledge", None, local_day(pledge.pledged_at), pledge.lines


def _rows(told: Iterable[Told], source: str, catalogue: Any) -> Iterator[Sequence[Any]]:
    for status, worth, decided_on, goods in told:
        words = [(catalogue.words(code, "en"), quantity) for code, quantity in goods]
        categories = {word.category for word, _quantity in words}
        yield [
            *(source, PROGRAMME, COUNTRY, None, "In-kind", status),
            worth.amount if worth else None,
            worth.currency if worth else None,
            decided_on,
            "; ".join(
                f"{count} {word.unit_of_issue} {word.name}" for word, count in words
            ),
            cluster_of(categories.pop() if len(categories) == 1 else None),
        ]
