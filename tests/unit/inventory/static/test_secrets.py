"""The secret part of a marking code is cut off before the phone keeps anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

GS = "\x1d"
TODAY = "2026-11-22"
NUMBER = "0104870001234560"
SERIAL = "215aB%c&D(e)1+2"
KEY = "91EE08"
SIGNATURE = "92" + "Zk9/+a" * 7 + "A="
SHORT = "93dGVz"
HRI = f"(01)04870001234560(21)5aB%c&D(e)1+2(91){KEY[2:]}(92){SIGNATURE[2:]}"
LINK = "https://a.kz/01/04870001234560/21/S1"

CUT = {
    "full": (f"{NUMBER}{SERIAL}{GS}{KEY}{GS}{SIGNATURE}", f"{NUMBER}{SERIAL}"),
    "short": (f"{NUMBER}{SERIAL}{GS}{SHORT}", f"{NUMBER}{SERIAL}"),
    "prefix": (f"]d2{NUMBER}{SERIAL}{GS}{SHORT}", f"]d2{NUMBER}{SERIAL}"),
    "leading separator": (f"{GS}{NUMBER}{SERIAL}{GS}{SHORT}", f"{NUMBER}{SERIAL}"),
    "in the middle": (
        f"]C1{NUMBER}{SERIAL}{GS}{SHORT}{GS}10L1{GS}17271231",
        f"]C1{NUMBER}{SERIAL}{GS}10L1{GS}17271231",
    ),
    "in front": (f"{KEY}{GS}{NUMBER}10L1", f"{NUMBER}10L1"),
    "brackets": (HRI, "(01)04870001234560(21)5aB%c&D(e)1+2"),
    "brackets in the middle": ("(91)AB(c)D(10)L1", "(10)L1"),
    "link": (f"{LINK}?91=EE08&17=271231;92=ab%2B&x=92", f"{LINK}?17=271231&x=92"),
    "link with nothing else": (f"{LINK}?92=ab", LINK),
    "link with it in the path": (f"{LINK}/91/EE08?17=271231", f"{LINK}?17=271231"),
    "separators lost": (f"{NUMBER}{SERIAL}{KEY}{SIGNATURE}", f"{NUMBER}{SERIAL}"),
    "unreadable": (f"hello{GS}{KEY}{GS}{SIGNATURE}{GS}x", f"hello{GS}x"),
    "bad prefix": (f"]?{NUMBER}{GS}{KEY}", f"]?{NUMBER}"),
    "nothing else": (f"]d2{SIGNATURE}", ""),
}
KEPT = {
    "Austrian number": "9120000000019",
    "Austrian number of a till": "]E09120000000019",
    "lot named like a secret": f"{NUMBER}1091AB{GS}17271231",
    "lot named like a secret in a link": f"{LINK}/10/91/21/92",
    "serial that ends like a key": f"{NUMBER}21ABC93dGVz",
    "shop's own path": "https://a.kz/91/22/01/04870001234560",
    "shop's own parameter": f"{LINK}?a91=b&9100=c",
    "typed nonsense": "(",
    "nothing": "",
    "wrapping": f"\r{NUMBER}\n",
}


@pytest.mark.parametrize(("raw", "kept"), CUT.values(), ids=CUT.keys())
def test_the_secret_part_goes_and_the_rest_stays(browser_decoder, raw, kept):
    assert browser_decoder.without_secrets(raw) == kept


@pytest.mark.parametrize("raw", KEPT.values(), ids=KEPT.keys())
def test_what_holds_no_secret_stays_as_it_was(browser_decoder, raw):
    assert browser_decoder.without_secrets(raw) == raw


def test_a_substitute_separates_too(browser_decoder):
    raw = f"{NUMBER}{SERIAL}{{GS}}{KEY}{{GS}}10L1"

    kept = browser_decoder.without_secrets(raw, "{GS}")

    assert kept == f"{NUMBER}{SERIAL}{GS}10L1"


PARTS = st.sampled_from([SERIAL, "10L1", "17271231", "240ABC", KEY, SIGNATURE, SHORT])


@given(
    prefix=st.sampled_from(["", "]d2", "]C1", "]Q3"]),
    parts=st.lists(PARTS, unique=True, max_size=7),
)
def test_what_is_kept_says_the_same_but_for_the_marking(browser_decoder, prefix, parts):
    raw = prefix + NUMBER + GS.join(parts)
    kept = browser_decoder.without_secrets(raw)
    said = browser_decoder.decode(raw, TODAY)
    said.pop("marking", None)

    assert browser_decoder.decode(kept, TODAY) == said
    assert not any(secret in kept for secret in (KEY, SIGNATURE, SHORT))


@given(raw=st.text("0191293(){}]d2C/:?&=;hpts.aA\x1d", max_size=60))
def test_cutting_twice_is_cutting_once(browser_decoder, raw):
    kept = browser_decoder.without_secrets(raw)

    assert browser_decoder.without_secrets(kept) == kept
