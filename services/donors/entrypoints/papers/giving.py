"""Papers for donors in the donor's own language: thanks, receipts, a year's list."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Response

from services.donors.application.giving_ports import Receipt, ReceiptLine
from services.donors.application.issue_receipt import receipt_lines
from services.donors.domain.fulfilment import fulfilments
from services.donors.domain.value import HOME_CURRENCY, Basis
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.entrypoints.words.terms import donor_word, reason_word, unit_word
from shared.documents.rendering import render
from shared.web import formats
from shared.web.languages import current_language, speaking
from shared.web.papers import (
    NOTHING,
    day,
    detail,
    frame,
    lines,
    moment,
    number,
    plain_name,
    signature,
)
from shared.web.words import _, _l

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"

BASES = {
    Basis.MARKET_PRICE: _l("local market price"),
    Basis.WORLD_GENERIC_PRICE: _l("world generic price"),
    Basis.COST: _l("what it cost"),
    Basis.DONOR_STATEMENT: _l("as the donor stated"),
}


def acknowledgement(paper: Any, catalogue: Any, now: datetime) -> bytes:
    """Make the letter of thanks on paper; it says what the mail says."""
    language = paper.donor.language
    sheet = GiftLetters().thanks(paper, catalogue)
    with speaking(language):
        facts = {
            **frame(sheet.subject, "", now),
            "parts": sheet.parts,
        }
    return render(TEMPLATES / "acknowledgement.typ", facts, language)


@dataclass(frozen=True, slots=True)
class Follow:
    """Where and with which code a gift is followed by its receipt alone."""

    address: str
    code: str


def receipt_paper(
    receipt: Receipt, donor: Any, catalogue: Any, follow: Follow | None = None
) -> bytes:
    """Make an in-kind receipt as it was issued."""
    with speaking(donor.language):
        facts = {
            **_receipt_facts(receipt, catalogue),
            "follow": _follow_facts(follow),
        }
    return render(TEMPLATES / "receipt.typ", facts, donor.language)


def yearly_statement(
    papers: Sequence[Any], donor: Any, year: int, catalogue: Any, now: datetime
) -> bytes:
    """Make the list of a year's gifts with what became of them and their values."""
    with speaking(donor.language):
        facts = _year_facts(papers, donor, year, catalogue, now)
    return render(TEMPLATES / "yearly.typ", facts, donor.language)


def packed(files: Mapping[str, bytes], name: str) -> Response:
    """Answer many PDFs as one ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, made in files.items():
            archive.writestr(f"{plain_name(each)}.pdf", made)
    return Response(
        held.getvalue(),
        mimetype="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{plain_name(name)}.zip"',
            "Cache-Control": "no-store",
        },
    )


def _receipt_facts(receipt: Receipt, catalogue: Any) -> dict[str, Any]:
    valued = [line for line in receipt.lines if line.value]
    details = [
        detail(_("Donor"), donor_word(receipt.donor_code, receipt.donor_name)),
        detail(_("Gift"), receipt.gift_number, is_code=True),
        detail(_("Issued"), moment(receipt.issued_at)),
    ]
    if receipt.replaces:
        details.append(detail(_("Replaces"), receipt.replaces, is_code=True))
    return {
        **frame(_("In-kind receipt"), receipt.receipt_number, receipt.issued_at),
        "details": details,
        "opening": _("We received these goods as a gift, for nothing in return:"),
        "lines": lines(
            [_("Goods"), _("Quantity"), _("Counted in"), _("Value of one"), _("Value")],
            [_receipt_row(line, catalogue) for line in receipt.lines],
        ),
        "totals": _totals(receipt.lines),
        "bases_title": _("What the values rest on"),
        "bases_hint": _(
            "Values are estimates in the currency they were stated in. A sum in tenge "
            "is worked out at the rate shown and at no other."
        ),
        "bases": lines(
            [_("Goods"), _("Basis"), _("Rate"), _("In tenge")],
            [_basis_row(line, catalogue) for line in valued],
        ),
        "refused_title": _("Not taken in"),
        "refused_hint": _("We are sorry that we could not take these."),
        "refused": lines(
            [_("Goods"), _("Quantity"), _("Reason")],
            [
                [_name(catalogue, code), number(quantity), reason_word(reason)]
                for code, quantity, reason in receipt.refused
            ],
        ),
        "boxes": [signature(_("For the programme"))],
    }


def _follow_facts(follow: Follow | None) -> Mapping[str, str] | None:
    if follow is None:
        return None
    return {
        "title": _("Follow your gift"),
        "text": _(
            "Open %(address)s and enter the number of this receipt and this code:",
            address=follow.address,
        ),
        "code": follow.code,
    }


def _receipt_row(line: ReceiptLine, catalogue: Any) -> list[str]:
    words = catalogue.words(line.product_code, current_language())
    value, total = line.value, line.total
    return [
        words.name,
        number(line.quantity),
        unit_word(words.unit_of_issue),
        money(value.amount, value.currency) if value else NOTHING,
        money(total, value.currency) if value and total is not None else NOTHING,
    ]


def _basis_row(line: ReceiptLine, catalogue: Any) -> list[str]:
    value = line.value
    assert value is not None, "only valued lines are shown"
    rate = NOTHING
    if value.rate:
        rate = _(
            "%(rate)s KZT for 1 %(currency)s, %(source)s, %(day)s",
            rate=value.rate.tenge,
            currency=value.currency,
            source=value.rate.source,
            day=day(value.rate.on),
        )
    return [
        _name(catalogue, line.product_code),
        str(BASES[value.basis]),
        rate,
        money(value.in_tenge(line.quantity), HOME_CURRENCY),
    ]


def _totals(lines: Iterable[ReceiptLine]) -> list[str]:
    """Add up by currency; sums of different currencies are never mixed."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.value and line.total is not None:
            sums[line.value.currency] += line.total
    return [
        _("Sum: %(sum)s", sum=money(sums[currency], currency))
        for currency in sorted(sums)
    ]


