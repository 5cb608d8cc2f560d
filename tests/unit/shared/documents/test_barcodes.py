"""Codes are drawn with real separators, and only where a scanner can read them."""

import pytest

from shared.documents.barcodes import (
    CodeNotDrawableError,
    ean13,
    gs1_128,
    gs1_datamatrix,
    qr,
    readable,
)
from shared.kernel.gs1 import GTIN

LOT = {"01": "02000100010006", "17": "280331", "10": "B2409A"}


def test_a_drawing_knows_its_size_in_modules():
    drawing = gs1_datamatrix(LOT)

    assert drawing["svg"].startswith("<?xml")
    assert drawing["width"] == drawing["height"]
    assert f'width="{drawing["width"]}"' in drawing["svg"]


def test_a_long_lot_still_makes_a_square():
    drawing = gs1_datamatrix({**LOT, "10": "=1+1;<s>(A%&'x12345"})

    assert drawing["width"] == drawing["height"]


def test_round_brackets_of_a_lot_are_no_identifiers():
    one = gs1_128({**LOT, "10": "A(21)B"})
    other = gs1_128({**LOT, "10": "A", "21": "B"})

    assert one["svg"] != other["svg"]


@pytest.mark.parametrize("lot", ["Серия 5", ""])
def test_a_lot_that_no_scanner_sends_is_not_drawn(lot):
    with pytest.raises(CodeNotDrawableError):
        gs1_datamatrix({**LOT, "10": lot})


def test_a_case_has_no_retail_bars():
    with pytest.raises(CodeNotDrawableError, match="14 digits"):
        ean13(GTIN.parse("19520000000018"))


def test_retail_bars_and_addresses_are_drawn():
    assert ean13(GTIN.parse("2000100010006"))["width"] > 95
    assert qr("https://store.example/inventory/scan")["width"] > 21


def test_what_stands_under_a_code_is_what_it_says():
    assert readable(LOT) == "(01)02000100010006(17)280331(10)B2409A"
