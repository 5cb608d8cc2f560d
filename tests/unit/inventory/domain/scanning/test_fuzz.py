"""Whatever a scanner, a person or an attacker sends is read or refused, cheaply."""

import csv
import json
import string
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.inventory.domain.scanning.cleaning import CHARACTERS_MAX, GS
from services.inventory.domain.scanning.decoding import decode, decode_pair
from services.inventory.domain.scanning.dictionary import CSET_82, rule_at
from services.inventory.domain.scanning.faults import ScanError, ScanFault
from services.inventory.domain.scanning.keyboard import reverse_layout
from shared.kernel.gs1 import check_digit

TODAY = date(2026, 11, 22)
VECTORS = Path(__file__).with_name("gs1_vectors.csv")
PREFIXES = ("", "", "]C1", "]d2", "]Q3", "]e0", "]d1", "]Q1", "]E0", "]E4", "]X9", "]")
SEPARATORS = ("", "", GS, GS * 2, " ", "\r\n", "{GS}")
FAULTS = {fault.value for fault in ScanFault}
CALLS_FIXED = 500
CALLS_PER_CHARACTER = 250


def read(raw, substitutes=()):
    """Decode a text; None where it is refused the documented way."""
    try:
        return decode(raw, today=TODAY, substitutes=substitutes)
    except ScanError as refused:
        return _none_for(refused)


def read_pair(first, second):
    try:
        return decode_pair(first, second, today=TODAY)
    except ScanError as refused:
        return _none_for(refused)


def _none_for(refused):
    assert refused.code in FAULTS
    assert refused.detail


def with_check_digit(payload):
    return f"{payload}{check_digit(payload)}"


def of_alphabet(places):
    """A value whose every place is lawful; its meaning may still be none."""
    alphabets = {
        "N": string.digits,
        "X": "".join(sorted(CSET_82)),
        "Y": string.ascii_uppercase + string.digits + "#-/",
        "Z": string.ascii_letters + string.digits + "-_",
    }
    return st.tuples(*[st.sampled_from(alphabets[place]) for place in places]).map(
        "".join
    )


def digits(length):
    return st.text(string.digits, min_size=length, max_size=length)


keys = digits(13).map(with_check_digit)
days = st.dates(date(2000, 1, 1), date(2049, 12, 31)).map(
    lambda day: day.strftime("%y%m%d")
)
lots = st.text(sorted(CSET_82), min_size=1, max_size=20)
likely_elements = st.one_of(
    st.tuples(st.sampled_from(["01", "02"]), keys),
    st.tuples(st.sampled_from(["11", "15", "17"]), days),
    st.tuples(st.sampled_from(["10", "21", "240", "400"]), lots),
    st.tuples(st.just("91"), st.text(string.ascii_letters, min_size=4, max_size=4)),
    st.tuples(st.just("92"), st.text(string.ascii_letters, min_size=44, max_size=44)),
    st.tuples(st.sampled_from(["30", "37"]), st.integers(0, 10**9).map(str)),
    st.tuples(st.just("00"), digits(17).map(with_check_digit)),
)
identifiers = sorted(
    {rule.ai for number in range(10_000) if (rule := rule_at(f"{number:04d}"))}
)
any_elements = st.sampled_from(identifiers).flatmap(
    lambda ai: st.tuples(st.just(ai), of_alphabet(rule_at(ai).places))
)
elements = st.one_of(likely_elements, likely_elements, any_elements)


@st.composite
def element_strings(draw):
    parts = [
        f"{ai}{value}{draw(st.sampled_from(SEPARATORS))}"
        for ai, value in draw(st.lists(elements, min_size=1, max_size=8))
    ]
    return draw(st.sampled_from(PREFIXES)) + "".join(parts)


@st.composite
def bracketed(draw):
    parts = [
        f"({ai}){value}"
        for ai, value in draw(st.lists(elements, min_size=1, max_size=6))
    ]
    return draw(st.sampled_from(["", "]d2", " "])).join(parts)


@st.composite
def links(draw):
    scheme = draw(
        st.sampled_from(["https://", "HTTPS://", "http:/", "hTTps://", "ftp:"])
    )
    path = [f"{ai}/{value}" for ai, value in draw(st.lists(elements, max_size=4))]
    query = [f"{ai}={value}" for ai, value in draw(st.lists(elements, max_size=4))]
    return f"{scheme}id.example/{'/'.join(path)}?{'&'.join(query)}"


@st.composite
def damaged(draw, texts):
    """Cut, doubled, turned round or with a foreign letter in it."""
    text = draw(texts)
    start, end = sorted(
        (draw(st.integers(0, len(text))), draw(st.integers(0, len(text))))
    )
    piece = text[start:end]
    return draw(
        st.sampled_from(
            [
                text[:start] + text[end:],
                text[:end] + piece + text[end:],
                text[:start] + piece[::-1] + text[end:],
                f"{text[:start]}{draw(st.characters())}{text[start:]}",
                f"{text[:start]}{GS}{text[start:]}",
                text + text,
            ]
        )
    )


def vectors():
    with VECTORS.open(newline="") as lines:
        raws = [row["raw"] for row in csv.DictReader(lines)]
    escapes = {"<GS>": GS, "<NUL>": "\0", "<CR>": "\r", "<LF>": "\n", "<TAB>": "\t"}
    for escape, character in escapes.items():
        raws = [raw.replace(escape, character) for raw in raws]
    return raws


