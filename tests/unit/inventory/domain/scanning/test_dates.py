"""Six digits and the clock make a day."""

from datetime import date

import pytest

from services.inventory.domain.scanning.dates import read_date


@pytest.mark.parametrize(
    ("today", "digits", "day"),
    [
        (date(2026, 1, 1), "760101", date(2076, 1, 1)),
        (date(2026, 12, 31), "770101", date(1977, 1, 1)),
        (date(2027, 1, 1), "770101", date(2077, 1, 1)),
        (date(2051, 1, 1), "010101", date(2101, 1, 1)),
        (date(2051, 1, 1), "020101", date(2002, 1, 1)),
        (date(2099, 1, 1), "490101", date(2149, 1, 1)),
        (date(2026, 1, 1), "280200", date(2028, 2, 29)),
    ],
)
def test_the_century_follows_the_clock(today, digits, day):
    assert read_date(digits, today=today) == day


@pytest.mark.parametrize("digits", ["271301", "270230", "270229", "000000", "270001"])
def test_a_day_that_never_comes_is_refused(digits):
    with pytest.raises(ValueError, match=r"month|day"):
        read_date(digits, today=date(2026, 1, 1))
