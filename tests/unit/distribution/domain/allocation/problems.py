"""Allocation problems for tests: small ones that shrink, large ones that do not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from services.distribution.domain.allocation import Claim, Lot, Problem

HANDOVER = date(2026, 11, 20)
GROUPS = ("boys", "children", "medical", "women")
WEIGHTS = tuple(map(Fraction, ("1", "1", "3/2", "1/2", "7/5")))
DAYS_LEFT = (None, -1, 0, 10, 29, 30, 200)
DAYS_NEEDED = (0, 10, 30)


def days_on(days: int | None) -> date | None:
    return None if days is None else HANDOVER + timedelta(days)


def a_lot(
    id_="L1", quantity=10, *, days_left=None, earmark=None, received_on=date(2026, 9, 1)
) -> Lot:
    tied = None if earmark is None else frozenset(earmark)
    return Lot(id_, quantity, days_on(days_left), received_on, tied)


def a_claim(
    id_="C1",
    entitlement=10,
    *,
    received=0,
    requested=None,
    weight="1",
    priority_class=1,
    min_days=0,
    groups=(),
    last_served_on=None,
) -> Claim:
    return Claim(
        id=id_,
        entitlement=entitlement,
        received=received,
        requested=entitlement if requested is None else requested,
        weight=Fraction(weight),
        priority_class=priority_class,
        min_days=min_days,
        groups=frozenset(groups),
        last_served_on=last_served_on,
    )


def a_problem(lots, claims) -> Problem:
    return Problem("HYG-SOAP-B", HANDOVER, tuple(lots), tuple(claims))


def in_one_class(problem: Problem) -> Problem:
    claims = tuple(replace(claim, priority_class=1) for claim in problem.claims)
    return replace(problem, claims=claims)


def _build(
    some: Callable[[Any], Any], claims: int, lots: int, units: int, due: int
) -> Problem:
    """Build a problem; ``some`` picks one of a sequence, by shrinking or by seed."""

    def groups() -> frozenset[str]:
        return frozenset(group for group in GROUPS if some((False, True)))

    return a_problem(
        [
            Lot(
                id=f"L{number:03}",
                quantity=some(range(units + 1)),
                expires_on=days_on(some(DAYS_LEFT)),
                received_on=HANDOVER - timedelta(some(range(3))),
                earmark=some((None, groups())),
            )
            for number in range(lots)
        ],
        [
            Claim(
                id=f"C{number:04}",
                entitlement=some(range(due + 1)),
                received=some((0, 0, some(range(due + 1)))),
                requested=some(range(due + 3)),
                weight=some(WEIGHTS),
                priority_class=some((1, 1, 2)),
                min_days=some(DAYS_NEEDED),
                groups=groups(),
                last_served_on=some((None, HANDOVER, HANDOVER - timedelta(9))),
            )
            for number in range(claims)
        ],
    )


@st.composite
def problems(draw, claims_max=6, lots_max=4, units_max=8, due_max=9) -> Problem:
    return _build(
        lambda options: draw(st.sampled_from(options)),
        draw(st.integers(0, claims_max)),
        draw(st.integers(0, lots_max)),
        units_max,
        due_max,
    )


def random_problem(random, claims=6, lots=4, units=8, due=9) -> Problem:
    return _build(random.choice, claims, lots, units, due)
