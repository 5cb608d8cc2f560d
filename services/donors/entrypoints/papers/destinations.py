"""Files a donor or a state body takes home: tables and the printed statement."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from flask import Response

from services.donors.application.masking_ports import FrozenMonth
from services.donors.domain.fulfilment import Fulfilment, fulfilments
from services.donors.domain.masking.freezing import LineKind
from services.donors.entrypoints.dashboard import way_of
from services.donors.entrypoints.papers.distribution import (
    COLUMNS,
    PROGRAMME,
    added_up,
    distribution_rows,
    priced,
)
from services.donors.entrypoints.papers.in_kind import public_name
from services.donors.entrypoints.pictures.way import way_picture
from services.donors.entrypoints.words.terms import unit_word
from services.donors.entrypoints.words.told import (
    KINDS,
    ToldView,
    month_word,
    told_views,
)
from services.donors.wiring import Donors
from shared.documents.rendering import render
from shared.web.formats import day, number
from shared.web.languages import current_language
from shared.web.sheets import sheet
from shared.web.words import gettext as _

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"
ALL_DONORS = "All donors"


def distribution_table(app: Donors, donor_code: str, form: str) -> Response:
    """Answer what a donor is told as CSV or XLSX, oldest month first."""
    found = app.snapshots.destinations(donor_code)
    told = chain.from_iterable(lines for _frozen, lines in reversed(found.months))
    gifts = app.papers.valued_gifts([donor_code]).get(donor_code, ())
    rows = distribution_rows(
        priced(told, gifts),
        public_name(found.donor),
        found.catalogue,
    )
    return sheet("distribution", list(COLUMNS), rows, form)


def state_report(app: Donors, form: str) -> Response:
    """Answer what all donors are told, added up; nothing else is in it."""
    told = app.snapshots.told_lines()
    gifts = app.papers.valued_gifts({donor_code for donor_code, _line in told})
    lines = chain.from_iterable(
        priced([line], gifts.get(donor_code, ())) for donor_code, line in told
    )
    rows = distribution_rows(added_up(lines), ALL_DONORS, app.queries.catalogue())
    return sheet("distribution-all", list(COLUMNS), rows, form)


def statement(book: Any, found: Any) -> Response:
    """Answer the statement as PDF, in the reader's language."""
    language = current_language()
    facts = _statement_facts(book, found, language)
    made = render(TEMPLATES / "statement.typ", facts, language)
    return Response(
        made,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": 'inline; filename="komek-statement.pdf"',
            "Cache-Control": "no-store",
        },
    )


def _statement_facts(book: Any, found: Any, language: str) -> Mapping[str, Any]:
    done = fulfilments(book.accounts)
    return {
        "programme": PROGRAMME,
        "title": _("Statement of gifts in kind"),
        "number": book.donor.donor_code,
        "dated": day(book.today, language),
        "donor": book.donor.name,
        "picture": way_picture(way_of(done), language),
        "own_title": _("What became of your gifts"),
        "own": _own_table(done, book.catalogue, language),
        "adds_up": _(
            "Received = in stock + on the way + accepted + lost + returned, for every "
            "product."
        ),
        "went_title": _("Where it went"),
        "went_hint": _(
            "Told by month and by kind of place, in tens, and only where enough "
            "people stand behind a number. A dash is a number left out on purpose."
        ),
        "months": [
            _month_tables(frozen, told_views(lines, found.catalogue, language))
            for frozen, lines in found.months
        ],
        "nothing": _("No month has been told yet. It takes thirty days after its end."),
    }


def _own_table(
    done: Iterable[Fulfilment], catalogue: Any, language: str
) -> Mapping[str, Any]:
    heads = [
        _("Goods"),
        _("Counted in"),
        _("Announced"),
        _("Received"),
        _("In stock"),
        _("On the way"),
        _("Accepted"),
        _("Lost"),
        _("Returned to you"),
    ]
    return {
        "heads": heads,
        "rows": [_own_row(each, catalogue, language) for each in done],
        "empty": _("No gift yet"),
    }


def _own_row(each: Fulfilment, catalogue: Any, language: str) -> Sequence[str]:
    words, totals = catalogue.words(each.product_code, language), each.totals
    numbers = (
        each.announced,
        totals.received,
        totals.in_stock,
        totals.in_transit,
        totals.accepted,
        totals.lost,
        totals.returned,
    )
    return [
        words.name,
        unit_word(words.unit_of_issue),
        *(number(value, language) for value in numbers),
    ]


def _month_tables(frozen: FrozenMonth, views: Sequence[ToldView]) -> Mapping[str, Any]:
    own = [each for each in views if each.kind is LineKind.OWN]
    went = [each for each in views if each.kind is not LineKind.OWN]
    few = _("fewer than 10")
    return {
        "title": month_word(frozen.month),
        "table": {
            "heads": [
                _("What"),
                _("Goods"),
                _("Place"),
                _("How many"),
                _("People reached"),
            ],
            "rows": [_told_row(each) for each in went],
            "empty": _("Nothing was handed out."),
        },
        "own": {
            "heads": [_("Goods"), _("When"), _("Received"), _("Lost")],
            "rows": [
                [
                    each.goods or _("several kinds"),
                    each.period,
                    each.received or few,
                    each.lost or few,
                ]
                for each in own
            ],
            "empty": "",
        },
    }


def _told_row(view: ToldView) -> Sequence[str]:
    what = str(KINDS[view.kind])
    masked = _("fewer than 10") if view.is_few_goods else _("hidden")
    return [
        f"{what}, {view.period}",
        view.goods or _("several kinds"),
        view.place or "–",
        f"{view.amount} {view.unit}" if view.amount else masked,
        view.people or "–",
    ]
