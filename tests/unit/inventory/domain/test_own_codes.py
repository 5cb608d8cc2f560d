"""What our own labels say, and that our own reader understands it."""

from datetime import date

import pytest

from services.inventory.domain.own_codes import (
    box_elements,
    box_number,
    lot_elements,
    place_elements,
    place_of_scan,
)
from services.inventory.domain.scanning.decoding import decode
from shared.kernel.gs1 import GTIN, SSCC

TODAY = date(2026, 11, 22)
SOAP = GTIN.parse("2000100010006")


def test_the_label_of_a_lot_says_product_last_day_and_number():
    assert lot_elements(SOAP, "B2409A", date(2028, 3, 31)) == {
        "01": "02000100010006",
        "17": "280331",
        "10": "B2409A",
    }


def test_the_number_stands_last_because_its_length_varies():
    assert list(lot_elements(SOAP, "B2409A", date(2028, 3, 31)))[-1] == "10"


@pytest.mark.parametrize("lot_number", ["Серия 5", "A B", "X" * 21])
def test_a_number_no_code_can_hold_is_left_for_people(lot_number):
    assert "10" not in lot_elements(SOAP, lot_number, None)


def test_a_place_is_what_a_scan_of_its_label_means():
    assert place_of_scan(place_elements("A-01")) == "A-01"


def test_a_place_beside_goods_is_no_choice_of_a_place():
    assert place_of_scan({**place_elements("A-01"), "01": str(SOAP)}) is None


def test_a_place_in_cyrillic_has_no_code():
    assert place_elements("Полка 1") == {}


def test_the_number_of_a_box_is_sound_and_read_as_one():
    number = box_number("9520000", 12)

    assert SSCC.parse(number) == number
    [(ai, value)] = box_elements(number).items()
    assert decode(f"]C1{ai}{value}", today=TODAY).sscc == number


def test_boxes_of_a_prefix_come_to_an_end():
    assert box_number("9520000", 10**9 - 1)
    with pytest.raises(ValueError, match="leaves room"):
        box_number("9520000", 10**9)
