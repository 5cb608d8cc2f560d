"""Fair shares against an independent solver: no whole-unit share beats a linear one."""

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.distribution.domain.allocation import allocate
from tests.unit.distribution.domain.allocation.plain_loop import level, suits
from tests.unit.distribution.domain.allocation.problems import (
    in_one_class,
    random_problem,
)


class LinearShares:
    """The problem with divisible units, as a linear programme."""

    def __init__(self, problem):
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)  # noqa: FBT003  HiGHS's signature
        self.claims = [claim for claim in problem.claims if claim.cap]
        pairs = [
            (lot, claim, self.solver.addVariable(lb=0))
            for lot in problem.lots
            for claim in self.claims
            if suits(problem, claim, lot)
        ]
        for lot in problem.lots:
            used = [units for of, _, units in pairs if of is lot]
            if used:
                self.solver.addConstr(sum(used) <= lot.quantity)
        self.shares = {}
        for claim in self.claims:
            got = self.solver.addVariable(lb=0, ub=claim.cap)
            self.shares[claim.id] = got
            carried = [units for _, to, units in pairs if to is claim]
            self.solver.addConstr(got - sum(carried) == 0)

    def largest_total(self):
        self.solver.maximize(sum(self.shares.values()))
        return self.solver.getInfo().objective_function_value

    def highest_lowest_level(self):
        lowest = self.solver.addVariable(lb=0)
        for claim in self.claims:
            due = float(claim.weight * claim.entitlement)
            self.solver.addConstr(
                self.shares[claim.id] - due * lowest >= -claim.received
            )
        self.solver.maximize(lowest)
        return self.solver.getInfo().objective_function_value


@given(st.randoms(use_true_random=True))
@settings(max_examples=40)
def test_the_lowest_share_is_within_one_unit_of_the_linear_bound(random):
    problem = in_one_class(random_problem(random, claims=25, lots=8, units=40, due=30))
    given_units = {award.claim: award.quantity for award in allocate(problem).awards}
    linear = LinearShares(problem)
    if not linear.claims:
        return

    bound = linear.highest_lowest_level()
    lowest = min(level(claim, given_units[claim.id]) for claim in linear.claims)
    step = max(1 / (claim.weight * claim.entitlement) for claim in linear.claims)

    assert bound + 1e-6 >= lowest > bound - step - 1e-6


@given(st.randoms(use_true_random=True))
@settings(max_examples=40)
def test_nothing_that_could_be_given_stays_behind(random):
    problem = random_problem(random, claims=25, lots=8, units=40, due=30)
    awarded = sum(award.quantity for award in allocate(problem).awards)

    assert LinearShares(problem).largest_total() == pytest.approx(awarded)
