"""Answering a table to take away, as CSV piece by piece or as one XLSX sheet."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from eventlet import sleep
from flask import Response

from shared.kernel.errors import DomainError
from shared.sheets.writing import csv_text, xlsx_bytes

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = "<any(csv, xlsx):form>"
"""How the address of a table ends."""

SHEET_ROWS_MAX = 50_000
ROWS_A_BREATH = 500

Rows = Iterable[Sequence[Any]]


class ExportTooLargeError(DomainError):
    """A spreadsheet with so many rows would not open."""

    code = "export_too_large"

    def __init__(self) -> None:
        super().__init__(
            f"The table has more than {SHEET_ROWS_MAX} rows, too many for XLSX. Choose "
            "fewer days or take it as CSV.",
            rows_max=SHEET_ROWS_MAX,
        )


def sheet(name: str, columns: Sequence[str], rows: Rows, form: str) -> Response:
    """Answer rows as ``csv`` or ``xlsx``; they change with the books, so none is kept.

    No cell can turn into a formula. CSV is written when the request is over already.
    Raises ExportTooLargeError for an XLSX of too many rows.
    """
    if form == "csv":
        body: Any = csv_text(columns, _breathing(rows))
    else:
        body = xlsx_bytes(columns, _breathing(_few(rows)))
    headers = {
        "Content-Disposition": f"attachment; filename={name}.{form}",
        "Cache-Control": "no-store",
    }
    kind = CSV_TYPE if form == "csv" else XLSX_TYPE
    return Response(body, content_type=kind, headers=headers)


def read_whole(rows: Rows) -> Rows:
    """Read every row now: what fails answers as an error, not as half a table."""
    return list(_breathing(rows))


def _few(rows: Rows) -> Iterator[Sequence[Any]]:
    left = iter(rows)
    yield from islice(left, SHEET_ROWS_MAX)
    if next(left, None) is not None:
        raise ExportTooLargeError


def _breathing(rows: Rows) -> Iterator[Sequence[Any]]:
    """Let others work in between: a long table must not hold up a scan."""
    for number, row in enumerate(rows, 1):
        yield row
        if number % ROWS_A_BREATH == 0:
            sleep(0)
