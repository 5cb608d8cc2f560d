"""Read a product from words: a line of a table, or a program's description.

Every fault is named with its column, so that a person can mend the whole table
at once instead of one cell after the other.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from services.inventory.domain.cells import CellError, Cells, Fault, text_up_to, whole
from services.inventory.domain.kit import KIT
from services.inventory.domain.product import (
    COLD_FLAG,
    LANGUAGES,
    MEDICINE,
    REFUSED_FLAGS,
    Pack,
    Product,
)
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

RULED_FLAGS = (MEDICINE, *sorted(REFUSED_FLAGS), KIT)
"""Flags with a rule of the warehouse behind them; others only describe."""

LIKENESS_MIN = 0.75
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_FLAG = re.compile(r"[A-Za-z0-9-]{1,40}")


def read_row(row: Mapping[str, str]) -> tuple[Product | None, list[Fault]]:
    """Read a product from a row of text; None and every fault when it has some."""
    cells = Cells(row, REQUIRED)
    product = Product(
        product_code=cells.read("code", code, ""),
        category=cells.read("category", code, ""),
        names=_names(cells),
        unit_of_issue=cells.read("unit_of_issue", text_up_to(NAME_CHARS_MAX), ""),
        packs=cells.read("gtin13_demo", lambda text: (Pack(own_gtin(text), 1),), ()),
        min_days_at_receipt=cells.read("min_days_receipt", whole(0, DAYS_MAX), 0),
        min_days_at_dispatch=cells.read("min_days_dispatch", whole(0, DAYS_MAX), 0),
        sensitivity=cells.read("sensitivity", whole(0, SENSITIVITY_MAX), 0),
        flags=cells.read("flags", flags, ()),
    )
    cells.note_unknown(COLUMNS)
    cells.read("case_qty", whole(1, QUANTITY_MAX), 1)
    cells.read("shelf_life_months", whole(0, DAYS_MAX), 0)
    return (None if cells.faults else product), cells.faults


def code(text: str) -> str:
    """Read a code: letters, digits, dot, dash, underscore, at most 40."""
    if not _CODE.fullmatch(text):
        raise CellError(
            "no_code", f"{text[:40]!r} is no code of letters, digits, dot and dash"
        )
    return text


def flags(text: str) -> tuple[str, ...]:
    """Read flags parted by commas."""
    return tuple(
        flag(one) for one in filter(None, (one.strip() for one in text.split(",")))
    )


def flag(text: str) -> str:
    """Read one flag; raises CellError.

    A flag that nearly is one with a rule behind it is a fault: mistyped, it would
    let medicine out without a reviewer, and nobody would see it.
    """
    if not _FLAG.fullmatch(text):
        raise CellError(
            "no_flag", f"{text[:40]!r} is no flag of letters, digits and dash"
        )
    lowered = text.lower()
    if lowered in RULED_FLAGS:
        return lowered
    is_wrong_range = lowered.startswith("cold") and not COLD_FLAG.fullmatch(text)
    if is_wrong_range or get_close_matches(lowered, RULED_FLAGS, cutoff=LIKENESS_MIN):
        listed = ", ".join((*RULED_FLAGS, "cold-15C", "cold-2-8C"))
        detail = f"{text!r} is not one of {listed}"
        raise CellError("no_choice", detail, choices=listed)
    return text


def own_gtin(text: str) -> GTIN:
    """Read the trade item number of a pack of ours or of its maker.

    A number of restricted circulation may not be put into a GTIN-14, and a case
    of varying measure holds no fixed quantity (DOMAIN.md 1.1).
    """
    try:
        gtin = GTIN.parse(text)
    except InvalidKeyError as problem:
        raise CellError("no_gtin", str(problem)) from problem
    is_case = gtin[0] != "0"
    if gtin[0] == "9":
        raise CellError("varying_measure", f"{text} is a case of varying measure")
    if is_case and GTIN("0" + gtin[1:]).is_restricted:
        raise CellError(
            "restricted_case", f"{text} puts a restricted number into a case code"
        )
    return gtin


def _names(cells: Cells) -> Mapping[str, str]:
    """Read the names; a Kazakh one that is still missing is the Russian one."""
    found = {
        language: cells.read(f"name_{language}", text_up_to(NAME_CHARS_MAX), "")
        for language in LANGUAGES
    }
    return {**found, "kk": found["kk"] or found["ru"]}
