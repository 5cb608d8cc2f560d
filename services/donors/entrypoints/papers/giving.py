"""Papers for donors in the donor's own language: thanks, receipts, a year's list."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Response

from services.donors.application.giving_ports import Receipt, ReceiptLine
from services.donors.domain.donor import ANONYMOUS_CODE
from services.donors.domain.fulfilment import fulfilments
from services.donors.domain.value import HOME_CURRENCY, Basis
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.entrypoints.words.terms import KINDS, reason_word, unit_word
from shared.documents.rendering import render
from shared.web import formats
from shared.web.languages import current_language, speaking
from shared.web.words import _, _l

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"
PROGRAMME = "Komek"
NOTHING = "–"

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
            **_frame(sheet.subject, "", now),
            "parts": sheet.parts,
        }
    return render(TEMPLATES / "acknowledgement.typ", facts, language)


def receipt_paper(receipt: Receipt, donor: Any, catalogue: Any) -> bytes:
    """Make an in-kind receipt as it was issued."""
    with speaking(donor.language):
        facts = _receipt_facts(receipt, donor, catalogue)
    return render(TEMPLATES / "receipt.typ", facts, donor.language)


def yearly_statement(
    papers: Sequence[Any], donor: Any, year: int, catalogue: Any, now: datetime
) -> bytes:
    """Make the list of a year's gifts with what became of them and their values."""
    with speaking(donor.language):
        facts = _year_facts(papers, donor, year, catalogue, now)
    return render(TEMPLATES / "yearly.typ", facts, donor.language)


def pdf(made: bytes, name: str) -> Response:
    """Answer a PDF under a name of plain letters; it is kept nowhere on the way."""
    return _answer(made, "application/pdf", f"{_plain(name)}.pdf", "inline")


def packed(files: Mapping[str, bytes], name: str) -> Response:
    """Answer many PDFs as one ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, made in files.items():
            archive.writestr(f"{_plain(each)}.pdf", made)
    return _answer(
        held.getvalue(), "application/zip", f"{_plain(name)}.zip", "attachment"
    )


def _answer(made: bytes, kind: str, name: str, manner: str) -> Response:
    headers = {
        "Content-Disposition": f'{manner}; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(made, mimetype=kind, headers=headers)


def _plain(name: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)


def _receipt_facts(receipt: Receipt, donor: Any, catalogue: Any) -> dict[str, Any]:
    valued = [line for line in receipt.lines if line.value]
    details = [
        _detail(_("Donor"), donor_name(donor)),
        _detail(_("Gift"), receipt.gift_number, is_code=True),
        _detail(_("Issued"), _moment(receipt.issued_at)),
    ]
    if receipt.replaces:
        details.append(_detail(_("Replaces"), receipt.replaces, is_code=True))
    return {
        **_frame(_("In-kind receipt"), receipt.receipt_number, receipt.issued_at),
        "details": details,
        "opening": _("We received these goods as a gift, for nothing in return:"),
        "lines": _lines(
            [_("Goods"), _("Quantity"), _("Counted in"), _("Value of one"), _("Value")],
            [_receipt_row(line, catalogue) for line in receipt.lines],
        ),
        "totals": _totals(receipt.lines),
        "bases_title": _("What the values rest on"),
        "bases_hint": _(
            "Values are estimates in the currency they were stated in. A sum in tenge "
            "is worked out at the rate shown and at no other."
        ),
        "bases": _lines(
            [_("Goods"), _("Basis"), _("Rate"), _("In tenge")],
            [_basis_row(line, catalogue) for line in valued],
        ),
        "refused_title": _("Not taken in"),
        "refused_hint": _("We are sorry that we could not take these."),
        "refused": _lines(
            [_("Goods"), _("Quantity"), _("Reason")],
            [
                [_name(catalogue, code), _number(quantity), reason_word(reason)]
                for code, quantity, reason in receipt.refused
            ],
        ),
        "boxes": [_signature_box()],
    }


def _signature_box() -> dict[str, Any]:
    return {
        "title": _("For the programme"),
        "lines": [_("Role and staff number"), _("Date, signature")],
    }


def _receipt_row(line: ReceiptLine, catalogue: Any) -> list[str]:
    words = catalogue.words(line.product_code, current_language())
    value, total = line.value, line.total
    return [
        words.name,
        _number(line.quantity),
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
            day=_day(value.rate.on),
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


def _year_facts(
    papers: Sequence[Any], donor: Any, year: int, catalogue: Any, now: datetime
) -> dict[str, Any]:
    heads = [
        *(_("Gift"), _("Announced on"), _("Goods"), _("Announced"), _("Received")),
        *(_("In stock"), _("On the way"), _("Accepted"), _("Lost or returned")),
        _("Value"),
    ]
    lines = [line for paper in papers for line in _came(paper)]
    return {
        **_frame(_("Gifts of %(year)s", year=year), donor.donor_code, now),
        "details": [
            _detail(_("Donor"), donor_name(donor)),
            _detail(_("Year"), str(year)),
            _detail(_("As of"), _moment(now)),
            _detail(_("Gifts"), _number(len(papers))),
        ],
        "opening": _("What you gave this year, and how it stands today:"),
        "lines": _lines(
            heads, [row for paper in papers for row in _rows(paper, catalogue)]
        ),
        "totals": _totals(lines),
        "note": _(
            "Some goods are told with a delay and without a place, so that nobody can "
            "be found by them."
        ),
    }


def _came(paper: Any) -> Sequence[ReceiptLine]:
    return [
        ReceiptLine(
            each.product_code,
            each.totals.received,
            paper.values.get(each.product_code),
        )
        for each in fulfilments([paper.account])
    ]


def _rows(paper: Any, catalogue: Any) -> Iterable[list[str]]:
    account = paper.account
    for each in fulfilments([account]):
        totals, value = each.totals, paper.values.get(each.product_code)
        numbers = (
            *(each.announced, totals.received, totals.in_stock, totals.in_transit),
            *(totals.accepted, totals.lost + totals.returned),
        )
        yield [
            account.gift_number,
            _day(account.announced_on),
            _name(catalogue, each.product_code),
            *(_number(number) for number in numbers),
            money(value.of(totals.received), value.currency) if value else NOTHING,
        ]


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with two places and its currency's code."""
    return f"{formats.number(amount, current_language(), places=2)} {currency}"


def donor_name(donor: Any) -> str:
    """Name a donor; nobody's gift is anonymous in the reader's language."""
    if donor.donor_code == ANONYMOUS_CODE:
        return next(str(word) for kind, word in KINDS.items() if kind == "anonymous")
    return str(donor.name)


def _name(catalogue: Any, code: str) -> str:
    return str(catalogue.words(code, current_language()).name)


def _frame(title: str, number: str, dated: datetime) -> dict[str, Any]:
    shown = {"programme": PROGRAMME, "title": title, "number": number}
    return {**shown, "dated": _moment(dated)}


def _detail(label: str, value: str, *, is_code: bool = False) -> Mapping[str, Any]:
    return {"label": label, "value": value or NOTHING, "code": is_code}


def _lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[str, Any]:
    return {"heads": heads, "rows": rows, "empty": _("No lines.")}


def _day(value: date) -> str:
    return formats.day(value, current_language())


def _moment(value: datetime) -> str:
    return formats.moment(value, current_language())


def _number(value: int) -> str:
    return formats.number(value, current_language())
