"""A letter tells what was not known at the last one, and no more than may be told."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.donors.domain.delay import Freezes
from services.donors.domain.digest import Cadence, news, next_letter_on
from services.donors.domain.happening import Happening, HappeningKind, told

MONDAY = date(2026, 11, 23)
KINDS = list(HappeningKind)
FREEZES = Freezes(
    {
        date(2026, 8, 1): date(2026, 10, 5),
        date(2026, 9, 1): date(2026, 11, 20),
        date(2026, 10, 1): date(2026, 11, 30),
    }
)


def a_happening(day, kind=HappeningKind.RECEIVED, *, must_wait=False, quantity=5):
    return Happening(
        happened_on=day,
        recorded_on=day,
        gift_number="G-2026-001",
        product_code="HYG-SOAP-B",
        kind=kind,
        quantity=quantity,
        reason=None,
        must_wait=must_wait,
    )


def test_a_week_runs_from_monday_to_monday():
    assert next_letter_on(Cadence.WEEKLY, MONDAY) == date(2026, 11, 30)
    assert next_letter_on(Cadence.WEEKLY, date(2026, 11, 29)) == date(2026, 11, 30)


def test_a_month_runs_from_first_to_first():
    assert next_letter_on(Cadence.MONTHLY, date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_letter_on(Cadence.MONTHLY, date(2027, 1, 31)) == date(2027, 2, 1)
    assert next_letter_on(Cadence.NEVER, MONDAY) is None


def test_today_is_not_over_so_it_is_told_next_time():
    today = [a_happening(MONDAY)]

    assert news(today, MONDAY - timedelta(7), MONDAY, FREEZES) == []
    assert len(news(today, MONDAY, MONDAY + timedelta(7), FREEZES)) == 1


def test_a_delivery_of_sensitive_goods_is_told_when_its_month_is_frozen():
    sent = [a_happening(date(2026, 10, 5), HappeningKind.DISPATCHED, must_wait=True)]

    assert news(sent, date(2026, 10, 1), date(2026, 11, 29), FREEZES) == []
    [line] = news(sent, date(2026, 11, 29), date(2026, 12, 1), FREEZES)
    assert line.when == "2026-10"


DAYS = st.dates(date(2026, 8, 1), date(2027, 1, 31))
HAPPENINGS = st.lists(
    st.builds(a_happening, DAYS, st.sampled_from(KINDS), must_wait=st.booleans())
)


@given(HAPPENINGS, st.lists(DAYS, min_size=2, max_size=6, unique=True))
def test_letters_together_tell_everything_once_and_nothing_too_early(all_of_it, days):
    days.sort()
    letters = [
        line
        for since, today in itertools.pairwise(days)
        for line in news(all_of_it, since, today, FREEZES)
    ]
    at_once = news(all_of_it, days[0], days[-1], FREEZES)

    assert sum(line.quantity for line in letters) == sum(
        line.quantity for line in at_once
    )
    may_be_known = told(all_of_it, days[-1], FREEZES.through(days[-1]))
    known = {(line.when, line.kind) for line in may_be_known}
    assert {(line.when, line.kind) for line in letters} <= known
