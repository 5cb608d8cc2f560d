"""Answering a table to take away, as CSV or XLSX."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response

from shared.sheets.writing import csv_text, xlsx_bytes

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str
) -> Response:
    """Answer rows as ``csv`` or ``xlsx``; they change with the books, so none is kept.

    No cell can turn into a formula.
    """
    is_csv = form == "csv"
    body: Any = csv_text(columns, rows) if is_csv else xlsx_bytes(columns, rows)
    headers = {
        "Content-Disposition": f"attachment; filename={name}.{form}",
        "Cache-Control": "no-store",
    }
    return Response(
        body, content_type=CSV_TYPE if is_csv else XLSX_TYPE, headers=headers
    )
