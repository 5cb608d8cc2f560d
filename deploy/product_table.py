"""Read a table of products from a CSV or XLSX file, every cell as text."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from shared.kernel.errors import MalformedError

BYTES_MAX = 20_000_000
ROWS_MAX = 20_000

Row = dict[str, str]


class UnreadableTableError(MalformedError):
    """The file is no table we can read."""


def read_table(path: Path) -> list[Row]:
    """Read the rows below the header; columns are found by their names.

    A CSV file is UTF-8 and parted by commas or semicolons; of an XLSX file the
    first sheet is read. Empty rows are kept, so that row numbers stay true; those
    at the end are not. Raises UnreadableTableError.
    """
    if path.stat().st_size > BYTES_MAX:
        raise UnreadableTableError(f"{path.name} is larger than {BYTES_MAX} bytes.")
    is_sheet = path.suffix.lower() in {".xlsx", ".xlsm"}
    lines = list(_sheet_lines(path) if is_sheet else _text_lines(path))
    while lines and not any(lines[-1]):
        lines.pop()
    if not lines:
        raise UnreadableTableError(f"{path.name} is empty.")
    if len(lines) > ROWS_MAX:
        raise UnreadableTableError(f"{path.name} has more than {ROWS_MAX} rows.")
    return _rows(lines[0], lines[1:])


def _rows(header: Sequence[str], lines: Iterable[Sequence[str]]) -> list[Row]:
    """Name each cell; one that stands beyond the header is called by its place."""
    names = [name.strip() or f"column {place}" for place, name in enumerate(header, 1)]
    return [
        dict(zip(names, line, strict=False)) | _beyond(len(names), line)
        for line in lines
    ]


def _beyond(width: int, line: Sequence[str]) -> Row:
    rest = enumerate(line[width:], start=width + 1)
    return {f"column {place}": text for place, text in rest if text.strip()}


def _text_lines(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableTableError(
            f"{path.name} is not UTF-8. Save it as “CSV UTF-8” or as XLSX."
        ) from problem
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as problem:
        raise UnreadableTableError(f"{path.name} is no CSV: {problem}.") from problem


def _sheet_lines(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as problem:
        raise UnreadableTableError(
            f"{path.name} is no XLSX file. Save it again as XLSX or as CSV."
        ) from problem
    try:
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(value) for value in cells]
    finally:
        book.close()


def _text(value: object) -> str:
    """Write a cell as it looks; spreadsheets keep long numbers as fractions."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
