"""What becomes of goods that a unit gives back."""

import pytest

from services.inventory.domain.giving_back import Condition, NextStep, next_step
from services.inventory.domain.lot import LotStatus


def step(*conditions, status=LotStatus.RELEASED, is_medicine=False):
    return next_step(conditions, status, is_medicine=is_medicine)


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


def test_what_only_our_driver_had_goes_back_to_its_shelf():
    assert step(is_medicine=True) is NextStep.PUT_AWAY
    assert step(status=LotStatus.AWAITING_GIFT) is NextStep.PUT_AWAY


def test_what_the_reviewer_holds_waits_for_the_reviewer():
    held = LotStatus.QUARANTINED

    assert step(status=held) is NextStep.REVIEW
    assert step(Condition.OPENED, status=held, is_medicine=True) is NextStep.REVIEW
    assert step(Condition.DAMAGED, status=held) is NextStep.WRITE_OFF
