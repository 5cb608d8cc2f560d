"""Infants grow through the sizes: counts by age, and the calendar, tell how many."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.distribution.domain.bands import CHILDREN_UNDER_THREE, Headcount
from services.distribution.domain.growth import WEEKS_AHEAD, nappies_ahead
from services.distribution.domain.quota_defaults import DEFAULT_RULES

TODAY = date(2026, 11, 20)
infants = st.dictionaries(
    st.sampled_from(CHILDREN_UNDER_THREE), st.integers(0, 60), min_size=1
)


def ahead(bands, as_of=TODAY):
    return nappies_ahead(DEFAULT_RULES, Headcount("W-MCU", as_of, bands), TODAY)


def sizes(bands, **more):
    found = ahead(bands, **more)
    return {each.size.product_code: each.children for each in found.sizes}


def test_today_everybody_wears_what_the_headcount_says():
    seen = sizes({"children_0_2m": 3, "children_3_5m": 5, "children_24_35m": 9})

    assert (seen["INF-NAP-2"][0], seen["INF-NAP-3"][0]) == (3, 5)
    assert seen["INF-NAP-5"][0] == 9


def test_the_oldest_of_a_band_move_on_week_by_week():
    """7 weeks are 49 of the 91 days of the band: a bit more than half."""
    seen = sizes({"children_3_5m": 100})

    assert seen["INF-NAP-3"] == (100, 92, 85, 77, 69, 62, 54, 46)
    assert seen["INF-NAP-4"] == (0, 8, 15, 23, 31, 38, 46, 54)


def test_children_past_three_years_wear_none():
    assert sizes({"children_24_35m": 365})["INF-NAP-5"][-1] == 365 - 49


def test_a_headcount_of_four_weeks_ago_is_four_weeks_ahead():
    fresh = sizes({"children_3_5m": 100})
    old = sizes({"children_3_5m": 100}, as_of=TODAY - timedelta(weeks=4))

    assert old["INF-NAP-3"][0] == fresh["INF-NAP-3"][4]


def test_stated_sizes_say_at_which_age_a_size_changes():
    """Half of the band wear size 1, so it changes in the middle of its months."""
    seen = sizes({"children_0_2m": 10, "nappies_1": 5, "nappies_2": 5})

    assert (seen["INF-NAP-1"][0], seen["INF-NAP-2"][0]) == (5, 5)
    assert seen["INF-NAP-1"][6] == 0


def test_packs_are_rounded_up_once_for_all_the_weeks():
    """70 pieces a week for 5.85 weeks of children are 409.6, and 28 are in a pack."""
    (first, *_) = ahead({"children_0_2m": 1}).sizes

    assert first.packs == 15


def test_where_no_infant_is_counted_nothing_is_foreseen():
    assert ahead({"women_18_49": 40}) is None


@given(infants)
def test_nobody_is_lost_or_invented_before_the_third_birthday(bands):
    bands = {**bands, "children_24_35m": 0}
    found = ahead(bands)
    if found is None:
        return
    for week in range(WEEKS_AHEAD):
        worn = sum(each.children[week] for each in found.sizes)
        assert abs(worn - sum(bands.values())) <= len(found.sizes)


@given(infants, st.integers(0, 90))
def test_the_first_week_wears_what_the_entitlement_counts(bands, stated):
    children = sum(bands.values())
    found = ahead({**bands, "nappies_1": min(stated, children)})
    worn = sum(each.children[0] for each in found.sizes) if found else 0
    assert worn == children
