"""What a unit is suggested to ask for, and by when."""

from datetime import date, timedelta

import pytest

from services.distribution.domain.suggestion import due_left, suggested, usual_day

TODAY = date(2026, 11, 20)


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


@pytest.mark.parametrize(
    ("entitlement", "received", "left"),
    [(40, 15, 25), (40, 40, 0), (40, 55, 0), (0, 0, 0), (None, 15, None)],
)
def test_what_came_is_not_due_again(entitlement, received, left):
    assert due_left(entitlement, received) == left


@pytest.mark.parametrize(
    ("due", "left_over", "waiting", "suggestion"),
    [(25, 0, 0, 25), (25, 10, 5, 10), (25, 20, 20, 0), (None, 0, 0, 0)],
)
def test_what_lasts_or_is_asked_for_is_not_suggested(
    due, left_over, waiting, suggestion
):
    assert suggested(due, left_over=left_over, waiting=waiting) == suggestion


@pytest.mark.parametrize(
    ("delivery_days", "chosen"),
    [
        ([], day(14)),
        ([day(3), day(10)], day(3)),
        ([TODAY, day(10)], day(10)),
        ([TODAY], TODAY),
    ],
)
def test_goods_are_needed_by_the_next_delivery_that_is_not_packed(
    delivery_days, chosen
):
    assert usual_day(delivery_days, TODAY) == chosen
