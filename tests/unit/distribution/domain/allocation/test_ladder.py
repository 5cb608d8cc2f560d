"""The order of units: whole numbers that stand for fractions, exactly."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.allocation.ladder import build_ladders, first_units
from tests.unit.distribution.domain.allocation.problems import a_claim

CLAIMS = st.lists(
    st.builds(
        a_claim,
        entitlement=st.integers(1, 10**9),
        received=st.integers(0, 10**9),
        weight=st.fractions("1/1000", 1000, max_denominator=10**6),
    ),
    min_size=2,
    max_size=2,
)


@given(CLAIMS, st.integers(0, 3), st.integers(0, 3))
def test_marks_compare_as_the_levels_do(claims, first, second):
    one, other = (
        Fraction(claim.received + units) / (claim.weight * claim.entitlement)
        for claim, units in zip(claims, (first, second), strict=True)
    )
    ladders = build_ladders(
        replace(claim, id=f"C{number}") for number, claim in enumerate(claims)
    )
    marks = ladders["C0"].mark(first), ladders["C1"].mark(second)

    assert (one < other) == (marks[0] < marks[1])
    assert (one == other) == (marks[0] == marks[1])


STEPS = st.lists(
    st.tuples(
        st.integers(1, 60),
        st.integers(0, 70),
        st.integers(0, 70),
        st.sampled_from(["1", "1/3", "5/2"]),
    ),
    max_size=8,
)


@given(STEPS, st.integers(0, 500))
def test_the_jump_ahead_gives_the_first_units_in_order(steps, total):
    claims = [
        a_claim(f"C{n}", due, received=received, requested=requested, weight=weight)
        for n, (due, received, requested, weight) in enumerate(steps)
    ]
    ladders = list(build_ladders(claims).values())

    every = sorted(
        (ladder.key(unit), index)
        for index, ladder in enumerate(ladders)
        for unit in range(1, ladder.cap + 1)
    )
    expected = [0] * len(ladders)
    for _, index in every[:total]:
        expected[index] += 1
    assert first_units(ladders, total) == expected
