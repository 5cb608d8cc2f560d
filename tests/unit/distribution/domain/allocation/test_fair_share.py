"""Fair shares: what holds for every problem (DOMAIN 4.3)."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import accumulate, product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.distribution.domain.allocation import Award, LotShare, allocate
from services.distribution.domain.allocation import is_optimal as certificate
from tests.unit.distribution.domain.allocation.plain_loop import (
    UnitFlow,
    level,
    plain_lot_use,
    plain_totals,
    suits,
)
from tests.unit.distribution.domain.allocation.problems import (
    a_claim,
    a_lot,
    a_problem,
    in_one_class,
    problems,
    random_problem,
)

SEEDED = st.randoms(use_true_random=True)


def totals(problem):
    return {award.claim: award.quantity for award in allocate(problem).awards}


def lot_use(awards):
    used = Counter()
    for award in awards:
        for share in award.lots:
            used[share.lot] += share.quantity
    return used


def sorted_levels(problem, given):
    """Levels in ascending order, class by class: what leximin compares."""
    ranks = sorted({claim.priority_class for claim in problem.claims})
    return [
        sorted(
            level(claim, given[claim.id])
            for claim in problem.claims
            if claim.priority_class == rank and claim.cap
        )
        for rank in ranks
    ]


def feasible_totals(problem):
    """Every vector of totals that some routing carries, by Hall's condition."""
    claims = problem.claims
    for units in product(*(range(claim.cap + 1) for claim in claims)):
        given = dict(zip((claim.id for claim in claims), units, strict=True))
        if all(
            sum(given[claim.id] for claim in some)
            <= sum(
                lot.quantity
                for lot in problem.lots
                if any(suits(problem, claim, lot) for claim in some)
            )
            for some in subsets(claims)
        ):
            yield given


def subsets(claims):
    for chosen in product((False, True), repeat=len(claims)):
        yield [claim for claim, is_in in zip(claims, chosen, strict=True) if is_in]


def routed(problem, given):
    """Awards with these totals and whatever routing comes first."""
    flow = UnitFlow(problem)
    for claim, units in given.items():
        for _ in range(units):
            assert flow.give_one(claim)
    return [
        Award(
            claim,
            units,
            tuple(LotShare(lot, q) for lot, q in flow.flow[claim].items() if q),
            (),
        )
        for claim, units in given.items()
    ]


SMALL = problems(claims_max=4, lots_max=3, units_max=4, due_max=4)


@given(SMALL)
@settings(max_examples=150)
def test_no_feasible_share_is_fairer_nor_passes_as_fair(problem):
    every = list(feasible_totals(problem))
    best = max(sorted_levels(problem, given) for given in every)

    assert sorted_levels(problem, totals(problem)) == best
    for units in every:
        is_best = sorted_levels(problem, units) == best
        assert certificate(problem, routed(problem, units)) == is_best


@given(problems())
@settings(max_examples=200)
def test_the_jump_ahead_gives_what_the_plain_loop_gives(problem):
    assert totals(problem) == plain_totals(problem)


@given(SEEDED)
@settings(max_examples=40)
def test_the_jump_ahead_gives_what_the_plain_loop_gives_thousands_of_times(random):
    for _ in range(100):
        problem = random_problem(
            random,
            random.randint(1, 9),
            random.randint(1, 7),
            units=random.choice((4, 20)),
        )
        assert totals(problem) == plain_totals(problem)


@given(SEEDED)
@settings(max_examples=40)
def test_the_earliest_lots_are_used_as_far_as_any_routing_can(random):
    for _ in range(25):
        problem = random_problem(random, claims=4, lots=5, units=random.choice((4, 12)))
        awards = allocate(problem).awards

        used = lot_use(awards)
        first_expiry_first = sorted(problem.lots, key=lambda lot: lot.order)
        so_far = list(accumulate(used[lot.id] for lot in first_expiry_first))
        assert so_far == plain_lot_use(problem, {a.claim: a.quantity for a in awards})


@given(SEEDED)
@settings(max_examples=15)
def test_large_allocations_carry_their_certificate(random):
    problem = random_problem(random, claims=200, lots=40, units=60, due=90)

    assert certificate(problem, allocate(problem).awards)


@given(problems())
@settings(max_examples=100)
def test_every_line_keeps_the_donor_s_wish_and_the_shelf_life(problem):
    claims = {claim.id: claim for claim in problem.claims}
    lots = {lot.id: lot for lot in problem.lots}
    awards = allocate(problem).awards

    assert [award.claim for award in awards] == sorted(claims)
    for award in awards:
        assert award.quantity == sum(share.quantity for share in award.lots)
        assert 0 <= award.quantity <= claims[award.claim].cap
        for share in award.lots:
            assert share.quantity > 0
            assert suits(problem, claims[award.claim], lots[share.lot])
    assert all(units <= lots[lot].quantity for lot, units in lot_use(awards).items())


