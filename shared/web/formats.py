"""Numbers and dates as each language writes them (UI.md, section 4).

Babel's own patterns differ from ours (kk 62,2 % has no space here, dates in
Kazakh are digits), so the table is written out.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from shared.kernel.clock import ALMATY

NO_BREAK_SPACE = "\u00a0"
MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def number(value: float | Decimal, language: str, *, places: int = 0) -> str:
    """Group thousands; a whole number unless decimal places are asked for."""
    is_whole = isinstance(value, int) and not places
    text = f"{value if is_whole else _rounded(Decimal(str(value)), places):,}"
    if language == "en":
        return text
    return text.translate({ord(","): NO_BREAK_SPACE, ord("."): ","})


def per_cent(
    share: float | Fraction | Decimal, language: str, *, places: int = 1
) -> str:
    """Write a share of one as per cent: 0.622 is 62.2%."""
    exact = Fraction(share) if not isinstance(share, float) else Fraction(str(share))
    hundredths = Decimal(exact.numerator * 100) / Decimal(exact.denominator)
    sign = f"{NO_BREAK_SPACE}%" if language == "ru" else "%"
    return number(hundredths, language, places=places) + sign


def day(value: date, language: str) -> str:
    """Write a date; an instant is first brought to Almaty."""
    if isinstance(value, datetime):
        value = value.astimezone(ALMATY).date()
    if language == "en":
        return f"{value.day} {MONTHS[value.month - 1]} {value.year:04d}".replace(
            " ", NO_BREAK_SPACE
        )
    return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"


def month(value: date, language: str) -> str:
    """Write a month of a year, as its days are written."""
    if language == "en":
        return f"{MONTHS[value.month - 1]}{NO_BREAK_SPACE}{value.year:04d}"
    return f"{value.month:02d}.{value.year:04d}"


def moment(value: datetime, language: str) -> str:
    """Write an instant as day and time in Almaty."""
    local = value.astimezone(ALMATY)
    return f"{day(local.date(), language)}, {local.hour:02d}:{local.minute:02d}"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
