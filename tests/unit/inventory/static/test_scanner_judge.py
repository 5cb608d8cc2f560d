"""What the scanner test finds out, from keys as scanners really send them."""

import json
import subprocess

import pytest

from services.inventory.entrypoints.pages.scanner_sheet import CODES
from services.inventory.entrypoints.words.scanners import FINDINGS, SUBJECTS
from shared.web import build_assets
from tests.unit.inventory.static.conftest import bundled

DRIVER = build_assets.ROOT / "tests/unit/inventory/static/judge_driver.js"
PROBES = [{"name": code.name, "text": code.text} for code in CODES]
TEXT = {code.name: code.text for code in CODES}
GS = "\x1d"
GERMAN = str.maketrans("yzYZ-/", "zyZY/&")
SIGNS = {"-": "Minus", "/": "Slash", "]": "BracketRight", "|": "Backslash", "*": "Key"}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    build_assets.build()
    folder = tmp_path_factory.mktemp("judge")
    return bundled(DRIVER, folder / "judge.mjs", "--platform=node")


@pytest.fixture
def judge(bundle):
    """Judge presses and what the scan field made of them; outcomes by subject."""

    def judge(presses, read):
        asked = json.dumps({"presses": presses, "read": read, "probes": PROBES})
        done = subprocess.run(
            [build_assets._tools().node, bundle],
            input=asked + "\n",
            capture_output=True,
            text=True,
            check=True,
        )
        verdict = json.loads(done.stdout)
        outcomes = {one["subject"]: one["outcome"] for one in verdict["findings"]}
        for subject, outcome in outcomes.items():
            assert f"{subject}-{outcome}" in FINDINGS
            assert subject in SUBJECTS
        return verdict["probe"], outcomes, verdict["findings"]

    return judge


def place(sign):
    if sign.isdigit():
        return f"Digit{sign}"
    return f"Key{sign.upper()}" if sign.isascii() and sign.isalpha() else SIGNS[sign]


def press(sign, **more):
    facts = {"shiftKey": sign.isupper(), "ctrlKey": False, "altKey": False}
    return {"code": place(sign), "key": sign, "capsLock": False} | facts | more


ENTER = {"code": "Enter", "key": "Enter"}
TAB = {"code": "Tab", "key": "Tab"}
CONTROL_BRACKET = {"code": "BracketRight", "key": "]", "ctrlKey": True}


def alt(*digits):
    return [press(digit, code=f"Numpad{digit}", altKey=True) for digit in digits]


def scan(text, *, separator=(CONTROL_BRACKET,), end=(ENTER,), gap=5):
    """Press the keys of a text; ``separator`` and ``end`` are keys of their own."""
    keys = []
    for sign in text:
        keys.extend(separator if sign == GS else [press(sign)])
    keys.extend(end)
    empty = {"shiftKey": False, "ctrlKey": False, "altKey": False, "capsLock": False}
    return [{**empty, **key, "at": at * gap} for at, key in enumerate(keys)]


@pytest.mark.parametrize("name", TEXT)
def test_a_scanner_that_is_set_well_has_no_fault(judge, name):
    prefixed = "]d2" + TEXT[name]

    probe, outcomes, _ = judge(scan(prefixed), prefixed)

    assert probe == name
    weights = {FINDINGS[f"{subject}-{is_}"].weight for subject, is_ in outcomes.items()}
    assert weights == {"good"}


@pytest.mark.parametrize(
    ("separator", "read", "outcome"),
    [
        ([CONTROL_BRACKET], GS, "control"),
        (alt("0", "2", "9"), GS, "alt"),
        ([], "", "dropped"),
        ([press("|")], "|", "other"),
    ],
)
def test_it_tells_how_the_separator_comes(judge, separator, read, outcome):
    presses = scan(TEXT["datamatrix"], separator=separator)

    _, outcomes, _ = judge(presses, TEXT["datamatrix"].replace(GS, read))

    assert outcomes["separator"] == outcome


