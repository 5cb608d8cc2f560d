"""Every shared scan vector gives exactly its expected answer."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

from services.inventory.domain.scanning.decoding import decode
from services.inventory.domain.scanning.faults import ScanError, ScanFault

OURS = Path(__file__).with_name("gs1_vectors.csv")
BESIDE_THE_CLONE = Path("../shared/data/gs1_vectors.csv")
PINNED = date(2026, 11, 22)
ESCAPES = {"GS": "\x1d", "NUL": "\0", "CR": "\r", "LF": "\n", "TAB": "\t"}


def vectors():
    with OURS.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def unescaped(raw):
    raw = re.sub(r"<REPEAT:(.):(\d+)>", lambda it: it[1] * int(it[2]), raw)
    for name, character in ESCAPES.items():
        raw = raw.replace(f"<{name}>", character)
    return raw


def answer(vector):
    substitutes = ("{GS}",) if vector["id"] == "subst-gs" else ()
    try:
        scan = decode(unescaped(vector["raw"]), today=PINNED, substitutes=substitutes)
    except ScanError as error:
        return f"ERROR:{error.code}"
    return json.dumps(scan.as_json(), sort_keys=True)


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
def test_a_vector_gives_exactly_what_it_promises(vector):
    assert answer(vector) == vector["expected_json_or_error"], vector["why"]


def test_the_vectors_are_all_there():
    """The copy must not lose lines: a shorter file would test less and stay green."""
    assert len(vectors()) == 84


def test_every_fault_is_met_by_a_vector():
    expected = {vector["expected_json_or_error"] for vector in vectors()}

    assert {f"ERROR:{fault}" for fault in ScanFault} <= expected


@pytest.mark.skipif(
    not BESIDE_THE_CLONE.exists(), reason="the shared material is not beside the clone"
)
def test_our_copy_is_the_shared_file():
    assert OURS.read_bytes() == BESIDE_THE_CLONE.read_bytes()
