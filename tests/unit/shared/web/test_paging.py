"""A cursor comes back as it went out, or is refused."""

from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import MalformedError
from shared.web.paging import cut_page, decode_cursor, encode_cursor

KEY = [
    "MEN-PAD",
    7,
    date(2026, 11, 22),
    datetime(2026, 11, 22, 6, tzinfo=UTC),
    UUID(int=5),
]
KINDS = (str, int, date, datetime, UUID)


def test_a_cursor_comes_back_as_it_went_out():
    assert decode_cursor(encode_cursor(KEY), *KINDS) == KEY


@pytest.mark.parametrize("absent", [None, ""])
def test_the_first_page_has_no_cursor(absent):
    assert decode_cursor(absent, str) is None


@pytest.mark.parametrize(
    ("cursor", "kinds"),
    [
        ("!!!", (str,)),
        ("жаңа", (str,)),
        (encode_cursor(["a"]), (str, str)),
        (encode_cursor(["a"]), (int,)),
        (encode_cursor([True]), (int,)),
        (encode_cursor([2**63]), (int,)),
        (encode_cursor(["2026-13-01"]), (date,)),
        (encode_cursor(["2026-11-22T06:00"]), (datetime,)),
        (encode_cursor(["a\0b"]), (str,)),
        (encode_cursor(["\ud800"]), (str,)),
        (encode_cursor([None]), (str,)),
        ("eyJhIjoxfQ", (str,)),
        ("NQ", (str,)),
    ],
)
def test_what_this_list_did_not_make_is_refused(cursor, kinds):
    with pytest.raises(MalformedError):
        decode_cursor(cursor, *kinds)


@pytest.mark.parametrize("limit", [1, 2, 3, 500])
def test_a_list_read_whole_is_walked_page_by_page(limit):
    rows = [{"code": letter, "version": 1} for letter in "bca"]

    page = cut_page(rows, {"limit": limit, "cursor": None}, "code", "version")
    seen = [*page["items"]]
    while page["next"]:
        asked = {"limit": limit, "cursor": page["next"]}
        page = cut_page(rows, asked, "code", "version")
        seen += page["items"]

    assert (seen, len(page["items"]) <= limit) == (rows, True)


def test_an_empty_list_is_one_page():
    page = cut_page([], {"limit": 1, "cursor": None}, "code")

    assert page == {"items": [], "next": None}


@pytest.mark.parametrize("cursor", ["!!!", encode_cursor(["gone"])])
def test_a_cursor_of_no_row_is_refused(cursor):
    with pytest.raises(MalformedError):
        cut_page([{"code": "a"}], {"limit": 1, "cursor": cursor}, "code")


@given(st.text(max_size=60))
def test_no_text_breaks_it(cursor):
    with suppress(MalformedError):
        decode_cursor(cursor, str, int)
