"""Issue a receipt for what came of a gift."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.donors.application.giving_ports import Receipt, ReceiptLine
from services.donors.application.known import known_donor, known_gift, next_number
from services.donors.application.ports import Work
from services.donors.domain.fulfilment import GiftAccount, fulfilments
from services.donors.domain.giving_errors import NothingToReceiptError
from services.donors.domain.value import UnitValue


def issue_receipt(work: Work, gift_number: str) -> dict[str, Any]:
    """Write down what came, what was not taken, and the values as they stand.

    While nothing changed the receipt stays the same; a change makes a new one that
    names the one it replaces, and so does a donor who was named, or named rightly,
    since. It tells no more than the donor may see today. Raises UnknownGiftError and
    NothingToReceiptError.
    """
    known_gift(work, gift_number)
    account = work.giving.account(gift_number)
    assert account is not None, "the row is held"
    lines = receipt_lines(account, work.giving.values(gift_number))
    if not lines:
        raise NothingToReceiptError(gift_number)
    newest = work.giving.newest_receipt(gift_number)
    issued = Receipt(
        receipt_number="",
        gift_number=gift_number,
        donor_code=account.donor_code,
        donor_name=known_donor(work, account.donor_code).name,
        issued_at=work.now,
        replaces=newest.receipt_number if newest else None,
        lines=lines,
        refused=refused_of(account),
    )
    if newest and newest.says_as(issued):
        return {"receipt_number": newest.receipt_number}
    number = next_number(work, "R")
    work.giving.add_receipt(replace(issued, receipt_number=number))
    return {"receipt_number": number}


def receipt_lines(
    account: GiftAccount, values: Mapping[str, UnitValue]
) -> Sequence[ReceiptLine]:
    """Give the products of which something came."""
    return [
        ReceiptLine(
            each.product_code, each.totals.received, values.get(each.product_code)
        )
        for each in fulfilments([account])
        if each.totals.received
    ]


def refused_of(account: GiftAccount) -> Sequence[tuple[str, int, str]]:
    """Add up what was not taken in, by product and reason."""
    sums: dict[tuple[str, str], int] = {}
    for each in account.refusals:
        key = each.product_code, each.reason
        sums[key] = sums.get(key, 0) + each.quantity
    return [(code, sums[code, reason], reason) for code, reason in sorted(sums)]
