"""Dates as they are printed on packs and typed from them."""

import re
from calendar import monthrange
from datetime import date

from shared.kernel.errors import MalformedError

_MONTH = re.compile(r"(\d{1,2})[./\- ](\d{4}|\d{2})")
_DAY = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
YEARS = range(2000, 2101)


class PrintedDateError(MalformedError):
    """What was typed is no date of a pack."""

    code = "printed_date"

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"{typed[:20]} is no date. Type month and year, 03.2028, or the day too, "
            "31.03.2028.",
            typed=typed[:20],
        )


def printed_date(typed: str) -> date | None:
    """Read ``03.2028`` as the last day of the month, ``31.03.2028`` as the day.

    A year of two digits is of this century. None for an empty text; raises
    PrintedDateError.
    """
    text = typed.strip()
    if not text:
        return None
    try:
        return _read(text)
    except ValueError:
        raise PrintedDateError(text) from None


def _read(text: str) -> date:
    if found := _ISO.fullmatch(text):
        return _last_day(found[1], found[2], found[3])
    if found := _MONTH.fullmatch(text):
        return _last_day(found[2], found[1], None)
    if found := _DAY.fullmatch(text):
        return _last_day(found[3], found[2], found[1])
    raise ValueError(text)


def _last_day(year_text: str, month_text: str, day_text: str | None) -> date:
    year, month = int(year_text), int(month_text)
    year += 2000 if len(year_text) == 2 else 0  # noqa: PLR2004  YY
    if year not in YEARS:
        raise ValueError(year_text)
    first = date(year, month, 1)
    return first.replace(day=int(day_text or monthrange(year, month)[1]))
