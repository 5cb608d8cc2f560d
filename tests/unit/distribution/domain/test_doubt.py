"""What of a headcount is asked about before it is believed, and what is not."""

import pytest

from services.distribution.domain.doubt import Doubt, doubts


def said(found):
    return [(doubt.count, doubt.most) for doubt in found]


@pytest.mark.parametrize(
    ("stated", "most"),
    [
        ("pregnant", 15),
        ("post_partum", 15),
        ("menstruating", 15),
        ("incontinent", 19),
        ("learners", 19),
        ("leaving", 26),
        ("nappies_3", 7),
    ],
)
def test_more_than_could_be_is_doubted_and_as_many_as_could_be_is_not(stated, most):
    people = {"women_18_49": 12, "girls_14_17": 3, "men_18_plus": 4}
    people["children_6_11m"] = 7

    assert doubts(people | {stated: most}, None) == []
    assert said(doubts(people | {stated: most + 1}, None)) == [(most + 1, most)]


def test_nappies_of_all_sizes_are_counted_together():
    people = {"children_0_2m": 3, "nappies_1": 2, "nappies_2": 2}

    assert said(doubts(people, None)) == [(4, 3)]


def test_new_arrivals_could_be_anybody():
    people = {"new_arrivals": 30, "pregnant": 9, "learners": 30, "nappies_1": 5}

    assert doubts(people, None) == []


@pytest.mark.parametrize(("was", "now"), [(12, 120), (120, 12), (30, 0)])
def test_a_tenfold_change_is_doubted_up_and_down(was, now):
    found = doubts({"women_18_49": now}, {"women_18_49": was})

    assert found == [Doubt(("women_18_49",), now, before=was)]


@pytest.mark.parametrize(("was", "now"), [(12, 119), (2, 20), (0, 80), (104, 90)])
def test_what_changes_from_month_to_month_is_not(was, now):
    assert doubts({"women_18_49": now}, {"women_18_49": was}) == []


def test_the_first_count_of_all_has_nothing_beside_it():
    assert doubts({"women_18_49": 900}, None) == []
