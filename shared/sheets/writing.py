"""Tables for a spreadsheet, in which no cell can turn into a formula.

Lot numbers and names of donors may lawfully begin with ``=`` or ``-``; opened in a
spreadsheet they would be worked out, and could fetch and send things (CWE-1236).
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets read UTF-8 only behind it."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LINES_AT_ONCE = 200
WIDTH_MIN, WIDTH_MAX = 12, 40
"""In letters; in less than eleven a spreadsheet shows a day as ########."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Cells = Sequence[Any]


def harmless(cell: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would work out."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell


def csv_text(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """Write CSV piece by piece; nothing but a piece is ever kept."""
    yield BYTE_ORDER_MARK + _lines([columns])
    lines = iter(rows)
    while some := list(islice(lines, LINES_AT_ONCE)):
        yield _lines([_plain(cell) for cell in row] for row in some)


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """Write an XLSX file with one sheet, its header in bold and in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Komek")
    sheet.freeze_panes = "A2"
    for place, name in enumerate(columns, 1):
        width = min(max(len(name) + 2, WIDTH_MIN), WIDTH_MAX)
        sheet.column_dimensions[get_column_letter(place)].width = width
    try:
        sheet.append([_heading(sheet, name) for name in columns])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    finally:
        sheet.close()
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _lines(rows: Iterable[Cells]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _plain(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else harmless(cell)


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, value=harmless(name))
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """Give dates as dates that show as 2026-11-22; instants as ISO text."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=datetime.combine(value, time()))
        cell.number_format = "yyyy-mm-dd"
        return cell
    return harmless(_CONTROL.sub("", value)) if isinstance(value, str) else value
