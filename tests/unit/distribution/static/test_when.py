"""For which day a phone without a network asks, and what it knows of that month."""

from datetime import UTC, datetime

import pytest

UNIT = {
    "needed_by": "2026-11-26",
    "delivery_days": ["2026-11-26", "2026-12-03", "2026-12-10"],
}
LINE = {
    "product_code": "SOAP",
    "entitlement": 40,
    "received": 10,
    "waiting": 5,
    "left_over": 3,
    "due_left": 30,
    "suggested": 22,
}


def at(*moment):
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (at(2026, 11, 20), "2026-11-26"),
        (at(2026, 11, 26, 12), "2026-11-26"),
        # in Almaty the 27th has begun
        (at(2026, 11, 26, 19, 30), "2026-12-03"),
        (at(2026, 12, 3, 6), "2026-12-10"),
        (at(2026, 12, 10, 6), "2026-12-10"),
        (at(2026, 12, 11, 6), "2026-12-25"),
    ],
)
def test_the_day_is_the_one_it_was_counted_for_until_that_is_over(ask, now, day):
    assert ask("when", "usualDay", UNIT, now) == day


def test_days_that_are_over_are_offered_no_more(ask):
    days = ask("when", "daysAhead", UNIT, at(2026, 12, 3, 6))

    assert days == ["2026-12-03", "2026-12-10"]


def test_of_its_own_month_a_line_tells_all_it_knows(ask):
    assert ask("when", "lineFor", UNIT, "2026-11-30", LINE) == LINE


def test_of_another_month_nothing_is_due_and_nothing_suggested(ask):
    told = ask("when", "lineFor", UNIT, "2026-12-03", LINE)

    assert told == LINE | {
        "entitlement": None,
        "received": 0,
        "due_left": None,
        "suggested": 0,
    }


def test_a_month_is_written_in_digits(ask):
    assert ask("when", "monthWord", "2026-12-03") == "12.2026"
