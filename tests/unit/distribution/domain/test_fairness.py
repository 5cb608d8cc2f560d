"""Figures that describe a proposal; equal shares are 1 by Jain and 0 by Gini."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.fairness import evenness
from services.distribution.domain.run import RunLine


def a_line(quantity, entitlement=10, requested=10):
    return RunLine(
        unit_code="W-A",
        product_code="SOAP",
        entitlement=entitlement,
        already_received=0,
        requested=requested,
        proposed=quantity,
        quantity=quantity,
        lots={},
        reasons=(),
        basis={},
    )


def test_equal_shares_are_even():
    found = evenness([a_line(5), a_line(5)])

    assert (found.lowest, found.jain, found.gini) == (Fraction(1, 2), 1, 0)


def test_all_for_one_of_two_is_as_uneven_as_two_can_be():
    found = evenness([a_line(10), a_line(0)])

    assert (found.lowest, found.highest) == (0, 1)
    assert (found.jain, found.gini) == (Fraction(1, 2), Fraction(1, 2))


def test_nothing_for_everybody_is_even():
    assert evenness([a_line(0), a_line(0)]).jain == 1


def test_lines_without_anything_due_are_not_compared():
    assert evenness([a_line(0, entitlement=0), a_line(0, requested=0)]) is None
    assert a_line(0, entitlement=0).share == 0


@given(st.lists(st.integers(0, 10), min_size=1, max_size=8))
def test_the_figures_stay_in_their_bounds(quantities):
    found = evenness([a_line(quantity) for quantity in quantities])

    assert 0 < found.jain <= 1
    assert 0 <= found.gini < 1
    assert found.lowest <= found.highest
