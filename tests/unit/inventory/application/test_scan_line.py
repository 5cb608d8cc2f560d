"""A line of a batch is read once; what does not fit is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.application.scanning.line import (
    checked_quantity,
    read_line,
)
from services.inventory.domain.errors import QuantityOutOfRangeError
from shared.kernel.errors import DomainError, MalformedError

LINE = {
    "scan_id": "0198f000-0000-7000-8000-000000000001",
    "action": "receive",
    "product_code": "HYG-SOAP-B",
    "quantity": 3,
    "location_code": "A-01",
    "occurred_at": "2026-11-22T10:00:00+05:00",
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def test_reads_what_was_sent():
    line = read_line({**LINE, "lot_number": " L1 ", "expires_on": "2027-03-31"})

    assert (line.lot_number, line.expires_on.year) == ("L1", 2027)
    assert line.occurred_at.utcoffset().seconds == 5 * 3600


@pytest.mark.parametrize("quantity", [0, -1, 10**9, 2.5, 3.0, True, "3", None, [1]])
def test_a_quantity_is_a_whole_number_of_units(quantity):
    with pytest.raises(QuantityOutOfRangeError):
        read_line({**LINE, "quantity": quantity})


def test_nothing_may_be_counted():
    assert read_line({**LINE, "action": "count", "quantity": 0}).quantity == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("action", "steal"),
        ("action", None),
        ("occurred_at", "2026-11-22T10:00:00"),
        ("occurred_at", "0001-01-01T00:00:00+14:00"),
        ("occurred_at", 5),
        ("expires_on", "31.03.2027"),
        ("expires_on", "2027-W01-1"),
        ("expires_on", "2027-02-30"),
        ("expires_on", "9999-12-31"),
        ("lot_id", "L1"),
        ("lot_number", "партия"),
        ("lot_number", "L1\ufffd"),
        ("lot_number", "L" * 21),
        ("location_code", "../A-01"),
        ("gift_number", ""),
        ("temperature_celsius", float("nan")),
        ("temperature_celsius", "4"),
        ("temperature_celsius", True),
        ("raw", 4870001234560),
        ("second_raw", 17271231),
        ("second_raw", "17271231"),
        ("description", "x" * 121),
        ("description", " "),
        ("count_sheet_number", "../CS-1"),
        ("reason", " "),
        ("reason", "x" * 501),
    ],
)
def test_names_the_field_that_does_not_fit(field, value):
    with pytest.raises(MalformedError) as refused:
        read_line({**LINE, field: value})

    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("lot_number", ["<script>", "=1+1", "A/B-1", "%&'()*"])
def test_a_lot_number_is_whatever_gs1_allows(lot_number):
    assert read_line({**LINE, "lot_number": lot_number}).lot_number == lot_number


def test_a_line_says_what_it_is_about():
    without = {name: value for name, value in LINE.items() if name != "product_code"}

    with pytest.raises(MalformedError, match="what was scanned"):
        read_line(without)


@given(st.dictionaries(st.sampled_from([*LINE, "raw", "lot_number"]), json_values))
def test_whatever_is_sent_is_read_or_refused(changes):
    try:
        read_line({**LINE, **changes})
    except DomainError:
        return


def test_the_bounds_of_a_quantity_are_quantities():
    assert [checked_quantity(1), checked_quantity(1_000_000)] == [1, 1_000_000]
