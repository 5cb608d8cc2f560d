"""Goods a unit gives back: how they look, and what may become of them.

They wait on the returns table, from which nothing is given out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import Reason
from shared.kernel.errors import DomainError


class Condition(StrEnum):
    """What whoever takes goods back sees; published, never renamed."""

    WHOLE = "whole"
    OPENED = "opened"
    KEPT_WRONG = "kept_wrong"
    DAMAGED = "damaged"


class NextStep(StrEnum):
    """What becomes of goods on the returns table, the most cautious one first.

    The reviewer reviews what is in quarantine, a coordinator judges the rest.
    """

    DESTROY = "destroy"
    WRITE_OFF = "write_off"
    REVIEW = "review"
    JUDGE = "judge"
    PUT_AWAY = "put_away"


_STEP_OF = {
    Condition.WHOLE: NextStep.PUT_AWAY,
    Condition.OPENED: NextStep.JUDGE,
    Condition.KEPT_WRONG: NextStep.JUDGE,
    Condition.DAMAGED: NextStep.WRITE_OFF,
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """Units that came to the table at once.

    ``condition`` is None where nobody said how they look: a return that was scanned,
    or goods a gate did not let through, which nobody but our driver had.
    ``quantity`` is None for who counts the table.
    """

    quantity: int | None
    occurred_at: datetime
    condition: Condition | None
    was_with_unit: bool


def next_step(
    arrivals: Iterable[Arrival], status: LotStatus, *, is_medicine: bool
) -> NextStep:
    """Say what becomes of goods of one lot that came back so; the worst one decides.

    Medicine that a unit had is judged however it looks, and where nobody said.
    """
    if status in {LotStatus.RECALLED, LotStatus.EXPIRED}:
        return NextStep.DESTROY
    arrived = list(arrivals)
    steps = {_STEP_OF[each.condition] for each in arrived if each.condition}
    if status is LotStatus.QUARANTINED:
        steps.add(NextStep.REVIEW)
    elif is_medicine and any(each.was_with_unit for each in arrived):
        steps.add(NextStep.JUDGE)
    return next(each for each in NextStep if each in {*steps, NextStep.PUT_AWAY})


def is_unit(unit_code: str) -> bool:
    """Tell a unit from the name that goods given on to others are booked under."""
    return unit_code != Reason.DONATED_ON


class MoreThanUnitHasError(DomainError):
    """A unit gives back at most what it accepted of a lot and still has."""

    code = "more_than_unit_has"

    def __init__(
        self, *, unit_code: str, lot_number: str, requested: int, available: int
    ) -> None:
        super().__init__(
            f"{unit_code} has {available} of lot {lot_number} that did not come back "
            f"yet, not {requested}. Count again, or choose the unit they come from.",
            unit_code=unit_code,
            lot_number=lot_number,
            requested=requested,
            available=available,
        )
