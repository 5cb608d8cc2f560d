"""Tables from strangers are read or refused; tables for strangers cannot bite."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from shared.sheets.reading import (
    COLUMNS_MAX,
    ROWS_MAX,
    SheetTooLargeError,
    SheetUnreadableError,
    read_sheet,
)
from shared.sheets.writing import BYTE_ORDER_MARK, csv_text, harmless, xlsx_bytes


def workbook(*lines, merge=None):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    if merge:
        book.active.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "name,code\nМыло,1\n".encode(),
        "\ufeffname,code\r\nМыло,1\r\n".encode(),
        "name;code\nМыло;1\n".encode(),
        "name\tcode\nМыло\t1".encode(),
        "name;code\nМыло;1\n".encode("cp1251"),
        "name,code\nМыло,1\n".encode("utf-16"),
        workbook(["name", "code"], ["Мыло", 1]),
        workbook(["name", "code"], ["Мыло", 1.0]),
    ],
)
def test_a_table_reads_the_same_however_it_was_saved(content):
    sheet = read_sheet(content)

    assert sheet.columns == ("name", "code")
    assert list(sheet.rows) == [{"name": "Мыло", "code": "1"}]


def test_an_old_encoding_is_told():
    assert read_sheet("имя\nМыло".encode("cp1251")).encoding == "cp1251"
    assert read_sheet("имя\nМыло".encode()).encoding == "utf-8"


def test_kazakh_letters_and_quoted_lines_survive():
    sheet = read_sheet('name\n"Сабын, ""қазақ""\nекінші"\n'.encode())

    assert sheet.rows[0]["name"] == 'Сабын, "қазақ"\nекінші'


def test_dates_of_a_spreadsheet_come_as_iso():
    sheet = read_sheet(workbook(["day"], [date(2027, 3, 31)]))

    assert sheet.rows[0]["day"] == "2027-03-31"


def test_merged_cells_hold_their_value_in_the_first_alone():
    content = workbook(["a", "b"], ["x", None], merge="A2:B2")

    assert read_sheet(content).rows[0] == {"a": "x", "b": ""}


def test_empty_rows_keep_the_numbers_of_the_others():
    sheet = read_sheet(b"a\n1\n\n3\n\n\n")

    assert [(number, row["a"]) for number, row in sheet.numbered()] == [
        (2, "1"),
        (4, "3"),
    ]


def test_a_cell_without_a_heading_is_called_by_its_place():
    assert read_sheet(b"a\n1,2\n").rows[0] == {"a": "1", "column 2": "2"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04 nothing",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b'a,b\n"never closed',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(SheetUnreadableError):
        read_sheet(content)


def test_too_many_rows_are_refused():
    with pytest.raises(SheetTooLargeError):
        read_sheet(b"a\n" + b"1\n" * (ROWS_MAX + 1))
    assert len(read_sheet(b"a\n" + b"1\n" * ROWS_MAX).rows) == ROWS_MAX


def test_too_many_columns_are_refused():
    with pytest.raises(SheetTooLargeError):
        read_sheet(b"," * COLUMNS_MAX + b"x\n")


def test_a_file_that_unpacks_to_far_more_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 101_000_000)

    with pytest.raises(SheetTooLargeError):
        read_sheet(content.getvalue())


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda rest: b"PK" + rest))
def test_bytes_are_read_or_refused_and_nothing_else(content):
    try:
        read_sheet(content)
    except (SheetUnreadableError, SheetTooLargeError):
        return


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_no_text_can_become_a_formula(sign):
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"


def test_numbers_and_common_texts_stay_as_they_are():
    assert harmless(-5) == -5
    assert harmless("A-01") == "A-01"


def test_csv_is_read_back_as_it_was_written():
    rows = [["=1+1", 'x"y', date(2027, 1, 2), None, -3]]

    text = "".join(csv_text(["a", "b", "c", "d", "e"], rows))

    assert text.startswith(BYTE_ORDER_MARK)
    assert list(csv.reader(io.StringIO(text[1:])))[1] == [
        "'=1+1",
        'x"y',
        "2027-01-02",
        "",
        "-3",
    ]


def test_long_tables_come_in_pieces():
    pieces = list(csv_text(["a"], ([number] for number in range(1_000))))

    assert len(pieces) == 6


def test_a_spreadsheet_has_room_for_days_and_for_its_heads():
    columns = ["on", "what stands in this column", "x" * 100]
    book = load_workbook(io.BytesIO(xlsx_bytes(columns, [])))
    widths = [book.active.column_dimensions[letter].width for letter in "ABC"]

    assert widths == [12, 28, 40]


def test_a_spreadsheet_gets_dates_and_numbers_and_no_formulas():
    now = datetime(2026, 11, 22, 4, tzinfo=UTC)
    rows = [["=1+1", date(2027, 1, 2), 7, now, "a\x07b", None]]

    book = load_workbook(io.BytesIO(xlsx_bytes(list("abcdef"), rows)))

    cells = next(iter(book.active.iter_rows(min_row=2)))
    assert cells[0].value == "'=1+1"
    assert cells[0].data_type == "s"
    assert cells[1].value.date() == date(2027, 1, 2)
    assert cells[1].number_format == "yyyy-mm-dd"
    assert cells[2].value == 7
    assert cells[3].value == now.isoformat()
    assert cells[4].value == "ab"
