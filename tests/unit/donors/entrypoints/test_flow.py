"""The picture of a gift's way is to scale and holds every kind of gift."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.donors.entrypoints.pictures.flow import (
    LENGTH,
    STORE_WIDE,
    STUB_MAX,
    Way,
    narrow,
    wide,
)
from services.donors.entrypoints.pictures.way import WORDS, way_picture
from shared.web.saying import said

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
    expired=0,
    returned=0,
)
PADS = replace(
    NOTHING,
    announced=500,
    to_come=4,
    refused=8,
    received=488,
    in_stock=12,
    reserved=5,
    sent=470,
    in_transit=36,
    accepted=434,
    lost=6,
    expired=2,
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
        reserved=draw(st.integers(0, in_stock)),
        sent=in_transit + accepted,
        in_transit=in_transit,
        accepted=accepted,
        lost=lost,
        expired=draw(st.integers(0, lost)),
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
        told = {
            label.word: label.number for label in picture.labels if not label.is_step
        }
        beside = ("to_come", "refused", "reserved", "expired", "returned", "in_transit")
        numbers = {word: getattr(way, word) for word in beside}
        numbers["lost"] = way.lost - way.expired
        assert told == {word: number for word, number in numbers.items() if number}
        assert [label.number for label in picture.labels if label.is_step] == [
            number for _, number in way.steps
        ]


@given(way=ways())
def test_nothing_is_drawn_outside_the_view(way):
    for picture in (wide(way), narrow(way)):
        for bar in picture.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= picture.width
            assert 0 <= bar.y <= bar.y + bar.height <= picture.height


@given(way=ways())
def test_what_is_reserved_is_drawn_in_what_is_in_stock(way):
    """Beside the step for wide screens; on phones where the bar goes no further."""
    stored = [bar for bar in wide(way).bars if bar.width == STORE_WIDE]
    reserved = [bar for bar in stored if bar.colour == "kept"]
    assert len(stored) == bool(way.in_stock) + bool(way.reserved)
    assert len(reserved) == bool(way.reserved)
    for bar in reserved:
        assert (bar.x, bar.y) == (stored[0].x, stored[0].y)
        assert bar.height <= stored[0].height


def test_a_larger_reserved_part_is_drawn_larger():
    heights = [
        bar.height
        for reserved in (40, 80)
        for bar in wide(replace(PADS, in_stock=100, reserved=reserved)).bars
        if bar.colour == "kept"
    ]
    assert heights[1] == pytest.approx(2 * heights[0])


def test_the_picture_on_paper_tells_what_is_reserved_and_what_expired():
    picture = way_picture(PADS, "en")

    for words in ("12 in stock", "5 of these reserved", "4 lost", "2 expired"):
        assert f">{words}<" in picture
    assert picture.count("stroke=") == 1


LONGEST = {"step": 10, "branch": 17}
"""Letters of the longest word in any language, such as *тапсырылды*."""


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_word_of_the_picture_is_longer_than_its_place(language):
    steps = {word for word, _number in NOTHING.steps}
    for word, text in WORDS.items():
        longest = LONGEST["step" if word in steps else "branch"]
        assert len(said(text, language)) <= longest, word


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
        **dict.fromkeys(("refused", "returned", "in_transit"), 100_000),
        **dict.fromkeys(("in_stock", "reserved", "expired"), 100_000),
        lost=200_000,
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


@given(way=ways())
def test_on_a_phone_nothing_beside_a_step_reaches_into_the_words_of_the_next(way):
    picture = narrow(way)
    tops = [place_of(each, "narrow")[1] for each in picture.labels if each.is_step]
    rows = [each.y for each in picture.labels if each.is_step]
    for bar in picture.bars:
        if bar.width == 7.0:
            for top, y in zip(tops, rows, strict=True):
                assert bar.y + bar.height <= top or bar.y >= y


@given(way=ways())
def test_no_words_lie_on_others(way):
    for picture in (wide(way), narrow(way)):
        places = [place_of(label, picture.kind) for label in picture.labels]
        for one, other in combinations(places, 2):
            is_beside = one[2] <= other[0] or other[2] <= one[0]
            is_above = one[3] <= other[1] or other[3] <= one[1]
            assert is_beside or is_above, (one, other)


def place_of(label, kind):
    """Give left, top, right and bottom of a label: capitals are 0.7 em high."""
    size = NUMBER_SIZES[kind, label.is_step]
    under = 15 if kind == "narrow" and not label.is_step else 0
    right = label.x + width_of(label, kind)
    return label.x, label.y - 0.7 * size, right, label.y + under