@given(problems(), st.data())
def test_one_more_unit_of_stock_never_lowers_the_lowest_share(problem, data):
    problem = in_one_class(problem)
    more = list(problem.lots)
    if not more:
        return
    index = data.draw(st.integers(0, len(more) - 1))
    more[index] = replace(more[index], quantity=more[index].quantity + 1)

    before = sorted_levels(problem, totals(problem))
    after = sorted_levels(problem, totals(replace(problem, lots=tuple(more))))

    assert before <= after
    assert [each[:1] for each in before] <= [each[:1] for each in after]


@given(problems())
def test_other_names_change_nothing_but_ties(problem):
    names = [claim.id for claim in problem.claims]
    renamed = replace(
        problem,
        claims=tuple(
            replace(claim, id=name)
            for claim, name in zip(problem.claims, reversed(names), strict=True)
        ),
    )

    assert sorted_levels(renamed, totals(renamed)) == sorted_levels(
        problem, totals(problem)
    )


@given(problems(), st.integers(1, 50))
def test_asking_for_more_than_is_due_changes_nothing(problem, extra):
    greedy = replace(
        problem,
        claims=tuple(
            replace(claim, requested=claim.requested + extra)
            if claim.requested >= claim.entitlement - claim.received
            else claim
            for claim in problem.claims
        ),
    )

    assert totals(greedy) == totals(problem)
    assert lot_use(allocate(greedy).awards) == lot_use(allocate(problem).awards)


@given(problems(), st.data())
def test_the_order_of_the_input_leaves_no_trace(problem, data):
    shuffled = replace(
        problem,
        lots=tuple(data.draw(st.permutations(problem.lots))),
        claims=tuple(data.draw(st.permutations(problem.claims))),
    )

    assert repr(allocate(shuffled)) == repr(allocate(problem))


@given(problems())
def test_a_second_run_right_after_awards_nothing(problem):
    awards = allocate(problem).awards
    used, given = lot_use(awards), {award.claim: award.quantity for award in awards}

    again = replace(
        problem,
        lots=tuple(
            replace(lot, quantity=lot.quantity - used[lot.id]) for lot in problem.lots
        ),
        claims=tuple(
            replace(
                claim,
                received=claim.received + given[claim.id],
                requested=claim.requested - given[claim.id],
            )
            for claim in problem.claims
        ),
    )

    assert set(totals(again).values()) <= {0}


def test_the_worked_example_of_the_handbook_comes_out_as_printed():
    """The table in docs/fairness.md."""
    problem = a_problem(
        [
            a_lot("FREE", 26, days_left=300),
            a_lot("TIED", 8, days_left=200, earmark=["children"]),
            a_lot("OLD", 6, days_left=20),
        ],
        [
            a_claim("A", 40, min_days=30),
            a_claim("B", 20, received=8, requested=12, min_days=30),
            a_claim("C", 10, requested=15, min_days=30, groups=["children"]),
        ],
    )

    awards = allocate(problem).awards

    assert [(a.quantity, [r.code for r in a.reasons]) for a in awards] == [
        (22, ["SCARCE", "LAST_UNIT", "SHELF_LIFE", "EARMARK"]),
        (4, ["SCARCE", "SHELF_LIFE", "EARMARK"]),
        (8, ["SCARCE", "SHELF_LIFE", "CAP"]),
    ]


def test_a_later_class_may_reroute_an_earlier_one_but_not_lower_it():
    problem = a_problem(
        [a_lot("FREE", 5), a_lot("TIED", 5, earmark=["children"])],
        [
            a_claim("CHILD", 5, priority_class=1, groups=["children"]),
            a_claim("WOMAN", 5, priority_class=2),
        ],
    )

    assert totals(problem) == {"CHILD": 5, "WOMAN": 5}


def test_what_never_expires_is_used_last_of_all():
    last_day_there_is = a_lot("Z")
    last_day_there_is = replace(last_day_there_is, expires_on=date.max)
    problem = a_problem([a_lot("A"), last_day_there_is], [a_claim("C", 10)])

    assert lot_use(allocate(problem).awards) == {"Z": 10}


def test_what_came_already_counts_towards_the_share():
    problem = a_problem(
        [a_lot(quantity=4)], [a_claim("EARLY", 10, received=4), a_claim("LATE", 10)]
    )

    assert totals(problem) == {"EARLY": 0, "LATE": 4}


def test_a_certificate_refuses_a_line_that_breaks_a_rule():
    problem = a_problem(
        [a_lot("L1", 3), a_lot("L2", 3, earmark=["children"])],
        [a_claim("A", 2), a_claim("B", 2)],
    )
    two = (LotShare("L1", 2),)
    fair = [Award("A", 2, two, ()), Award("B", 1, (LotShare("L1", 1),), ())]

    assert certificate(problem, fair)
    for wrong in (
        fair[:1],
        [*fair, fair[0]],
        [fair[0], Award("B", 1, (LotShare("L2", 1),), ())],
        [fair[0], Award("B", 1, (LotShare("NONE", 1),), ())],
        [fair[0], Award("B", 2, two, ())],
        [fair[0], Award("B", 2, (LotShare("L1", 1),), ())],
        [fair[0], Award("B", 0, (), ())],
        [Award("A", 3, (LotShare("L1", 3),), ()), Award("B", 0, (), ())],
    ):
        assert not certificate(problem, wrong)
