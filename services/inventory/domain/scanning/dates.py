"""Dates in six digits, YYMMDD, and what they leave unsaid.

Rules: GS1 General Specifications 7.12 (century) and the syntax dictionary's
linters ``yymmd0`` and ``yymmdd`` (whether the day may be 00).
"""

import calendar
from datetime import date

DATE_LENGTH = 6
"""Digits of YYMMDD."""
_YEARS_AHEAD_MAX = 50
_YEARS_BACK_MAX = 49


def read_date(digits: str, *, today: date) -> date:
    """Read YYMMDD; day 00 means the last of the month; ValueError for no such day."""
    year = _full_year(int(digits[:2]), today)
    month, day = int(digits[2:4]), int(digits[4:6])
    if day == 0:
        day = calendar.monthrange(date(year, month, 1).year, month)[1]
    return date(year, month, day)


def check_instant(digits: str, *, today: date) -> None:
    """Refuse YYMMDD, YYMMDDHH, -HHMM or -HHMMSS that names no instant.

    Here the day must be stated: 00 is lawful for whole days only (DOMAIN.md 1.1).
    """
    if digits[4:6] == "00":
        raise ValueError("the day may not be 00")
    read_date(digits[:DATE_LENGTH], today=today)
    limits = (23, 59, 59)
    for place, limit in enumerate(limits):
        pair = digits[DATE_LENGTH + 2 * place :][:2]
        if pair and int(pair) > limit:
            raise ValueError(f"no clock shows {pair}")


def _full_year(year: int, today: date) -> int:
    """Choose the century that puts the year 49 back to 50 ahead of *today*."""
    century = today.year - today.year % 100
    ahead = year - today.year % 100
    if ahead > _YEARS_AHEAD_MAX:
        century -= 100
    elif ahead < -_YEARS_BACK_MAX:
        century += 100
    return century + year
