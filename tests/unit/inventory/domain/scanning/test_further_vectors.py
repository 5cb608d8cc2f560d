"""Vectors of our own, of the kinds the shared ones have: each rule once more."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from services.inventory.domain.scanning.decoding import decode
from services.inventory.domain.scanning.faults import ScanError, ScanFault

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).parent
ESCAPES = {
    "<GS>": "\x1d",
    "<CR>": "\r",
    "<LF>": "\n",
    "<DEL>": "\x7f",
    "<NBSP>": "\u00a0",
}


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, quoting=csv.QUOTE_MINIMAL))


def scanned(written):
    for escape, character in ESCAPES.items():
        written = written.replace(escape, character)
    return re.sub(r"<REPEAT:(.):(\d+)>", lambda it: it[1] * int(it[2]), written)


def verdict(raw):
    """Say what a vector says: the fault, or the facts it names."""
    try:
        return decode(scanned(raw), today=TODAY).as_json()
    except ScanError as refused:
        return f"ERROR:{refused.code}"


VECTORS = rows("further_vectors.csv")


@pytest.mark.parametrize("vector", VECTORS, ids=[row["id"] for row in VECTORS])
def test_a_scan_says_what_its_vector_says(vector):
    said, expected = verdict(vector["raw"]), vector["expected_json_or_error"]

    if expected.startswith("ERROR:"):
        assert said == expected, vector["why"]
        return
    assert isinstance(said, dict), (said, vector["why"])
    for fact in expected.split():
        name, _, value = fact.partition("=")
        told = said[name]
        assert (",".join(told) if isinstance(told, list) else told) == value


def test_every_fault_has_a_vector():
    named = {
        row["expected_json_or_error"].removeprefix("ERROR:")
        for row in [*VECTORS, *rows("gs1_vectors.csv")]
    }

    assert {fault.value for fault in ScanFault} <= named