def _in_tenge(came: Iterable[ReceiptLine]) -> list[str]:
    """Give the sum of all values in tenge; nothing where all are in tenge anyway."""
    valued = [(line.quantity, line.value) for line in came if line.value]
    if all(value.currency == HOME_CURRENCY for _quantity, value in valued):
        return []
    tenge = sum((value.in_tenge(quantity) for quantity, value in valued), Decimal(0))
    return [
        _(
            "In tenge, at the rate kept with each value: %(sum)s",
            sum=money(tenge, HOME_CURRENCY),
        )
    ]


def _year_facts(
    papers: Sequence[Any], donor: Any, year: int, catalogue: Any, now: datetime
) -> dict[str, Any]:
    heads = [
        *(_("Gift"), _("Announced on"), _("Goods"), _("Announced"), _("Received")),
        *(_("Not taken in"), _("In stock"), _("On the way"), _("Accepted")),
        _("Lost or returned"),
        _("Value"),
    ]
    came = [
        line for paper in papers for line in receipt_lines(paper.account, paper.values)
    ]
    return {
        **frame(_("Gifts of %(year)s", year=year), donor.donor_code, now),
        "details": [
            detail(_("Donor"), donor_word(donor.donor_code, donor.name)),
            detail(_("Year"), str(year)),
            detail(_("As of"), moment(now)),
            detail(_("Gifts"), number(len(papers))),
        ],
        "opening": _("What you gave this year, and how it stands today:"),
        "lines": lines(
            heads, [row for paper in papers for row in _rows(paper, catalogue)]
        ),
        "totals": [*_totals(came), *_in_tenge(came)],
        "note": _(
            "Some goods are told with a delay and without a place, so that nobody can "
            "be found by them."
        ),
    }


def _rows(paper: Any, catalogue: Any) -> Iterable[list[str]]:
    account = paper.account
    for each in fulfilments([account]):
        totals, value = each.totals, paper.values.get(each.product_code)
        numbers = (
            *(each.announced, totals.received, each.refused),
            *(totals.in_stock, totals.in_transit, totals.accepted),
            totals.lost + totals.returned,
        )
        yield [
            account.gift_number,
            day(account.announced_on),
            _name(catalogue, each.product_code),
            *(number(each) for each in numbers),
            money(value.of(totals.received), value.currency)
            if value and totals.received
            else NOTHING,
        ]


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with two places and its currency's code."""
    return f"{formats.number(amount, current_language(), places=2)} {currency}"


def _name(catalogue: Any, code: str) -> str:
    return str(catalogue.words(code, current_language()).name)
