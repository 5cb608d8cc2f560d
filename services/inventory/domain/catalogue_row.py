"""Read a product from words: a line of a table, or a program's description.

Every fault is named with its column, so that a person can mend the whole table
at once instead of one cell after the other.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from services.inventory.domain.product import LANGUAGES, Pack, Product
from shared.kernel.gs1 import GTIN, InvalidKeyError

COLUMNS = (
    "code",
    "category",
    "name_en",
    "name_ru",
    "name_kk",
    "unit_of_issue",
    "gtin13_demo",
    "case_qty",
    "shelf_life_months",
    "min_days_receipt",
    "min_days_dispatch",
    "sensitivity",
    "flags",
)
"""The columns of an import, in the order the documentation lists them."""

REQUIRED = ("code", "category", "name_en", "name_ru", "unit_of_issue")
DAYS_MAX = 3650
QUANTITY_MAX = 1_000_000
NAME_CHARS_MAX = 200
SENSITIVITY_MAX = 2

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_FLAG = re.compile(r"[A-Za-z0-9-]{1,40}")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which column of a row."""

    column: str
    fault: str


@dataclass(slots=True)
class _Cells:
    """The cells of one row and the faults met while reading them."""

    row: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def read(
        self, column: str, reader: Callable[[str], Value], default: Value
    ) -> Value:
        """Read a cell, noting its fault; an empty cell is the default."""
        text = (self.row.get(column) or "").strip()
        if not text:
            if column in REQUIRED:
                self.faults.append(Fault(column, "is empty"))
            return default
        try:
            return reader(text)
        except ValueError as problem:
            self.faults.append(Fault(column, str(problem)))
            return default


def read_row(row: Mapping[str, str]) -> tuple[Product | None, list[Fault]]:
    """Read a product from a row of text; None and every fault when it has some."""
    cells = _Cells(row)
    product = Product(
        product_code=cells.read("code", code, ""),
        category=cells.read("category", code, ""),
        names=_names(cells),
        unit_of_issue=cells.read("unit_of_issue", _name, ""),
        packs=cells.read("gtin13_demo", lambda text: (Pack(own_gtin(text), 1),), ()),
        min_days_at_receipt=cells.read("min_days_receipt", whole(0, DAYS_MAX), 0),
        min_days_at_dispatch=cells.read("min_days_dispatch", whole(0, DAYS_MAX), 0),
        sensitivity=cells.read("sensitivity", whole(0, SENSITIVITY_MAX), 0),
        flags=cells.read("flags", flags, ()),
    )
    cells.faults.extend(
        Fault(column, "stands in no column we know")
        for column, text in row.items()
        if column not in COLUMNS and text.strip()
    )
    cells.read("case_qty", whole(1, QUANTITY_MAX), 1)
    cells.read("shelf_life_months", whole(0, DAYS_MAX), 0)
    return (None if cells.faults else product), cells.faults


def code(text: str) -> str:
    """Read a code: letters, digits, dot, dash, underscore, at most 40."""
    if not _CODE.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no code of letters, digits, dot and dash")
    return text


def flags(text: str) -> tuple[str, ...]:
    """Read flags parted by commas."""
    found = tuple(filter(None, (flag.strip() for flag in text.split(","))))
    for flag in found:
        if not _FLAG.fullmatch(flag):
            raise ValueError(f"{flag[:40]!r} is no flag of letters, digits and dash")
    return found


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """Make the reader of a whole number within bounds."""

    def read(text: str) -> int:
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(highest))
        if not is_number or not lowest <= int(text) <= highest:
            raise ValueError(
                f"{text[:40]!r} is not a whole number from {lowest} to {highest}"
            )
        return int(text)

    return read


def own_gtin(text: str) -> GTIN:
    """Read the trade item number of a pack of ours or of its maker.

    A number of restricted circulation may not be put into a GTIN-14, and a case
    of varying measure holds no fixed quantity (DOMAIN.md 1.1).
    """
    try:
        gtin = GTIN.parse(text)
    except InvalidKeyError as problem:
        raise ValueError(str(problem)) from problem
    is_case = gtin[0] != "0"
    if gtin[0] == "9":
        raise ValueError(f"{text} is a case of varying measure")
    if is_case and GTIN("0" + gtin[1:]).is_restricted:
        raise ValueError(f"{text} puts a restricted number into a case code")
    return gtin


def _names(cells: _Cells) -> Mapping[str, str]:
    """Read the names; a Kazakh one that is still missing is the Russian one."""
    found = {
        language: cells.read(f"name_{language}", _name, "") for language in LANGUAGES
    }
    return {**found, "kk": found["kk"] or found["ru"]}


def _name(text: str) -> str:
    if len(text) > NAME_CHARS_MAX or "\0" in text:
        raise ValueError(f"is longer than {NAME_CHARS_MAX} characters")
    return text
