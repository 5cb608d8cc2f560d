"""Numbers and dates as UI.md, section 4, writes them."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from shared.web import formats

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1,447"), ("ru", f"1{NBSP}447"), ("kk", f"1{NBSP}447")],
)
def test_thousands_are_grouped(language, expected):
    assert formats.number(1447, language) == expected


def test_decimals_use_the_languages_sign():
    assert formats.number(12345.65, "en", places=1) == "12,345.7"
    assert formats.number(12345.65, "ru", places=1) == f"12{NBSP}345,7"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "62.2%"), ("ru", f"62,2{NBSP}%"), ("kk", "62,2%")],
)
def test_per_cent_stands_as_each_language_puts_it(language, expected):
    assert formats.per_cent(0.622, language) == expected
    assert formats.per_cent(Fraction(311, 500), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", f"26{NBSP}Nov{NBSP}2026"), ("ru", "26.11.2026"), ("kk", "26.11.2026")],
)
def test_dates_follow_the_language(language, expected):
    assert formats.day(date(2026, 11, 26), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", f"Nov{NBSP}2026"), ("ru", "11.2026"), ("kk", "11.2026")],
)
def test_months_follow_the_language(language, expected):
    assert formats.month(date(2026, 11, 26), language) == expected


def test_an_instant_is_told_in_almaty():
    late = datetime(2026, 11, 25, 20, 5, tzinfo=UTC)

    assert formats.day(late, "ru") == "26.11.2026"
    assert formats.moment(late, "ru") == "26.11.2026, 01:05"