@pytest.mark.parametrize(
    ("end", "outcome"),
    [([ENTER], "enter"), ([TAB], "tab"), ([], "none")],
)
def test_it_tells_how_a_scan_ends(judge, end, outcome):
    _, outcomes, _ = judge(scan(TEXT["ean"], end=end), TEXT["ean"])

    assert outcomes["ending"] == outcome


@pytest.mark.parametrize(
    ("prefix", "outcome"), [("", "off"), ("]E0", "on"), ("A", "odd")]
)
def test_it_tells_what_stands_before_a_code(judge, prefix, outcome):
    text = prefix + TEXT["ean"]

    _, outcomes, _ = judge(scan(text), text)

    assert outcomes["prefix"] == outcome


def test_it_tells_what_stands_after_a_code(judge):
    _, outcomes, findings = judge(scan(TEXT["ean"] + "x"), TEXT["ean"] + "x")

    assert outcomes["ending"] == "odd"
    assert [one["sign"] for one in findings if one["subject"] == "ending"] == ["x"]


def test_a_scanner_of_another_country_is_found_out(judge):
    """A German scanner presses the Z key for y; the field goes by the place."""
    typed = TEXT["datamatrix"]
    by_place = typed.translate(GERMAN)
    presses = scan(typed)
    for one, sign in zip(presses, by_place, strict=False):
        if sign != GS:
            one["code"] = "Key6" if sign == "&" else place(sign)

    _, outcomes, _ = judge(presses, by_place)

    assert outcomes["layout"] == "country"
    assert FINDINGS["layout-country"].weight == "fault"


def test_a_device_in_another_language_does_no_harm(judge):
    presses = scan(TEXT["ean"])
    for one in presses:
        one["key"] = one["key"].replace("2", "ә").replace("0", "қ")

    _, outcomes, _ = judge(presses, TEXT["ean"])

    assert outcomes["layout"] == "device"


def test_alt_codes_for_every_sign_are_recognised(judge):
    presses = scan("".join(GS for _ in TEXT["ean"]), separator=alt("0", "5", "0"))

    _, outcomes, _ = judge(presses, TEXT["ean"])

    assert outcomes["layout"] == "alt"


@pytest.mark.parametrize(
    ("change", "caps_lock", "outcome"),
    [
        (str, False, "good"),
        (str.swapcase, True, "caps"),
        (str.swapcase, False, "swapped"),
        (str.upper, False, "converted"),
        (str.lower, False, "converted"),
    ],
)
def test_it_tells_what_became_of_capital_letters(judge, change, caps_lock, outcome):
    text = change(TEXT["gs1-128"])
    presses = [one | {"capsLock": caps_lock} for one in scan(text)]

    probe, outcomes, _ = judge(presses, text)

    assert probe == "gs1-128"
    assert outcomes["case"] == outcome


def test_digits_alone_say_nothing_of_letters_or_separators(judge):
    _, outcomes, _ = judge(scan(TEXT["ean"]), TEXT["ean"])

    assert not {"case", "separator"} & set(outcomes)


@pytest.mark.parametrize(("gap", "outcome"), [(5, "good"), (60, "slow")])
def test_it_tells_the_speed(judge, gap, outcome):
    _, outcomes, findings = judge(scan(TEXT["ean"], gap=gap), TEXT["ean"])

    assert outcomes["speed"] == outcome
    assert findings[-1]["sign"] == str(gap)


def test_signs_that_got_lost_are_noticed(judge):
    text = TEXT["qr"].replace("aZ", "").replace("00", "0", 1)

    _, outcomes, _ = judge(scan(text), text)

    assert outcomes["whole"] == "lost"


def test_a_code_of_no_sheet_is_not_judged(judge):
    probe, outcomes, findings = judge(scan("4870001234567"), "4870001234567")

    assert probe is None
    assert outcomes["whole"] == "unknown"
    assert "4870001234567" not in json.dumps(findings)
