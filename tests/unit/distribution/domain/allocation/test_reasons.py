"""Every number has its reason, and no reason tells on another unit."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from services.distribution.domain.allocation import allocate
from services.distribution.domain.allocation.reasons import percent
from tests.unit.distribution.domain.allocation.problems import (
    a_claim,
    a_lot,
    a_problem,
    problems,
)


def reasons(lots, claims, of="C1"):
    awards = {award.claim: award for award in allocate(a_problem(lots, claims)).awards}
    return {reason.code: dict(reason.facts) for reason in awards[of].reasons}


def test_a_full_award_says_so():
    assert reasons([a_lot(quantity=40)], [a_claim(entitlement=38, requested=30)]) == {
        "FULL": {"requested": 30, "entitlement": 38, "received": 0, "quantity": 30}
    }


def test_asking_above_the_norm_is_explained_after_what_was_given():
    told = reasons([a_lot(quantity=60)], [a_claim(entitlement=38, requested=60)])

    assert list(told) == ["FULL", "CAP"]
    assert told["CAP"] == {
        "requested": 60,
        "entitlement": 38,
        "received": 0,
        "due": 38,
    }


def test_nothing_left_of_the_norm_is_a_cap_and_not_a_full_award():
    told = reasons([a_lot()], [a_claim(entitlement=5, received=7, requested=2)])

    assert list(told) == ["CAP"]
    assert told["CAP"]["due"] == 0


def test_a_scarce_award_tells_its_share_and_how_far_the_stock_goes_round():
    told = reasons(
        [a_lot(quantity=30)],
        [
            a_claim("C1", 38, received=3, requested=35),
            a_claim("C2", 18, received=1, requested=17),
        ],
    )

    assert told == {
        "SCARCE": {
            "entitlement": 38,
            "received": 3,
            "quantity": 20,
            "share_numerator": 23,
            "share_denominator": 38,
            "share_percent": "61",
            "covered_percent": "61",
            "units": 2,
        }
    }


def test_no_entitlement_is_the_only_reason_there_is():
    told = reasons([a_lot()], [a_claim(entitlement=0, requested=4)])

    assert told == {"NO_ENTITLEMENT": {"requested": 4}}


def test_stock_that_expires_too_soon_comes_first_when_nothing_else_is_there():
    told = reasons([a_lot(quantity=120, days_left=20)], [a_claim(min_days=60)])

    assert list(told) == ["SHELF_LIFE", "SCARCE"]
    assert told["SHELF_LIFE"] == {"unused": 120, "days_left": 20, "days_needed": 60}


def test_short_dated_stock_that_others_can_use_is_not_called_unused():
    told = reasons(
        [a_lot(quantity=10, days_left=20)], [a_claim(min_days=60), a_claim("C2", 4)]
    )

    assert told["SHELF_LIFE"]["unused"] == 6


def test_what_one_unit_has_above_its_norm_covers_nothing_for_the_others():
    told = reasons(
        [a_lot(quantity=5)],
        [a_claim("C1", 10), a_claim("C2", 10, received=30, requested=0)],
    )

    assert told["SCARCE"]["covered_percent"] == "75"


def test_stock_tied_to_others_is_told_by_its_amount_alone():
    told = reasons(
        [a_lot("L1", 2), a_lot("L2", 200, earmark=["children"], days_left=-3)],
        [a_claim(), a_claim("C2", 9, groups=["children"])],
    )

    assert list(told) == ["SCARCE", "EARMARK"]
    assert told["EARMARK"] == {"quantity": 200}


def rule(loser, winner):
    told = reasons([a_lot(quantity=1)], [loser, winner])
    return told.get("LAST_UNIT", {}).get("rule")


def test_the_last_unit_goes_where_it_raises_the_share_more():
    assert rule(a_claim("C1", 10), a_claim("C2", 9)) == "T1"


def test_the_last_unit_goes_to_who_has_waited_longest():
    served = a_claim("C1", last_served_on=date(2026, 10, 1))

    assert rule(served, a_claim("C2", last_served_on=date(2026, 9, 1))) == "T2"
    assert rule(served, a_claim("C2")) == "T2"


def test_the_last_unit_goes_by_code_when_nothing_else_differs():
    assert rule(a_claim("C1"), a_claim("C0")) == "T3"


def test_the_rule_told_is_the_one_that_decided_last():
    told = reasons(
        [a_lot(quantity=2)],
        [a_claim("C1"), a_claim("C0"), a_claim("C2", entitlement=5)],
    )

    assert told["LAST_UNIT"]["rule"] == "T3"


def test_no_last_unit_is_lost_to_a_unit_of_another_share():
    assert rule(a_claim("C1", received=1), a_claim("C2")) is None


def test_no_last_unit_is_lost_to_a_unit_whose_stock_would_not_suit():
    told = reasons(
        [a_lot(quantity=1, earmark=["children"])],
        [a_claim("C1", 10), a_claim("C2", 9, groups=["children"])],
    )

    assert "LAST_UNIT" not in told


def test_a_percentage_is_rounded_but_never_up_to_all_or_down_to_nothing():
    assert percent(23, 38) == "61"
    assert percent(1, 200) == "1"
    assert percent(1, 1000) == "1"
    assert percent(999, 1000) == "99"
    assert percent(0, 7) == "0"
    assert percent(7, 7) == "100"


@given(problems())
def test_every_award_has_a_reason_that_fits_it(problem):
    claims = {claim.id: claim for claim in problem.claims}
    for award in allocate(problem).awards:
        claim = claims[award.claim]
        codes = [reason.code for reason in award.reasons]
        assert codes
        assert len(set(codes)) == len(codes)
        assert ("SCARCE" in codes) == (award.quantity < claim.cap)
        assert ("NO_ENTITLEMENT" in codes) == (claim.entitlement == 0)


@given(problems())
def test_no_reason_names_a_unit_or_a_lot(problem):
    other = replace(
        problem,
        claims=tuple(replace(claim, id=f"X{claim.id}") for claim in problem.claims),
        lots=tuple(replace(lot, id=f"X{lot.id}") for lot in problem.lots),
    )

    assert [award.reasons for award in allocate(other).awards] == [
        award.reasons for award in allocate(problem).awards
    ]
