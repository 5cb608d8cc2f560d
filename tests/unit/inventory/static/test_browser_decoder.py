"""The phone reads a code exactly as the warehouse does."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.inventory.adapters.scanning import browser_identifiers
from services.inventory.domain.scanning.decoding import decode, decode_pair
from services.inventory.domain.scanning.faults import ScanError
from shared.kernel.gs1 import check_digit

VECTORS = Path(__file__).parents[1] / "domain/scanning/gs1_vectors.csv"
ESCAPES = {"GS": "\x1d", "NUL": "\0", "CR": "\r", "LF": "\n", "TAB": "\t"}
TODAY = "2026-11-22"
GS = "\x1d"
WEIGHT_MAX = 15_000
OPENINGS = ["https://id.gs1.org", "HTTP://a.kz/x", "http://01/02", "Https://a"]
OPENINGS += ["ftp://a", "https:/a", "https:///a", "id:", "https://a.kz/01/23/shop"]

RULES = list(browser_identifiers.rules())
COMMON = ["00", "01", "02", "10", "11", "15", "17", "20", "21", "30", "37", "240"]
COMMON += ["400", "410", "415", "7003", "7007", "8006", "8008", "91", "92", "93"]
ALPHABETS = {
    "N": "0123456789",
    "X": "0123456789ABCxyz!\"%&'()*+,-./_:;<=>?",
    "Y": "0123456789AZ#-/",
    "Z": "0123456789AZaz-_",
}
DATES = ["261122", "270229", "280229", "760100", "771231", "261301", "000000", "250631"]
ODD = "09135AzZ ]()<>=%+&;?#/:.-\x1d\t\r\n\x00\x7f\x1céйҚ٣９İ�\ud800😀"


def unescaped(raw):
    for name, character in ESCAPES.items():
        raw = raw.replace(f"<{name}>", character)
    head, mark, tail = raw.partition("<REPEAT:")
    if not mark:
        return raw
    letter, times = tail.rstrip(">").split(":")
    return head + letter * int(times)


def vectors():
    with VECTORS.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def told(reading, *args, **options):
    try:
        return reading(*args, **options).as_json()
    except ScanError as error:
        return {"error": error.code}


def of_warehouse(raw, today=TODAY, *substitutes):
    day = date.fromisoformat(today)
    return told(decode, raw, today=day, substitutes=substitutes)


@st.composite
def values(draw, rule):
    """Mostly what the rule allows; sometimes too short, too long, of odd letters."""
    if rule.ai in ("11", "15", "17") and draw(st.booleans()):
        return draw(st.sampled_from(DATES))
    longest = len(rule.places)
    length = draw(st.integers(rule.length_min, longest) | st.integers(0, longest + 3))
    places = (rule.places + "N" * 3)[:length]
    value = "".join(draw(st.sampled_from(ALPHABETS[place])) for place in places)
    if rule.ai in ("00", "01", "02", "410", "415", "8006") and draw(st.booleans()):
        key = {"00": 18, "410": 13, "415": 13}.get(rule.ai, 14)
        value = value[: key - 1].zfill(key - 1)
        return value + str(check_digit(value)) + "0102" * (rule.ai == "8006")
    return value


@st.composite
def elements(draw):
    common = [rule for rule in RULES if rule.ai in COMMON]
    rule = draw(st.sampled_from(common) | st.sampled_from(RULES))
    return rule.ai, draw(values(rule))


@st.composite
def element_strings(draw):
    parts = draw(st.lists(elements(), min_size=1, max_size=6))
    joint = st.sampled_from(["", GS, GS, GS, GS + GS])
    text = "".join(ai + value + draw(joint) for ai, value in parts)
    return draw(prefixes()) + text


@st.composite
def keyed_strings(draw):
    """A sound number in front, so that pairing has something to judge."""
    digits = draw(st.text("0123456789", min_size=13, max_size=13))
    return f"01{digits}{check_digit(digits)}{draw(element_strings())}"


def prefixes():
    known = ["", "]d2", "]C1", "]Q3", "]E0", "]E4", "]e0", "]d1", "]Q1", "]J1", GS]
    return st.sampled_from(known) | st.text("]dCEQexX29", max_size=3)


@st.composite
def bare_numbers(draw):
    """Numbers with a right or a wrong last digit, also several run together."""
    texts = []
    for _ in range(draw(st.integers(1, 3))):
        length = draw(st.sampled_from([7, 11, 12, 13, 17, 5]))
        digits = draw(st.text("0123456789", min_size=length, max_size=length))
        last = check_digit(digits) if draw(st.booleans()) else draw(st.integers(0, 9))
        texts.append(f"{digits}{last}")
    return draw(prefixes()) + draw(st.sampled_from(["", " ", GS])).join(texts)


@st.composite
def brackets(draw):
    parts = draw(st.lists(elements(), min_size=1, max_size=5))
    space = st.sampled_from(["", "", " ", GS])
    return draw(prefixes()) + "".join(
        f"({ai}){draw(space)}{value}{draw(space)}" for ai, value in parts
    )


def escaped(value):
    return "".join(
        f"%{ord(each):02{'xX'[ord(each) % 2]}}" if not each.isalnum() else each
        for each in value
    )


@st.composite
def links(draw):
    opening = st.sampled_from(OPENINGS)
    path = draw(st.lists(elements(), max_size=3))
    query = draw(st.lists(elements(), max_size=3))
    digits = draw(st.text("0123456789", min_size=6, max_size=13))
    text = f"{draw(opening)}/01/{digits}{check_digit(digits)}"
    text += "".join(f"/{ai}/{escaped(value)}" for ai, value in path)
    text += draw(st.sampled_from(["", "?", "/?x=1&", "?a%20=+;"]))
    text += draw(st.sampled_from("&;")).join(f"{ai}={escaped(v)}" for ai, v in query)
    return text + draw(st.sampled_from(["", "#x", "%", "%2", "/", "%zz", "%D0%B9"]))


SCANS = st.one_of(
    element_strings(),
    keyed_strings(),
    bare_numbers(),
    brackets(),
    links(),
    st.text(ODD, max_size=40),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@st.composite
def damaged(draw):
    """A scan in which a character was lost, doubled or changed."""
    text = draw(SCANS)
    place = draw(st.integers(0, len(text)))
    middle = draw(st.sampled_from(["", GS, *ODD]))
    return text[:place] + middle + text[place + draw(st.integers(0, 2)) :]


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
def test_a_vector_gives_exactly_what_it_promises(browser_decoder, vector):
    substitutes = ("{GS}",) if vector["id"] == "subst-gs" else ()
    answer = browser_decoder.decode(unescaped(vector["raw"]), TODAY, *substitutes)
    expected = vector["expected_json_or_error"]
    error = {"error": expected.removeprefix("ERROR:")}

    assert answer == (error if error["error"] != expected else json.loads(expected))


@settings(max_examples=20)  # of about fifty scans each
@given(scans=st.lists(SCANS | damaged(), min_size=40, max_size=60))
def test_any_scan_says_the_same_on_the_phone(browser_decoder, scans):
    for raw in scans:
        assert browser_decoder.decode(raw, TODAY) == of_warehouse(raw), ascii(raw)


@pytest.mark.parametrize("ai", [rule.ai for rule in RULES if rule.ai not in COMMON])
def test_every_identifier_has_the_same_limits(browser_decoder, ai):
    rule = next(rule for rule in RULES if rule.ai == ai)
    for length in range(len(rule.places) + 2):
        raw = f"({ai}){(rule.places + 'N')[:length].replace('N', '1')}"
        assert browser_decoder.decode(raw, TODAY) == of_warehouse(raw), raw


@given(
    digits=st.lists(st.text("0123456789", min_size=6, max_size=6), min_size=60),
    year=st.integers(1999, 2099),
)
def test_every_day_is_the_same_day(browser_decoder, digits, year):
    for each in digits:
        raw, today = f"17{each}", f"{year}-03-01"
        assert browser_decoder.decode(raw, today) == of_warehouse(raw, today), raw


@given(pairs=st.lists(st.tuples(SCANS, SCANS), min_size=20, max_size=40))
@example(pairs=[("4870001234560", "10L1\x1d17271231")])
@example(pairs=[("10L1\x1d3103001000", "01048700012345603103001001")])
@example(pairs=[("21S1", "0104870001234560"), ("10A", "10B"), ("10A", "11261122")])
def test_two_codes_of_a_pack_are_joined_the_same(browser_decoder, pairs):
    for first, second in pairs:
        expected = told(decode_pair, first, second, today=date.fromisoformat(TODAY))
        assert browser_decoder.combine(first, second, TODAY) == expected


def test_substitutes_are_taken_longest_first(browser_decoder):
    raw = "010487000123456010L1{GS}1727123121A"

    assert browser_decoder.decode(raw, TODAY, "{", "{GS}") == of_warehouse(
        raw, TODAY, "{", "{GS}"
    )


def test_the_cap_counts_characters_as_the_warehouse_does(browser_decoder):
    for raw in ("😀" * 512, "😀" * 513, "1" * 512, "1" * 513):
        assert browser_decoder.decode(raw, TODAY) == of_warehouse(raw)


def test_the_phones_table_is_the_dictionary():
    """Write it anew with the command in its first line."""
    written = browser_identifiers.TARGET.read_text(encoding="utf-8")

    assert written == browser_identifiers.module_text()


def test_the_decoder_is_light(decoder_bytes):
    assert decoder_bytes < WEIGHT_MAX
