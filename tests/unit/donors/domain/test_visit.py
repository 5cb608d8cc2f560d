"""What changed since the last visit is the difference of what was shown."""

from datetime import UTC, datetime, timedelta

from services.donors.domain.visit import PAUSE, differences, visited

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def test_a_first_visit_has_nothing_to_compare_with():
    assert differences(visited(None, NOON, {"G": {"sent": 3}})) == []


def test_pages_opened_close_together_are_one_visit():
    first = visited(None, NOON, {"G": {"sent": 3}})
    second = visited(first, NOON + PAUSE - A_MINUTE, {"G": {"sent": 5}})

    assert second.before_at is None
    assert differences(second) == []


def test_after_a_pause_the_last_shown_numbers_are_compared():
    visit = visited(None, NOON, {"G": {"sent": 3, "lost": 0}})
    visit = visited(visit, NOON + A_MINUTE, {"G": {"sent": 5, "lost": 1}})
    later = NOON + A_MINUTE + PAUSE
    visit = visited(visit, later, {"G": {"sent": 9, "lost": 0}, "H": {"sent": 0}})

    new, moved = differences(visit)

    assert visit.before_at == NOON + A_MINUTE
    assert (new.gift_number, new.is_new, new.moved) == ("H", True, {})
    assert (moved.gift_number, moved.moved) == ("G", {"sent": 4, "lost": -1})


def test_what_has_not_moved_is_not_told():
    visit = visited(None, NOON, {"G": {"sent": 3}})
    assert differences(visited(visit, NOON + PAUSE, {"G": {"sent": 3}})) == []
