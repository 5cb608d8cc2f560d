"""What is due to be counted, and how many people a difference needs."""

from datetime import UTC, date, datetime

import pytest

from services.inventory.domain.counting import (
    Finding,
    Judged,
    LineState,
    due_counts,
    state_of,
)

SUNDAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)


def judged(counted: int, booked: int) -> Judged:
    return Judged(Finding(counted, NOON, "aida", NOON), booked)


def state(first: Judged, second: Judged | None = None, **more: bool) -> LineState:
    usual = {"is_decided": False, "is_medicine": False}
    return state_of(first, second, **{**usual, **more})


@pytest.mark.parametrize(
    ("counted", "booked", "needed"),
    [
        (100, 100, False),
        (98, 100, False),
        (102, 100, False),
        (97, 100, True),
        (103, 100, True),
        (49, 50, False),
        (48, 50, True),
        (0, 0, False),
        (1, 0, True),
        (0, 1, True),
    ],
)
def test_above_two_percent_two_people_count(counted: int, booked: int, needed: bool):  # noqa: FBT001  a table
    asked = judged(counted, booked).needs_second_count(is_medicine=False)

    assert asked is needed


@pytest.mark.parametrize(("counted", "needed"), [(1000, False), (999, True)])
def test_of_medicine_one_unit_is_enough(counted: int, needed: bool):  # noqa: FBT001  a table
    assert judged(counted, 1000).needs_second_count(is_medicine=True) is needed


def test_counts_agree_on_the_difference_not_on_the_number():
    assert state(judged(90, 100), judged(60, 70)) is LineState.AGREED
    assert state(judged(90, 100), judged(90, 70)) is LineState.COUNTS_DIFFER


def test_a_decision_ends_it():
    decided = state(judged(90, 100), judged(80, 100), is_decided=True)

    assert decided is LineState.DECIDED
    assert decided.is_settled


def test_a_twelfth_of_the_places_is_due_the_longest_waiting_first():
    places = {f"A-{number:02}": date(2026, 10, number) for number in range(1, 25)}
    places["B-01"] = None

    due = due_counts(places, {}, SUNDAY)

    assert due.locations == ["B-01", "A-01", "A-02"]


def test_what_was_counted_this_week_is_taken_off():
    places = {f"A-{number:02}": date(2026, 10, number) for number in range(1, 25)}
    places["A-01"] = date(2026, 11, 16)

    due = due_counts(places, {}, SUNDAY)

    assert due.locations == ["A-02"]


def test_medicine_is_due_each_month_and_everything_each_quarter():
    medicines = {"MED-A": date(2026, 10, 31), "MED-B": date(2026, 11, 1)}
    places = {"A-01": date(2026, 9, 30), "A-02": date(2026, 10, 1)}

    due = due_counts(places, medicines, SUNDAY)

    assert due.medicines == ["MED-A"]
    assert due.quarter == ["A-01"]
