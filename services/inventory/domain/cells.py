"""Reading a row of a table that a person filled in: every bad cell is named.

A fault has a code and its facts, so that pages can say it in the reader's language.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

VALUE_CHARS_SHOWN = 40
YEARS = range(2000, 2101)
SERIAL_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, which keep dates as numbers of days."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MONTH = re.compile(r"(\d{1,2})[./](\d{4})")
_SERIAL = re.compile(r"[3-7]\d{4}")

Value = TypeVar("Value")


class CellError(ValueError):
    """A cell holds what it cannot; the text is English, the code is for pages."""

    def __init__(self, code: str, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.code = code
        self.facts: Mapping[str, Any] = facts


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which column of a row, and what stands there.

    ``problem`` is the code of its kind, as of ``CellError``.
    """

    column: str
    fault: str
    problem: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""


def fault_of(column: str, problem: CellError, value: str = "") -> Fault:
    """Name the column of what was met while reading a cell."""
    shown = value[:VALUE_CHARS_SHOWN]
    return Fault(column, str(problem), problem.code, problem.facts, shown)


@dataclass(slots=True)
class Cells:
    """The cells of one row and the faults met while reading them."""

    row: Mapping[str, str]
    required: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)

    def read(
        self, column: str, reader: Callable[[str], Value], default: Value
    ) -> Value:
        """Read a cell, noting its fault; an empty cell is the default."""
        text = (self.row.get(column) or "").strip()
        if not text:
            if column in self.required:
                self.faults.append(Fault(column, "is empty", "empty"))
            return default
        try:
            return reader(text)
        except CellError as problem:
            self.faults.append(fault_of(column, problem, text))
            return default

    def note_unknown(self, columns: tuple[str, ...]) -> None:
        """Note what stands where no column of ours is: it would be lost."""
        self.faults.extend(
            Fault(
                column,
                "stands in no column we know",
                "unknown_column",
                value=text[:VALUE_CHARS_SHOWN],
            )
            for column, text in self.row.items()
            if column not in columns and text.strip()
        )


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """Make the reader of a whole number within bounds; blanks in between are fine."""

    def read(text: str) -> int:
        digits = text.replace("\u00a0", "").replace(" ", "")
        is_number = digits.isascii() and digits.isdigit()
        is_short = is_number and len(digits) <= len(str(highest))
        if not is_short or not lowest <= int(digits) <= highest:
            raise CellError(
                "not_whole",
                f"{text[:40]!r} is not a whole number from {lowest} to {highest}",
                lowest=lowest,
                highest=highest,
            )
        return int(digits)

    return read


def text_up_to(chars_max: int) -> Callable[[str], str]:
    """Make the reader of a text of limited length."""

    def read(text: str) -> str:
        if len(text) > chars_max or not text.isprintable():
            raise CellError(
                "too_long", f"is longer than {chars_max} characters", most=chars_max
            )
        return text

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    """Make the reader of one of a few words."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            listed = ", ".join(choices)
            detail = f"{text[:40]!r} is not one of {listed}"
            raise CellError("no_choice", detail, choices=listed)
        return text.lower()

    return read


def day(text: str) -> date:
    """Read 2027-03-31, 31.03.2027, 03.2027 (its last day) or a spreadsheet's number."""
    try:
        found = _day(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise CellError("no_day", f"{text[:40]!r} is no date such as 2027-03-31")
    return found


def _day(text: str) -> date | None:
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _MONTH.fullmatch(text):
        year, month = int(found[2]), int(found[1])
        return date(year, month, monthrange(year, month)[1])
    if _SERIAL.fullmatch(text):
        return SERIAL_EPOCH + timedelta(days=int(text))
    return None
