"""The rule on quantities no loop could hand out, judged by Hall's condition alone.

Nothing here knows a flow: a division can be carried if no set of claims gets more
than the lots that suit one of them hold. So a fault that the solver, the plain loop
and the certificate had in common would still show.
"""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from services.distribution.domain.allocation import allocate
from tests.unit.distribution.domain.allocation.plain_loop import step_key, suits
from tests.unit.distribution.domain.allocation.problems import random_problem

SCALES = (1, 1_000, 10**6 + 3, 10**9 - 1)
ODD_WEIGHTS = tuple(
    map(
        Fraction, ("1", "1/3", "0.001", "999999/1000000", "12345.678", "1000000/999999")
    )
)


def huge(random):
    """A random problem with its numbers blown up; perhaps blurred, with odd weights.

    Left as they were, many claims stand at the same level: ties are broken.
    """
    small = random_problem(random, random.randint(1, 7), random.randint(1, 6), units=9)
    scale, is_blurred = random.choice(SCALES), random.choice((True, False))
    weights = ODD_WEIGHTS if is_blurred else (Fraction(1),)

    def grown(number):
        blur = random.randrange(scale) if is_blurred and number else 0
        return number * scale + blur

    return type(small)(
        small.product_code,
        small.handover_on,
        tuple(
            type(lot)(
                lot.id,
                grown(lot.quantity),
                lot.expires_on,
                lot.received_on,
                lot.earmark,
            )
            for lot in small.lots
        ),
        tuple(
            type(claim)(
                id=claim.id,
                entitlement=grown(claim.entitlement),
                received=grown(claim.received),
                requested=grown(claim.requested),
                weight=random.choice(weights),
                priority_class=claim.priority_class,
                min_days=claim.min_days,
                groups=claim.groups,
                last_served_on=claim.last_served_on,
            )
            for claim in small.claims
        ),
    )


class Hall:
    """Whether totals can be carried, and how much of each lot they have to use."""

    def __init__(self, problem):
        self.problem = problem
        self.takers = [
            sum(
                1 << place
                for place, claim in enumerate(problem.claims)
                if suits(problem, claim, lot)
            )
            for lot in problem.lots
        ]
        self.sets = range(1 << len(problem.claims))

    def carries(self, totals):
        return all(self._asked(totals, some) <= self._held(some) for some in self.sets)

    def most_served(self, totals, lots):
        """By the lots of these places alone: the smallest cut."""
        everything = sum(totals)
        return min(
            everything - self._asked(totals, some) + self._held(some, lots)
            for some in self.sets
        )

    def _asked(self, totals, some):
        return sum(units for place, units in enumerate(totals) if some >> place & 1)

    def _held(self, some, lots=None):
        return sum(
            lot.quantity
            for place, lot in enumerate(self.problem.lots)
            if self.takers[place] & some and (lots is None or place in lots)
        )


def with_one_more(totals, place, *, less=None):
    moved = list(totals)
    moved[place] += 1
    if less is not None:
        moved[less] -= 1
    return moved


def is_before(one, totals, place, other, taken):
    """Say whether the rule serves ``one`` before it gives ``other`` its last unit."""
    if one.priority_class != other.priority_class:
        return one.priority_class < other.priority_class
    mine = step_key(one, totals[place])
    return mine < step_key(other, totals[taken] - 1)


@given(st.randoms(use_true_random=True))
@settings(max_examples=30)
def test_no_unit_could_go_anywhere_better(random):
    for _ in range(10):
        problem = huge(random)
        hall, claims = Hall(problem), problem.claims
        given_to = {award.claim: award.quantity for award in allocate(problem).awards}
        totals = [given_to[claim.id] for claim in claims]

        assert hall.carries(totals)
        for place, claim in enumerate(claims):
            if totals[place] == claim.cap:
                continue
            assert not hall.carries(with_one_more(totals, place))
            for taken, other in enumerate(claims):
                if taken == place or not totals[taken]:
                    continue
                if is_before(claim, totals, place, other, taken):
                    moved = with_one_more(totals, place, less=taken)
                    assert not hall.carries(moved)


@given(st.randoms(use_true_random=True))
@settings(max_examples=30)
def test_what_expires_first_goes_as_far_as_it_can(random):
    for _ in range(10):
        problem = huge(random)
        hall, used = Hall(problem), dict.fromkeys((x.id for x in problem.lots), 0)
        awards = {award.claim: award for award in allocate(problem).awards}
        for award in awards.values():
            for share in award.lots:
                used[share.lot] += share.quantity
        totals = [awards[claim.id].quantity for claim in problem.claims]

        in_order = sorted(
            range(len(problem.lots)), key=lambda place: problem.lots[place].order
        )
        for end in range(1, len(in_order) + 1):
            first = in_order[:end]
            taken = sum(used[problem.lots[place].id] for place in first)
            assert taken == hall.most_served(totals, set(first))
