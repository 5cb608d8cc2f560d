"""A large problem is solved beside this process, with the same result."""

from datetime import date
from fractions import Fraction

from services.distribution.adapters import allocator
from services.distribution.domain.allocation import Claim, Lot, Problem, allocate


def a_problem(claims=5):
    return Problem(
        product_code="SOAP",
        handover_on=date(2026, 11, 26),
        lots=(Lot("L1", 60, date(2027, 6, 1), date(2026, 9, 1), None),),
        claims=tuple(
            Claim(
                id=f"W-{number}",
                entitlement=10 + number,
                received=number,
                requested=20,
                weight=Fraction(1),
                priority_class=1,
                min_days=30,
                groups=frozenset({"women"}),
                last_served_on=None,
            )
            for number in range(claims)
        ),
    )


def test_a_child_process_gives_the_same_answer():
    problem = a_problem()

    assert allocator.share_out_elsewhere([problem]) == [allocate(problem)]


def test_only_a_large_run_goes_to_a_child_process(monkeypatch):
    asked = []
    monkeypatch.setattr(
        allocator, "share_out_elsewhere", lambda problems: asked.append(len(problems))
    )

    allocator.share_out([a_problem()])
    allocator.share_out([a_problem(1001), a_problem(1001)])

    assert asked == [2]
