"""A table of products that somebody uploads or pastes; every cell as text."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from shared.kernel.errors import MalformedError

ROWS_MAX = 2_000
UNPACKED_BYTES_MAX = 20_000_000
"""An XLSX file is a zip: a small one may unpack to more than the memory holds."""

Row = Mapping[str, str]


class TableUnreadableError(MalformedError):
    """The file is no table we can read."""

    code = "table_unreadable"

    def __init__(self) -> None:
        super().__init__(
            "This is no table that can be read. Save it as XLSX or as CSV UTF-8 with "
            f"at most {ROWS_MAX} rows, and choose it again.",
            rows_max=ROWS_MAX,
        )


def read_table(content: bytes) -> list[Row]:
    """Read the rows below the header of a CSV or XLSX; raises TableUnreadableError."""
    try:
        is_sheet = content.startswith(b"PK")
        lines = list(_sheet(content) if is_sheet else _text(content))
    except (
        UnicodeDecodeError,
        csv.Error,
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
    ) as problem:
        raise TableUnreadableError from problem
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    if not lines or len(lines) > ROWS_MAX + 1:
        raise TableUnreadableError
    return list(_named(lines[0], lines[1:]))


def written(rows: Sequence[Row]) -> str:
    """Write rows as CSV, so that a preview can be sent back as it was read."""
    if not rows:
        return ""
    text = StringIO()
    table = csv.DictWriter(text, list(rows[0]), extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def _named(header: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[Row]:
    names = [name.strip() or f"column {place}" for place, name in enumerate(header, 1)]
    for line in lines:
        padded = [*line, *[""] * (len(names) - len(line))]
        yield dict(zip(names, padded, strict=False))


def _text(content: bytes) -> Iterator[list[str]]:
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _sheet(content: bytes) -> Iterator[list[str]]:
    unpacked = sum(entry.file_size for entry in ZipFile(BytesIO(content)).infolist())
    if unpacked > UNPACKED_BYTES_MAX:
        raise TableUnreadableError
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        for cells in sheet.iter_rows(values_only=True, max_row=ROWS_MAX + 2):
            yield [_cell(value) for value in cells]
    finally:
        book.close()


def _cell(value: object) -> str:
    """Write a cell as it looks; spreadsheets keep long numbers as fractions."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