grammatical = st.one_of(
    element_strings(), bracketed(), links(), st.sampled_from(vectors())
)
scans = st.one_of(
    grammatical,
    damaged(grammatical),
    damaged(damaged(grammatical)),
    st.text(max_size=CHARACTERS_MAX + 8),
    st.text("0123456789", max_size=60),
    st.text("01279]()[{}/?&=%:;#dCQE \x1d\x00A", max_size=CHARACTERS_MAX),
)


@settings(max_examples=400)
@given(scans)
def test_a_scan_is_read_or_refused_and_nothing_else(raw):
    scan = read(raw, substitutes=("{GS}",))

    if scan is not None:
        assert json.loads(json.dumps(scan.as_json()))["kind"] == scan.kind


@settings(max_examples=100)
@given(scans, scans)
def test_two_scans_are_joined_or_refused_and_nothing_else(first, second):
    joined = read_pair(first, second)

    if joined is not None:
        assert json.dumps(joined.as_json())


@settings(max_examples=100)
@given(scans)
def test_a_suggestion_for_another_layout_is_a_text_or_nothing(raw):
    suggested = reverse_layout(raw)

    assert suggested is None or suggested != raw


@settings(max_examples=100)
@given(grammatical)
def test_wrapping_makes_no_difference(raw):
    assert read(f"\t{raw}\r\n") == read(raw)


@settings(max_examples=100)
@given(grammatical)
def test_a_code_agrees_with_itself(raw):
    scan = read(raw)

    if scan is not None:
        assert decode_pair(raw, raw, today=TODAY).as_json() == scan.as_json()


@given(
    keys,
    lots,
    lots.filter(lambda serial: "91" not in serial and "93" not in serial),
    days,
    st.permutations(["10", "21", "17"]),
)
def test_what_was_put_in_comes_out(gtin, lot, serial, day, order):
    """A pack of any lawful lot and serial, its elements in any order."""
    values = {"10": lot + GS, "21": serial + GS, "17": day}
    raw = f"]d201{gtin}" + "".join(ai + values[ai] for ai in order)

    scan = read(raw)

    if gtin.strip("0"):
        assert (scan.gtin, scan.lot, scan.serial) == (gtin, lot, serial)
        assert scan.expiry.strftime("%y%m%d") == day


@given(
    keys.filter(lambda gtin: gtin.strip("0")),
    st.text(string.ascii_letters, min_size=4, max_size=4),
    st.text(string.ascii_letters, min_size=44, max_size=44),
)
def test_the_secret_part_of_a_marking_code_is_nowhere_in_a_reading(
    gtin, key, signature
):
    secret = f"<{key}>", f"<{signature}>"
    raw = f"01{gtin}21S{GS}91{secret[0][:4]}{GS}92{secret[1][:44]}"

    scan = read(raw)

    told = f"{scan!r}{scan.as_json()}{scan.stated}"
    assert scan.marking == "full"
    assert secret[0][:4] not in told
    assert secret[1][:44] not in told


def calls_of(raw):
    """Count every call that reading a text makes, in Python and in C."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(raw)
    finally:
        sys.setprofile(None)
    return calls


def repeated(unit, length, prefix=""):
    return (prefix + unit * length)[:length]


FAMILIES = {
    "one digit": ("1", ""),
    "zeros": ("0", ""),
    "glued numbers": ("4870001234560", ""),
    "glued pallets": ("348700010000000128", ""),
    "one element": ("2001", "0104870001234560"),
    "one lot": (f"10L{GS}", "0104870001234560"),
    "separators": (GS, "10A"),
    "brackets": ("(", "(10)"),
    "bracketed": ("(10)A", "(01)04870001234560"),
    "bracketed without an end": ("(10)((((A", "(01)04870001234560"),
    "path": ("/01", "https://a"),
    "pairs of a path": ("/10/A", "https://a/01/04870001234560"),
    "query": ("&10=A", "https://a/01/04870001234560?"),
    "percents": ("%", "https://a/01/04870001234560/10/"),
    "encoded": ("%41", "https://a/01/04870001234560/10/"),
    "layout": ("ъв2", ""),
    "prefixes": ("]d2", ""),
    "a long lot": ("A", "010487000123456010"),
    "dates": ("17271231", "0104870001234560"),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_work_grows_no_faster_than_the_text(family):
    """Counted, not timed: twice the text is at most a little over twice the work."""
    unit, prefix = FAMILIES[family]
    calls_of(repeated(unit, CHARACTERS_MAX, prefix))  # fills what is kept for ever

    half = calls_of(repeated(unit, CHARACTERS_MAX // 2, prefix))
    whole = calls_of(repeated(unit, CHARACTERS_MAX, prefix))

    assert whole <= 2.2 * half + CALLS_FIXED


@settings(max_examples=150)
@given(scans)
def test_no_text_makes_more_work_than_its_length_allows(raw):
    read(raw)

    assert calls_of(raw) <= CALLS_FIXED + CALLS_PER_CHARACTER * len(raw)


@given(st.integers(CHARACTERS_MAX + 1, 100_000))
def test_beyond_the_cap_nothing_is_looked_at(length):
    assert calls_of("1" * length) < CALLS_FIXED
