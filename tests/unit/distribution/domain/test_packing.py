"""A consignment is ticked off by the labels on bags and lots."""

from uuid import UUID

import pytest

from services.distribution.domain.errors import (
    NotOnConsignmentError,
    PackedBeforeError,
)
from services.distribution.domain.packing import PackLine, label_of, ticked_off

NUMBER = "C-2026-0001"


def a_line(unit="W-A", lot="B2409A", asked=10, packed=0, bags=()):
    return PackLine((unit, "HYG-SOAP-B", UUID(int=1)), lot, asked, packed, bags)


def by_unit(parts):
    return {key[0]: part for key, part in parts.items()}


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("0417", "0417"),
        (" b-12 ", "B-12"),
        ("]d2010460000000000417280331" + "10B2409A", "B2409A"),
        ("]d20104600000000004" + "10B2409A\x1d240X", "B2409A"),
        ("(01)04600000000004(17)280331(10)B2409A", "B2409A"),
        ("]C10417", "0417"),
    ],
)
def test_a_label_names_a_seal_or_a_lot(raw, label):
    assert label_of(raw) == label


def test_a_seal_ticks_off_every_line_in_its_bag():
    lines = [a_line(bags=("0417",)), a_line("W-B", bags=("0417", "0418"))]

    assert by_unit(ticked_off(NUMBER, lines, "0417")) == {"W-A": 10, "W-B": 10}


def test_a_lot_ticks_off_as_many_as_are_said_line_by_line():
    lines = [a_line(asked=3), a_line("W-B", asked=3)]

    assert by_unit(ticked_off(NUMBER, lines, "B2409A", 4)) == {"W-A": 3, "W-B": 1}


def test_what_is_not_on_the_list_is_told():
    with pytest.raises(NotOnConsignmentError, match="X-1 is not on consignment"):
        ticked_off(NUMBER, [a_line()], "X-1")


@pytest.mark.parametrize(("done", "more"), [(10, None), (8, 3)])
def test_more_than_the_list_has_is_told(done, more):
    with pytest.raises(PackedBeforeError):
        ticked_off(NUMBER, [a_line(packed=done)], "B2409A", more)
