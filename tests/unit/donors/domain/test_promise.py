"""What may be promised, and how numbers are said."""

import pytest

from services.donors.domain.earmark import checked_earmark, facilities_reached
from services.donors.domain.errors import (
    DuplicateLineError,
    ProductNotAcceptedError,
    QuantityOutOfRangeError,
    UnknownEarmarkGroupError,
    UnknownProductError,
)
from services.donors.domain.promise import Line, checked_lines, spoken_number
from services.donors.domain.words import name_in
from shared.kernel.errors import MalformedError

FLAGS = {"SOAP": (), "PADS": ("sized",), "FORMULA": ("bms", "refuse")}


def test_lines_are_kept_in_order_of_product():
    lines = [Line("SOAP", 1), Line("PADS", 2)]

    assert checked_lines(lines, FLAGS) == [Line("PADS", 2), Line("SOAP", 1)]


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([], MalformedError),
        ([Line("SOAP", 1)] * 2, DuplicateLineError),
        ([Line("SOPA", 1)], UnknownProductError),
        ([Line("FORMULA", 1)], ProductNotAcceptedError),
        ([Line(f"P{number}", 1) for number in range(201)], MalformedError),
    ],
)
def test_lines_that_cannot_be_promised_are_refused(lines, refusal):
    with pytest.raises(refusal):
        checked_lines(lines, FLAGS)


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001])
def test_a_quantity_has_limits(quantity):
    with pytest.raises(QuantityOutOfRangeError):
        Line("SOAP", quantity)


def test_a_number_can_be_said_aloud():
    assert spoken_number("G", 2026, 7) == "G-2026-007"
    assert spoken_number("G", 2026, 1234) == "G-2026-1234"


def test_an_earmark_names_groups_that_exist_each_once():
    assert checked_earmark(["women", "mothers", "women"], ["mothers"]) == (
        "mothers",
        "women",
    )
    assert checked_earmark(None, []) is None


def test_an_earmark_of_nobody_is_refused():
    with pytest.raises(UnknownEarmarkGroupError):
        checked_earmark(["martians"], ["women"])
    with pytest.raises(MalformedError):
        checked_earmark([], ["women"])


def test_a_facility_with_one_of_the_groups_is_reached():
    facilities = {"A": frozenset({"women"}), "B": frozenset({"boys", "children"})}

    assert facilities_reached(("children", "release"), facilities) == 1


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ({"kk": "Сабын", "ru": "Мыло", "en": "Soap"}, "Сабын"),
        ({"ru": "Мыло", "en": "Soap"}, "Мыло"),
        ({"en": "Soap", "kk": ""}, "Soap"),
        ({}, "SOAP"),
    ],
)
def test_a_name_falls_back_to_the_nearest_language(names, name):
    assert name_in(names, "kk", "SOAP") == name
