"""Counting on paper: a blind sheet to write on, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.inventory.application.counting.queries import (
    CountLineView,
    CountSheetView,
)
from services.inventory.application.page_views import ProductStock
from services.inventory.entrypoints.words.counting import OUTCOMES
from services.inventory.entrypoints.words.terms import name_of
from shared.web.papers import day, detail, frame, lines, number, signature, signed
from shared.web.words import _

Initials = Callable[[str | None], str]
ROWS_FOR_FINDS = 8
"""Blank rows for what stands there though the books know nothing of it."""


def count_sheet_facts(
    sheet: CountSheetView, names: Mapping[str, ProductStock]
) -> dict[str, Any]:
    """Lay an open sheet out; nothing on it says what the books expect."""
    blank = [[""] * 6] * ROWS_FOR_FINDS
    return {
        **frame(_("Count sheet"), sheet.count_sheet_number, sheet.opened_at),
        "details": _details(sheet, names),
        "hint": _(
            "Count what you see. Write 0 where nothing stands. "
            "Add what is not on the list."
        ),
        "lines": lines(
            [
                _("Place"),
                _("Product"),
                _("Lot"),
                _("Use by"),
                _("Counted"),
                _("Second count"),
            ],
            [[*_goods(line, names), "", ""] for line in sheet.lines] + blank,
        ),
        "boxes": [signature(_("First count")), signature(_("Second count"))],
    }


def count_result_facts(
    sheet: CountSheetView, names: Mapping[str, ProductStock], initials: Initials
) -> dict[str, Any]:
    """Lay a finished sheet out: both counts, the books, and what was booked."""
    heads = [
        _("Place"),
        _("Product"),
        _("Lot"),
        _("Use by"),
        _("In the books"),
        _("First count"),
        _("Second count"),
        _("Decided"),
        _("Difference"),
        _("What was done"),
    ]
    rows = [_result(line, names, initials) for line in sheet.lines]
    return {
        **frame(
            _("Count result"),
            sheet.count_sheet_number,
            sheet.finished_at or sheet.opened_at,
        ),
        "details": [
            *_details(sheet, names),
            detail(_("Opened"), signed(sheet.opened_at, initials(sheet.opened_by))),
            detail(
                _("Finished"),
                signed(sheet.finished_at, initials(sheet.finished_by)),
            ),
            detail(_("Lots counted"), number(sheet.counted)),
            detail(_("As in the books"), number(sheet.equal)),
        ],
        "lines": lines(heads, rows),
        "boxes": [signature(_("Finished by")), signature(_("Seen by"))],
    }


def _details(
    sheet: CountSheetView, names: Mapping[str, ProductStock]
) -> Sequence[Mapping[str, Any]]:
    code = sheet.product_code or ""
    product = names.get(code)
    return [
        detail(_("Counts the place"), sheet.location_code or "", is_code=True)
        if sheet.location_code
        else detail(
            _("Counts the product"),
            name_of(product.names, code) if product else code,
        ),
        detail(_("Lots on the sheet"), number(len(sheet.lines))),
    ]


def _goods(line: CountLineView, names: Mapping[str, ProductStock]) -> Sequence[str]:
    product = names.get(line.product_code)
    return [
        line.location_code,
        name_of(product.names, line.product_code) if product else line.product_code,
        line.lot_number,
        day(line.expires_on),
    ]


def _result(
    line: CountLineView, names: Mapping[str, ProductStock], initials: Initials
) -> Sequence[str]:
    return [
        *_goods(line, names),
        number(line.booked),
        _found(line.first_counted, line.first_by, initials),
        _found(line.second_counted, line.second_by, initials),
        _found(line.decided_counted, line.decided_by, initials),
        number(line.difference),
        str(OUTCOMES.get(line.outcome or "", "")),
    ]


def _found(counted: int | None, account: str | None, initials: Initials) -> str:
    return "" if counted is None else f"{number(counted)} {initials(account)}"
