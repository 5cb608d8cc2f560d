"""A handover accounts for everything that left, line by line."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.errors import (
    DoesNotAddUpError,
    HandoverLinesError,
    RefusalReasonMissingError,
)
from services.distribution.domain.handover import (
    GateLine,
    RefusalReason,
    check_lines,
)

LOT = UUID(int=1)
KEY = ("W-A", "SOAP", LOT)


def a_line(accepted=10, refused=0, reason=None, damaged=0, short=0, unit_code="W-A"):
    return GateLine(unit_code, "SOAP", LOT, accepted, refused, reason, damaged, short)


def test_a_handover_of_every_line_passes():
    check_lines([a_line(7, 2, RefusalReason.OTHER, 1)], {KEY: 10})


def test_a_line_that_did_not_leave_may_be_left_out():
    check_lines([], {KEY: 0})


@pytest.mark.parametrize(
    "lines",
    [[], [a_line(), a_line()], [a_line(), a_line(unit_code="W-B")]],
    ids=["missing", "twice", "not dispatched"],
)
def test_every_dispatched_line_is_named_once(lines):
    with pytest.raises(HandoverLinesError):
        check_lines(lines, {KEY: 10})


def test_a_refusal_needs_a_reason():
    with pytest.raises(RefusalReasonMissingError):
        check_lines([a_line(9, 1)], {KEY: 10})


def test_a_reason_that_is_not_on_the_list_is_kept_as_other():
    """Free text about a gate or a person is not kept (DOMAIN 5.4)."""
    assert RefusalReason.read("the officer said no") is RefusalReason.OTHER
    assert RefusalReason.read("packaging_opened") is RefusalReason.PACKAGING_OPENED


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4), st.integers(0, 80))
def test_the_four_add_up_or_the_line_is_refused(ends, left):
    """INV-08: dispatched = accepted + refused + damaged + short, for each line."""
    accepted, refused, damaged, short = ends
    line = a_line(accepted, refused, RefusalReason.OTHER, damaged, short)
    if sum(ends) == left:
        check_lines([line], {KEY: left})
    else:
        with pytest.raises(DoesNotAddUpError):
            check_lines([line], {KEY: left})
