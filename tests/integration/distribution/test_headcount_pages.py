"""A headcount that is hardly true is asked about before it is kept."""

import re

import pytest

from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/units/W-A/headcount"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def team(field, reader):
    field.unit(heads=12)
    return reader("outreach")


def counted(field):
    return field.coordinator.fetch("/units/W-A").json["headcounts"]["bands"]


def ticked(page):
    """What the box of the page sends when it is ticked."""
    return re.search(r'name="sure" value="([^"]+)"', page)[1]


def test_more_pregnant_than_women_are_not_kept_unasked(field, team):
    form = team.form_of(HERE) | {"pregnant": "120"}

    asked = team.press(HERE, **form)

    assert asked.status_code == 422
    assert "Pregnant: 120. Of the people here it can be 12 at most." in asked.text
    assert 'value="120"' in asked.text
    assert counted(field) == {"women_18_49": 12}


def test_what_was_looked_at_again_is_kept(field, team):
    form = team.form_of(HERE) | {"pregnant": "120"}
    asked = team.press(HERE, **form)

    kept = team.press(HERE, **form, sure=ticked(asked.text))

    assert kept.status_code == 303
    assert counted(field) == {"women_18_49": 12, "pregnant": 120}


def test_the_box_stands_for_the_numbers_beside_it_and_no_others(field, team):
    form = team.form_of(HERE) | {"pregnant": "120"}
    asked = team.press(HERE, **form)
    other = form | {"women_18_49": "1200", "sure": ticked(asked.text)}

    again = team.press(HERE, **other)

    assert again.status_code == 422
    assert "Women 18–49: 1,200. The last count said 12." in again.text
    assert counted(field) == {"women_18_49": 12}


def test_a_repaired_number_needs_no_box(field, team):
    form = team.form_of(HERE) | {"pregnant": "120"}
    team.press(HERE, **form)

    assert team.press(HERE, **form | {"pregnant": "12"}).status_code == 303
    assert counted(field)["pregnant"] == 12


def test_a_number_that_cannot_be_read_is_told_first(team):
    form = team.form_of(HERE) | {"pregnant": "120", "women_18_49": "twelve"}

    page = team.press(HERE, **form).text

    assert "Enter a whole number" in page
    assert 'name="sure"' not in page


def test_programs_state_what_they_state(field, team):
    assert (
        field.count("W-A", "2026-11-19", women_18_49=12, pregnant=120).status_code
        == 200
    )
    assert counted(field)["pregnant"] == 120
    assert team.form_of(HERE)["pregnant"] == "120"
