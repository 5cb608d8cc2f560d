"""How long stock lasts, and what the public may read of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.donors.domain.level import Band, Level, public_needs

TODAY = date(2026, 11, 20)


def a_level(code="HYG-SOAP-B", *, available=0, need=30, waiting=0, **more):
    values = {"category": "hygiene", "sensitivity": 0, "flags": frozenset()} | more
    return Level(
        product_code=code,
        available=available,
        need_per_30_days=need,
        open_quantity=waiting,
        **values,
    )


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, Band.OUT),
        (1, Band.UNDER_2_WEEKS),
        (13, Band.UNDER_2_WEEKS),
        (14, Band.TWO_TO_4_WEEKS),
        (28, Band.FOUR_TO_8_WEEKS),
        (55, Band.FOUR_TO_8_WEEKS),
        (56, Band.OVER_8_WEEKS),
    ],
)
def test_days_of_cover_fall_into_bands(days, band):
    assert a_level(available=days, need=30).band is band


def test_without_a_known_need_there_is_no_cover():
    assert a_level(available=9, need=0).band is Band.NO_NEED_KNOWN


def test_open_requests_above_the_norm_are_needed_too():
    assert a_level(available=10, need=30, waiting=90).missing == 80


def test_what_runs_out_first_stands_first():
    levels = [
        a_level("LATER", available=20),
        a_level("ENOUGH", available=90),
        a_level("SOONER", available=3),
    ]

    assert [need.product_code for need in public_needs(levels, TODAY)] == [
        "SOONER",
        "LATER",
    ]


def test_goods_that_hint_at_few_are_told_by_category_or_not_at_all():
    levels = [
        a_level("NAPPIES", category="infant", sensitivity=1, need=33),
        a_level("MORE-NAPPIES", category="infant", sensitivity=1, available=5, need=33),
        a_level("PRENATAL", category="medicine", sensitivity=2, need=9),
        a_level("FORMULA", category="infant", flags=frozenset({"bms", "refuse"})),
    ]

    (infants,) = public_needs(levels, TODAY)
    assert (infants.product_code, infants.category) == (None, "infant")
    assert (infants.about, infants.days_of_cover, infants.band) == (
        None,
        None,
        Band.OUT,
    )


@given(available=st.integers(0, 5000), need=st.integers(0, 5000))
def test_no_public_number_is_exact_or_small(available, need):
    for told in public_needs([a_level(available=available, need=need)], TODAY):
        assert told.about is None or (told.about >= 10 and told.about % 10 == 0)


def test_a_shortage_has_its_day_and_what_pledges_cover_of_it():
    (need,) = public_needs([a_level(available=10, need=300, promised=123)], TODAY)

    assert need.runs_out_on == date(2026, 11, 21)
    assert (need.about, need.promised) == (290, 120)


def test_what_few_people_need_has_neither_day_nor_promise():
    level = a_level(available=10, need=300, promised=123, sensitivity=1)
    (need,) = public_needs([level], TODAY)

    assert (need.product_code, need.runs_out_on, need.promised) == (None, None, None)


def test_a_day_far_ahead_is_not_foretold():
    assert a_level(available=61, need=30).runs_out_on(TODAY) is None
    assert a_level(available=60, need=30).runs_out_on(TODAY) == date(2027, 1, 19)
