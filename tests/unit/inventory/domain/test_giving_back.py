"""What becomes of goods that a unit gives back."""

from datetime import UTC, datetime

import pytest

from services.inventory.domain.giving_back import (
    Arrival,
    Condition,
    NextStep,
    next_step,
)
from services.inventory.domain.lot import LotStatus

NOW = datetime(2026, 11, 22, tzinfo=UTC)
AT_THE_GATE = Arrival(1, NOW, condition=None, was_with_unit=False)
SCANNED_BACK = Arrival(1, NOW, condition=None, was_with_unit=True)


def step(*conditions, status=LotStatus.RELEASED, is_medicine=False):
    arrived = [Arrival(1, NOW, each, was_with_unit=True) for each in conditions]
    return next_step(arrived, status, is_medicine=is_medicine)


def step_of_medicine(*arrivals):
    return next_step(arrivals, LotStatus.RELEASED, is_medicine=True)


@pytest.mark.parametrize(
    ("condition", "then"),
    [
        (Condition.WHOLE, NextStep.PUT_AWAY),
        (Condition.OPENED, NextStep.JUDGE),
        (Condition.KEPT_WRONG, NextStep.JUDGE),
        (Condition.DAMAGED, NextStep.WRITE_OFF),
    ],
)
def test_how_goods_look_decides(condition, then):
    assert step(condition) is then


def test_among_several_the_worst_decides():
    assert step(Condition.WHOLE, Condition.OPENED) is NextStep.JUDGE
    assert step(Condition.DAMAGED, Condition.OPENED) is NextStep.WRITE_OFF


@pytest.mark.parametrize("status", [LotStatus.EXPIRED, LotStatus.RECALLED])
def test_expired_and_recalled_goods_are_destroyed_however_they_look(status):
    assert step(Condition.WHOLE, status=status) is NextStep.DESTROY


def test_medicine_a_unit_had_is_judged_however_it_looks():
    assert step(Condition.WHOLE, is_medicine=True) is NextStep.JUDGE
    assert step(Condition.DAMAGED, is_medicine=True) is NextStep.WRITE_OFF


def test_medicine_a_unit_had_is_judged_where_nobody_said_how_it_looks():
    assert step_of_medicine(SCANNED_BACK) is NextStep.JUDGE
    assert step_of_medicine(AT_THE_GATE, SCANNED_BACK) is NextStep.JUDGE


def test_what_only_our_driver_had_goes_back_to_its_shelf():
    assert step_of_medicine(AT_THE_GATE) is NextStep.PUT_AWAY
    assert step(status=LotStatus.AWAITING_GIFT) is NextStep.PUT_AWAY


def test_what_the_reviewer_holds_waits_for_the_reviewer():
    held = LotStatus.QUARANTINED

    assert step(status=held) is NextStep.REVIEW
    assert step(Condition.OPENED, status=held, is_medicine=True) is NextStep.REVIEW
    assert step(Condition.DAMAGED, status=held) is NextStep.WRITE_OFF
