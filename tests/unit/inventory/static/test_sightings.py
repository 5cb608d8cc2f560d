"""A pack is told once each time it comes into view, however slowly a phone looks."""

import pytest


@pytest.fixture
def told(sightings):
    """Give what is handed on of views, each a time and the codes seen then."""

    def told(*views, before=()):
        return sightings.ask({"views": views, "before": before})["told"]

    return told


def test_a_pack_that_stays_in_view_is_told_once(told):
    views = [[at, ["A"]] for at in range(0, 5000, 125)]

    assert [code for code in told(*views) if code] == ["A"]


def test_a_pack_that_left_the_view_is_another_scan(told):
    views = ([0, ["A"]], [1400, ["A"]], [1500, []], [1625, []], [3001, ["A"]])

    assert told(*views) == ["A", None, None, None, "A"]


def test_a_pack_that_left_and_was_not_looked_for_since_is_another_scan(told):
    views = ([0, ["A"]], [125, []], [250, []], [60_000, ["A"]])

    assert told(*views) == ["A", None, None, "A"]


def test_a_short_gap_is_a_shaking_hand(told):
    views = ([0, ["A"]], [500, []], [1000, []], [1500, ["A"]], [2900, ["A"]])

    assert told(*views) == ["A", None, None, None, None]


def test_a_phone_that_looks_rarely_tells_one_showing_once(told):
    views = [[at, ["A"]] for at in range(0, 20_000, 2000)]

    assert [code for code in told(*views) if code] == ["A"]


def test_a_code_that_only_every_other_picture_shows_is_told_once(told):
    """The middle of the view cuts a large label off."""
    views = [[at, ["A"] if at % 3200 == 0 else []] for at in range(0, 20_000, 1600)]

    assert [code for code in told(*views) if code] == ["A"]


def test_the_second_code_of_a_pack_waits_until_the_first_is_out_of_view(told):
    views = ([0, ["A", "B"]], [125, ["B", "A"]], [250, ["A", "B"]], [375, ["B"]])

    assert told(*views) == ["A", None, None, "B"]


def test_what_was_told_before_has_to_leave_the_view_first(told):
    views = ([0, []], [125, ["A"]], [250, ["A"]], [375, []], [500, []], [2000, ["A"]])

    assert told(*views, before=["A"]) == [None, None, None, None, None, "A"]


def test_what_is_in_view_is_known_by_its_name(sightings):
    views = [[0, ["A#secret"]], [125, ["A#other"]]]

    answer = sightings.ask({"views": views, "before": []})
    assert answer == {"told": ["A#secret", None], "seen": ["A"]}


def test_what_left_the_view_is_not_seen_any_more(sightings):
    views = [[0, ["A"]], [1000, []], [1125, []], [2600, ["B"]]]

    answer = sightings.ask({"views": views, "before": []})
    assert answer == {"told": ["A", None, None, "B"], "seen": ["B"]}
