"""Labels are printed and read back, as coarse as the cheapest printer does it."""

from datetime import date

import pytest

from services.inventory.application.receiving.label_sheets import (
    STOCKS,
    Label,
    LabelRow,
)
from services.inventory.domain.own_codes import (
    box_elements,
    box_number,
    lot_elements,
    place_elements,
)
from services.inventory.domain.scanning.decoding import decode
from shared.kernel.gs1 import GTIN
from tests.support.labels import codes_on, label_pages, label_picture

TODAY = date(2026, 11, 22)
EXPIRES_ON = date(2028, 3, 31)
CHEAP, GOOD = 203, 300


def a_lot_label(lot_number="B2409A"):
    return Label(
        head="Ұйықтауға арналған төсем, 8 дана қаптамада",
        rows=[LabelRow("Топтама", lot_number, is_code=True)],
        elements=lot_elements(GTIN.parse("2000100010006"), lot_number, EXPIRES_ON),
    )


def a_place_label(code="A-01"):
    return Label(head=code, elements=place_elements(code), is_code=True, has_bars=True)


@pytest.mark.parametrize("fineness", [CHEAP, GOOD])
@pytest.mark.parametrize("stock", sorted(STOCKS))
@pytest.mark.parametrize("lot_number", ["B2409A", "=1+1;<s>(A)%&'12345"])
def test_the_label_of_a_lot_says_the_same_when_it_is_read_back(
    lot_number, stock, fineness
):
    [raw] = codes_on(label_picture(a_lot_label(lot_number), stock, fineness))

    scan = decode(raw, today=TODAY)
    assert scan.gtin == "02000100010006"
    assert scan.lot == lot_number
    assert scan.expiry == EXPIRES_ON


@pytest.mark.parametrize("fineness", [CHEAP, GOOD])
def test_a_box_is_read_from_its_square_and_from_its_bars(fineness):
    number = box_number("9520000", 7)
    label = Label(head="7", elements=box_elements(number), has_bars=True)

    raws = codes_on(label_picture(label, "roll-62x50", fineness))

    assert sorted(raw[:3] for raw in raws) == ["]C1", "]d2"]
    assert {decode(raw, today=TODAY).sscc for raw in raws} == {number}


@pytest.mark.parametrize("stock", ["sheet-24", "sheet-14"])
def test_a_whole_sheet_and_one_more_is_read_from_the_start_of_the_first(stock):
    count = STOCKS[stock].per_page + 1
    labels = [a_place_label(f"B-{n:02d}") for n in range(count)]

    first, second = label_pages(labels, STOCKS[stock], CHEAP)

    squares = [raw for raw in codes_on(first) if raw.startswith("]d2")]
    assert sorted(squares) == [f"]d298B-{n:02d}" for n in range(count - 1)]
    assert f"]d298B-{count - 1:02d}" in codes_on(second)


def test_a_label_without_a_code_is_still_a_label():
    assert codes_on(label_picture(Label(head="Полка 1"))) == []
