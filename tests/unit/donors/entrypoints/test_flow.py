"""The picture of a gift's way is to scale and holds every kind of gift."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.donors.entrypoints.pictures.flow import (
    LENGTH,
    STUB_MAX,
    Way,
    narrow,
    wide,
)

NOTHING = Way(
    announced=0,
    to_come=0,
    refused=0,
    received=0,
    in_stock=0,
    reserved=0,
    sent=0,
    in_transit=0,
    accepted=0,
    lost=0,
    returned=0,
)
PADS = replace(
    NOTHING,
    announced=500,
    to_come=4,
    refused=8,
    received=488,
    in_stock=12,
    sent=470,
    in_transit=36,
    accepted=434,
    lost=6,
)


@st.composite
def ways(draw):
    count = st.integers(0, 5000)
    in_stock, in_transit, accepted = draw(count), draw(count), draw(count)
    lost, returned, refused = draw(count), draw(count), draw(count)
    received = in_stock + in_transit + accepted + lost + returned
    announced = draw(count)
    return Way(
        announced=announced,
        to_come=max(0, announced - received - refused),
        refused=refused,
        received=received,
        in_stock=in_stock,
        reserved=0,
        sent=in_transit + accepted,
        in_transit=in_transit,
        accepted=accepted,
        lost=lost,
        returned=returned,
    )


def test_the_longest_bar_is_the_whole():
    heights = [bar.height for bar in wide(PADS).bars]

    assert max(heights) == pytest.approx(LENGTH["wide"])
    assert heights[4] == pytest.approx(LENGTH["wide"] * 434 / 500)


def test_a_few_among_many_are_still_seen():
    crumbs = replace(PADS, announced=500_000, to_come=499_504)

    assert min(bar.height for bar in wide(crumbs).bars) >= 3


def test_a_gift_that_was_lost_whole_shows_no_way_onward():
    lost = replace(NOTHING, announced=1, received=1, lost=1)
    words = {label.word: label.number for label in narrow(lost).labels}

    assert words["lost"] == 1
    assert words["accepted"] == 0
    assert {ribbon.gradient for ribbon in narrow(lost).ribbons} == {"in-in", None}


def test_nothing_announced_draws_no_bar():
    assert wide(NOTHING).bars == []
    assert narrow(NOTHING).bars == []


@given(way=ways())
def test_every_number_stands_beside_its_shape(way):
    for picture in (wide(way), narrow(way)):
        told = [label.number for label in picture.labels if not label.is_step]
        left = [way.to_come, way.refused, way.lost, way.returned, way.in_transit]
        assert told == [number for number in left if number]
        assert [label.number for label in picture.labels if label.is_step] == [
            number for _, number in way.steps
        ]


@given(way=ways())
def test_nothing_is_drawn_outside_the_view(way):
    for picture in (wide(way), narrow(way)):
        for bar in picture.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= picture.width
            assert 0 <= bar.y <= bar.y + bar.height <= picture.height


LONGEST = {"step": 10, "branch": 16}
"""Letters of the longest word in any language, such as *тапсырылды*."""


def width_of(label, kind):
    """Estimate what a label takes: digits and letters of our font are 0.6 em."""
    digits = 6 if label.number >= 100_000 else 5
    number = 0.6 * (digits + 0.5) * NUMBER_SIZES[kind, label.is_step]
    word = 0.6 * LONGEST["step" if label.is_step else "branch"]
    if kind == "narrow" and not label.is_step:
        return max(number, word * 13)
    return number + 7 + word * 15


NUMBER_SIZES = {
    ("wide", True): 26,
    ("wide", False): 18,
    ("narrow", True): 22,
    ("narrow", False): 16,
}


def test_six_digits_and_the_longest_word_stand_inside_the_view():
    many = replace(
        PADS,
        **dict.fromkeys(("announced", "received", "sent", "accepted"), 100_000),
        **dict.fromkeys(("refused", "lost", "returned", "in_transit"), 100_000),
    )
    for picture in (wide(many), narrow(many)):
        for label in picture.labels:
            assert label.x + width_of(label, picture.kind) <= picture.width, label

    steps = [label for label in wide(many).labels if label.is_step]
    for one, following in pairwise(steps):
        assert one.x + width_of(one, "wide") <= following.x


@given(way=ways())
def test_branches_do_not_overlap(way):
    columns = {}
    for bar in wide(way).bars:
        if bar.width == 8.0:
            columns.setdefault(bar.x, []).append((bar.y, bar.y + bar.height))
    for stubs in columns.values():
        ends = sorted(stubs)
        assert all(a[1] < b[0] for a, b in pairwise(ends))
    assert all(bar.height <= STUB_MAX for bar in narrow(way).bars if bar.width == 7.0)
