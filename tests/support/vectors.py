"""The scan vectors that every way of reading a code has to agree on."""

import csv
import re
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "unit/inventory/domain/scanning/gs1_vectors.csv"
PINNED = "2026-11-22"
"""The day by which years of two digits are read in the vectors."""

SUBSTITUTED = "subst-gs"
"""The one vector that needs a scanner profile: the text {GS} is the separator."""

_ESCAPES = {"GS": "\x1d", "NUL": "\0", "CR": "\r", "LF": "\n", "TAB": "\t"}


def vectors() -> list[dict[str, str]]:
    """Read every vector: ``id``, ``raw``, ``expected_json_or_error``, ``why``."""
    with TABLE.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def scan_of(vector: dict[str, Any]) -> str:
    """Give what the scanner of a vector sends, its marks written out."""
    raw: str = vector["raw"]
    raw = re.sub(r"<REPEAT:(.):(\d+)>", lambda found: found[1] * int(found[2]), raw)
    for name, character in _ESCAPES.items():
        raw = raw.replace(f"<{name}>", character)
    return raw
