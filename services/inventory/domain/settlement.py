"""What a handover does with goods in transit: each unit ends in exactly one place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.inventory.domain.outbound_errors import SettlementMismatchError


class Ending(StrEnum):
    """How a dispatched unit of issue ended at the gate."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DAMAGED = "damaged"
    SHORT = "short"

    @property
    def is_loss(self) -> bool:
        """Whether it needs an incident number and a write-off."""
        return self in {Ending.DAMAGED, Ending.SHORT}


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """What a dispatched line is known by inside its consignment."""

    unit_code: str
    product_code: str
    lot_id: UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """So many of a dispatched line ended so."""

    key: LineKey
    ending: Ending
    quantity: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What of an earlier settlement is taken back, and what is settled instead."""

    taken_back: tuple[Outcome, ...]
    settled: tuple[Outcome, ...]


def gather(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Add up outcomes of the same line and ending, leave out what is none."""
    totals: dict[tuple[LineKey, Ending], int] = defaultdict(int)
    for outcome in outcomes:
        totals[outcome.key, outcome.ending] += outcome.quantity
    return tuple(
        Outcome(key, ending, quantity)
        for (key, ending), quantity in sorted(totals.items())
        if quantity > 0
    )


def check_settlement(
    consignment_number: str,
    outcomes: Sequence[Outcome],
    in_transit: Mapping[LineKey, int],
) -> None:
    """Refuse a handover that accounts for more of a line than left and is not settled.

    INV-08: dispatched = accepted + refused + damaged + short + in transit, per
    line. Raises SettlementMismatchError.
    """
    stated: dict[LineKey, int] = defaultdict(int)
    for outcome in outcomes:
        stated[outcome.key] += outcome.quantity
    for key, quantity in sorted(stated.items()):
        if quantity > in_transit.get(key, 0):
            raise SettlementMismatchError(
                consignment_number,
                lot_id=key.lot_id,
                stated=quantity,
                in_transit=in_transit.get(key, 0),
            )


def correct(earlier: Sequence[Outcome], corrected: Sequence[Outcome]) -> Correction:
    """Give the smallest change that makes the corrected handover true.

    An outcome that stands in both with the same quantity is left alone, so goods
    that rightly came back may have moved on since.
    """
    before, after = set(earlier), set(corrected)
    return Correction(
        taken_back=tuple(each for each in earlier if each not in after),
        settled=tuple(each for each in corrected if each not in before),
    )
