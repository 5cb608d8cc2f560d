"""Totals over time tell what was shown at the time, and no more."""

import itertools
from datetime import date, timedelta

from services.donors.domain.course import POINTS_MAX, LotHistory, course, days_of
from services.donors.domain.delay import Freezes, as_shown
from services.donors.entrypoints.pictures.course import pictures_of
from tests.unit.donors.builders import a_lot

FIRST, TODAY = date(2026, 9, 1), date(2026, 11, 20)
FREEZES = Freezes({FIRST: date(2026, 11, 2)})


def history(*, is_late=False):
    return LotHistory(
        [
            a_lot(1, FIRST, received=100),
            a_lot(2, date(2026, 9, 20), received=100, in_transit=60),
            a_lot(3, date(2026, 11, 10), received=100, accepted=60),
        ],
        is_late,
    )


def test_days_are_whole_weeks_apart_and_end_today():
    for length in (0, 1, 7, 100, 1000):
        days = days_of(TODAY - timedelta(days=length), TODAY)
        assert days[-1] == TODAY
        assert days[0] <= TODAY - timedelta(days=length)
        assert len(days) <= POINTS_MAX
        assert {(b - a).days % 7 for a, b in itertools.pairwise(days)} <= {0}


def test_the_last_point_is_what_the_page_says_now():
    for is_late in (False, True):
        lot = history(is_late=is_late)
        now = as_shown(lot.states, TODAY, FREEZES) if is_late else lot.states[-1]
        assert course([lot], TODAY, FREEZES)[-1].totals == now.totals


def test_a_late_lot_is_never_told_earlier_than_its_page_showed_it():
    lot = history(is_late=True)
    for point in course([lot], TODAY, FREEZES):
        shown = as_shown(lot.states, min(point.day + timedelta(days=1), TODAY), FREEZES)
        told = point.totals.received, point.totals.accepted
        assert told == (
            (shown.totals.received, shown.totals.accepted) if shown else (0, 0)
        )
    assert course([lot], TODAY, FREEZES)[-1].totals.accepted == 0


def test_nothing_heard_of_gives_nothing_to_draw():
    assert course([], TODAY, FREEZES) == []
    assert pictures_of([]) == []


def test_words_beside_the_lines_never_lie_on_each_other():
    for picture in pictures_of(course([history()], TODAY, FREEZES)):
        heights = sorted(line.y for line in picture.lines)
        assert all(b - a >= 18 for a, b in itertools.pairwise(heights))
        assert heights[0] > 0
        assert heights[-1] < 200
