"""A table somebody sends: CSV as any spreadsheet writes it, or XLSX; cells as text.

Nothing is believed: not the name of the file, its encoding, its sizes or its shape.
What cannot be read is refused in words that say how to save it again.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from shared.kernel.errors import MalformedError

BYTES_MAX = 10_000_000
ROWS_MAX = 5_000
"""Taking in a row costs about a millisecond in which nobody else can write."""
COLUMNS_MAX = 60
UNPACKED_BYTES_MAX = 100_000_000
ENTRIES_MAX = 2_000
DELIMITERS = ",;\t"
UTF8, UTF16, CYRILLIC = "utf-8", "utf-16", "cp1251"
HEADER_ROW = 1

Row = Mapping[str, str]


class SheetUnreadableError(MalformedError):
    """The file is no table we can read."""

    code = "table_unreadable"

    def __init__(self) -> None:
        super().__init__(
            "This is no table that can be read. Save it as XLSX or as CSV UTF-8, and "
            "choose it again."
        )


class SheetTooLargeError(MalformedError):
    """The table has more than anybody can check at once."""

    code = "table_too_large"

    def __init__(self) -> None:
        super().__init__(
            f"The table is too large. Send at most {ROWS_MAX} rows of {COLUMNS_MAX} "
            f"columns and {BYTES_MAX // 1_000_000} MB at a time, in several tables.",
            rows_max=ROWS_MAX,
            columns_max=COLUMNS_MAX,
            megabytes_max=BYTES_MAX // 1_000_000,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows below the header, each by the names of its columns.

    ``rows[0]`` is row 2 of the file; empty rows in between are kept, so that row
    numbers stay true. ``encoding`` is None for XLSX.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    encoding: str | None = None

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Give each row that holds anything with its number in the file."""
        for number, row in enumerate(self.rows, start=HEADER_ROW + 1):
            if any(row.values()):
                yield number, row


def read_sheet(content: bytes) -> Sheet:
    """Read the first table of a file.

    Raises SheetUnreadableError and SheetTooLargeError. CSV may be UTF-8, UTF-16 or
    Windows-1251, parted by commas, semicolons or tabs.
    """
    if len(content) > BYTES_MAX:
        raise SheetTooLargeError
    encoding = None
    try:
        if content.startswith(b"PK"):
            lines = _collected(_xlsx_lines(content))
        else:
            text, encoding = _decoded(content)
            lines = _collected(_csv_lines(text))
    except (csv.Error, UnicodeDecodeError, *_BROKEN_XLSX) as problem:
        raise SheetUnreadableError from problem
    if not lines:
        raise SheetUnreadableError
    return _named(lines, encoding)


_BROKEN_XLSX = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    TypeError,
    ValueError,
)
"""What openpyxl and zipfile raise over files that only look like XLSX."""


def _collected(lines: Iterable[Sequence[str]]) -> list[list[str]]:
    """Take the lines in, up to the limits; empty ones at the end are dropped."""
    found = [[cell.strip() for cell in line] for line in islice(lines, ROWS_MAX + 2)]
    while found and not any(found[-1]):
        found.pop()
    if len(found) > ROWS_MAX + 1 or any(len(line) > COLUMNS_MAX for line in found):
        raise SheetTooLargeError
    return found


def _named(lines: Sequence[Sequence[str]], encoding: str | None) -> Sheet:
    """Name each cell; one without a heading is called by its place."""
    width = max(len(line) for line in lines)
    header = [*lines[0], *[""] * (width - len(lines[0]))]
    names = [name or f"column {place}" for place, name in enumerate(header, 1)]
    rows = [
        dict(zip(names, [*line, *[""] * (width - len(line))], strict=True))
        for line in lines[1:]
    ]
    return Sheet(tuple(name for name in header if name), rows, encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    """Find the encoding; old spreadsheets write Windows-1251 without saying so."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _printable(content.decode("utf-16")), UTF16
    try:
        return _printable(content.decode("utf-8-sig")), UTF8
    except UnicodeDecodeError:
        return _printable(content.decode("cp1251")), CYRILLIC


def _printable(text: str) -> str:
    if "\x00" in text:
        raise SheetUnreadableError
    return text


def _csv_lines(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _xlsx_lines(content: bytes) -> Iterator[list[str]]:
    entries = ZipFile(BytesIO(content)).infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_BYTES_MAX or len(entries) > ENTRIES_MAX:
        raise SheetTooLargeError
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(
            values_only=True, max_row=ROWS_MAX + 2, max_col=COLUMNS_MAX + 1
        )
        for cells in rows:
            yield _cut([_text(value) for value in cells])
    finally:
        book.close()


def _cut(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: Any) -> str:
    """Write a cell as it looks; spreadsheets keep long numbers as fractions."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
