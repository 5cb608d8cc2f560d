from collections import defaultdict
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.donors.domain.masking.delivery import Delivery
from services.donors.domain.masking.grouping import (
    Because,
    Policy,
    tell_month,
    tell_quarter,
)
from services.donors.domain.masking.rounding import behind, rounded

OCTOBER = date(2026, 10, 1)
PEOPLE = {"W-A": 120, "W-B": 120, "W-ANT": None, "H-1": 20, "S-1": None, "C-1": 20}
AUDIENCE = {
    "W-A": "detention",
    "W-B": "detention",
    "W-ANT": "detention",
    "H-1": "community",
    "S-1": "community",
    "C-1": "community",
}
POLICY = Policy(people=PEOPLE, places={"detention": 3, "community": 3})


def delivered(product_code, unit_code, quantity, *, category="hygiene", sensitivity=0):
    return Delivery(
        product_code=product_code,
        category=category,
        sensitivity=sensitivity,
        month=OCTOBER,
        unit_code=unit_code,
        audience=AUDIENCE[unit_code],
        quantity=quantity,
        handover=unit_code,
    )


deliveries = st.lists(
    st.builds(
        delivered,
        st.sampled_from(["SOAP", "COMB", "TOWEL"]),
        st.sampled_from(sorted(PEOPLE)),
        st.integers(1, 40),
    ),
    min_size=1,
    max_size=6,
)


def cells_of(month):
    cells = defaultdict(list)
    for each in month:
        cells[each.product_code, each.audience].append(each)
    return cells


def possible_cells(month, lines):
    """Work out every detention share of each product that fits what is told.

    The donor knows each product's exact total, every told line and the rounding.
    """
    totals = defaultdict(int)
    for each in month:
        totals[each.product_code] += each.quantity
    names = sorted(totals)
    for shares in product(*(range(totals[name] + 1) for name in names)):
        detention = dict(zip(names, shares, strict=True))
        if all(fits(line, detention, totals) for line in lines):
            yield detention


def fits(line, detention, totals):
    if line.audience is None or line.is_hidden:
        return True
    names = [line.product_code] if line.product_code else list(totals)
    within = sum(
        detention[name]
        if line.audience == "detention"
        else totals[name] - detention[name]
        for name in names
    )
    told = behind(line.quantity)
    return told.lowest <= within <= told.highest


@given(month=deliveries)
@settings(deadline=None, max_examples=150)
def test_no_donor_can_pin_down_what_went_to_few_people(month):
    lines = tell_month(month, POLICY)

    possible = list(possible_cells(month, lines))
    totals = defaultdict(int)
    for each in month:
        totals[each.product_code] += each.quantity
    for (name, _), part in cells_of(month).items():
        if not POLICY.is_few(part):
            continue
        shares = [detention[name] for detention in possible]
        assert max(shares) - min(shares) >= min(POLICY.threshold, totals[name])


@given(month=deliveries)
@settings(deadline=None)
def test_a_told_line_rests_on_enough_people_and_enough_places(month):
    for line in tell_month(month, POLICY):
        if line.is_hidden:
            assert line.people is None
        else:
            assert line.people >= POLICY.threshold


@given(month=deliveries, order=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_deliveries_changes_nothing(month, order):
    shuffled = list(month)
    order.shuffle(shuffled)

    assert tell_month(shuffled, POLICY) == tell_month(month, POLICY)


def test_large_cells_are_told_by_product_and_kind_of_place():
    month = [delivered("SOAP", "W-A", 118), delivered("SOAP", "H-1", 42)]

    lines = {line.audience: line for line in tell_month(month, POLICY)}

    assert lines["detention"].product_code == "SOAP"
    assert (lines["detention"].quantity, lines["detention"].people) == (120, 120)
    assert (lines["community"].quantity, lines["community"].people) == (40, 20)


def test_a_small_ward_hides_its_product_among_the_category():
    month = [
        delivered("COMB", "W-ANT", 12),
        delivered("SOAP", "W-A", 68),
        delivered("SOAP", "H-1", 50),
        delivered("COMB", "H-1", 30),
    ]

    lines = tell_month(month, POLICY)

    assert {line.product_code for line in lines} == {None}
    assert {line.audience for line in lines} == {"detention", "community"}
    assert all(line.because == (Because.FEW_PEOPLE,) for line in lines)


def test_a_category_that_can_be_taken_apart_loses_its_place():
    # all of the soap is in the small ward: with the few combs known, 55 to 64 in
    # detention would leave it nowhere else to be
    month = [delivered("SOAP", "W-ANT", 50), delivered("COMB", "W-A", 5)]

    (line,) = tell_month(month, POLICY)

    assert line.audience is None
    assert line.because == (Because.CAN_BE_WORKED_OUT,)


def test_goods_for_few_people_only_are_admitted_and_nothing_else():
    (line,) = tell_month([delivered("SOAP", "W-ANT", 50)], POLICY)

    assert line.is_hidden
    assert (line.quantity, line.category, line.audience) == (None, None, None)


def test_two_few_places_in_a_kind_lose_the_kind():
    policy = Policy(people=PEOPLE, places={"detention": 3, "community": 2})
    month = [delivered("SOAP", "W-A", 100), delivered("SOAP", "H-1", 60)]

    (line,) = tell_month(month, policy)

    assert (line.audience, line.because) == (None, (Because.FEW_PLACES,))
    assert line.quantity == 160


def test_goods_that_hint_at_somebody_are_told_by_category_without_a_place():
    month = [
        delivered("MED-PARA", "W-A", 30, category="medicine", sensitivity=1),
        delivered("MED-IBU", "H-1", 20, category="medicine", sensitivity=1),
    ]

    (line,) = tell_month(month, POLICY)

    assert (line.category, line.product_code, line.audience) == ("medicine", None, None)
    assert line.quantity == 50


def test_the_most_sensitive_goods_are_told_by_quarter_in_one_total():
    month = [
        delivered("MED-PREN", "W-A", 30, category="medicine", sensitivity=2),
        delivered("INC-PAD", "H-1", 24, sensitivity=2),
        delivered("SOAP", "W-A", 100),
    ]

    assert {line.product_code for line in tell_month(month, POLICY)} == {"SOAP"}
    (line,) = tell_quarter(month, POLICY)
    assert (line.category, line.product_code, line.quantity) == (None, None, 50)


def test_fewer_than_ten_units_are_told_as_few():
    (line,) = tell_month([delivered("TOWEL", "W-A", 4)], POLICY)

    assert line.quantity is None
    assert line.because == (Because.FEW_GOODS,)
    assert not line.is_hidden


@given(st.integers(1, 2_000))
def test_what_a_number_may_stand_for_holds_the_number_itself(quantity):
    told = behind(rounded(quantity))

    assert told.lowest <= quantity <= told.highest
