"""Dates as they are typed from packs."""

from datetime import date

import pytest

from services.inventory.entrypoints.pages.dates import PrintedDateError, printed_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("03.2028", date(2028, 3, 31)),
        ("02.2028", date(2028, 2, 29)),
        ("2.28", date(2028, 2, 29)),
        ("31.03.2028", date(2028, 3, 31)),
        (" 1/4/28 ", date(2028, 4, 1)),
        ("2028-03", date(2028, 3, 31)),
        ("2028-03-05", date(2028, 3, 5)),
        ("", None),
    ],
)
def test_a_printed_date_means_its_last_day(typed, meant):
    assert printed_date(typed) == meant


@pytest.mark.parametrize(
    "typed", ["13.2028", "30.02.2028", "2028", "03.1999", "03.2101", "март", "1.2.3.4"]
)
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(PrintedDateError, match=r"03\.2028"):
        printed_date(typed)
