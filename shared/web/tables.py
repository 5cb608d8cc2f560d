"""Tables to take away, as CSV piece by piece or as one XLSX sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from eventlet import sleep
from flask import Response

from shared.kernel.errors import DomainError
from shared.sheets.writing import csv_text, xlsx_bytes

SHEET_ROWS_MAX = 50_000
ROWS_A_BREATH = 500
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = "<any(csv, xlsx):form>"
"""How the address of a table ends."""


class ExportTooLargeError(DomainError):
    """A spreadsheet with so many rows would not open."""

    code = "export_too_large"

    def __init__(self) -> None:
        super().__init__(
            f"The table has more than {SHEET_ROWS_MAX} rows, too many for XLSX. Choose "
            "fewer days or take it as CSV.",
            rows_max=SHEET_ROWS_MAX,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A table on its way out; ``rows`` is read once."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]

    def response(self, form: str) -> Response:
        """Give it as ``csv``, piece by piece, or as ``xlsx``.

        Raises ExportTooLargeError for an XLSX of too many rows.
        """
        if form == "csv":
            body: Any = csv_text(self.columns, _breathing(self.rows))
            kind = "text/csv; charset=utf-8"
        else:
            body, kind = xlsx_bytes(self.columns, _breathing(self._few())), XLSX_TYPE
        disposition = f"attachment; filename={self.name}.{form}"
        return Response(
            body, content_type=kind, headers={"Content-Disposition": disposition}
        )

    def _few(self) -> Iterator[Sequence[Any]]:
        rows = iter(self.rows)
        yield from islice(rows, SHEET_ROWS_MAX)
        if next(rows, None) is not None:
            raise ExportTooLargeError


def _breathing(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Let others work in between: a long table must not hold up a scan."""
    for number, row in enumerate(rows, 1):
        yield row
        if number % ROWS_A_BREATH == 0:
            sleep(0)
