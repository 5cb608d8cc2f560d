"""Two codes on one pack are one thing, or they are two packs."""

from datetime import date

import pytest

from services.inventory.domain.scanning.combining import combine
from services.inventory.domain.scanning.decoding import decode, decode_pair
from services.inventory.domain.scanning.faults import ScanError

TODAY = date(2026, 11, 22)
EAN = "4870001234560"
LOT_AND_EXPIRY = "10L1\x1d17271231"


def both(first, second):
    return combine(decode(first, today=TODAY), decode(second, today=TODAY))


@pytest.mark.parametrize("codes", [(EAN, LOT_AND_EXPIRY), (LOT_AND_EXPIRY, EAN)])
def test_lot_and_expiry_join_their_number_in_either_order(codes):
    assert both(*codes).as_json() == {
        "kind": "gtin",
        "gtin": "04870001234560",
        "format": "GTIN-13",
        "rcn": False,
        "lot": "L1",
        "expiry": "2027-12-31",
    }


def test_saying_the_same_twice_is_no_contradiction():
    assert both(EAN, f"010{EAN}10L1").lot == "L1"


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (EAN, "4600000000015", "DUPLICATE_AI"),
        (f"010{EAN}10L1", "10L2", "DUPLICATE_AI"),
        (f"010{EAN}", f"00348700010000000128020{EAN}3724", "AI_CONFLICT"),
        ("348700010000000128", LOT_AND_EXPIRY, "MISSING_COMPANION"),
    ],
)
def test_two_packs_are_not_made_one(first, second, code):
    with pytest.raises(ScanError) as refused:
        both(first, second)

    assert refused.value.code == code


def test_without_any_key_the_lack_remains():
    assert both("10L1", "]C117271231").warnings == ("NO_KEY",)


def test_a_doubt_about_one_scan_remains():
    joined = both(EAN, "10L12317271231")

    assert joined.warnings == ("SUSPECT_MISSING_GS",)


def test_a_marking_code_may_be_spread_over_both():
    assert both(f"010{EAN}21S\x1d91EE10", f"92{'x' * 44}").marking == "full"


def test_a_pallet_and_its_product_keep_the_class_of_the_product():
    joined = both("348700010000000128", EAN)

    assert (joined.kind, joined.format, joined.rcn) == ("sscc", "GTIN-13", False)


SECOND_NEEDS_FIRST = "21SER123"


@pytest.mark.parametrize(
    "codes", [(EAN, SECOND_NEEDS_FIRST), (SECOND_NEEDS_FIRST, EAN)]
)
def test_what_one_symbol_needs_may_stand_in_the_other(codes):
    """DOMAIN.md 1.1: pairings are judged over all symbols of the pack."""
    read = decode_pair(*codes, today=TODAY)

    assert (read.gtin, read.serial) == (f"0{EAN}", "SER123")
    with pytest.raises(ScanError):
        decode(SECOND_NEEDS_FIRST, today=TODAY)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (SECOND_NEEDS_FIRST, "10L1", "MISSING_COMPANION"),
        (EAN, f"020{EAN}3724", "AI_CONFLICT"),
        (EAN, "EAN", "NOT_GS1"),
        (f"010{EAN}241A", "241B", "DUPLICATE_AI"),
        (f"010{EAN}17271231", "]C117281231", "DUPLICATE_AI"),
    ],
)
def test_a_pair_that_contradicts_itself_is_refused(first, second, code):
    with pytest.raises(ScanError) as refused:
        decode_pair(first, second, today=TODAY)

    assert refused.value.code == code


def test_a_naked_number_in_a_gs1_symbol_stays_a_number():
    """As an element string 2112345678900 would be the serial 12345678900."""
    read = decode_pair("]C12112345678900", "10L1", today=TODAY)

    assert (read.gtin, read.serial, read.lot) == ("02112345678900", None, "L1")
