"""An allocation run: who is proposed what, from which lots, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.distribution.domain.conditions import Conditions

OVERRIDE_REASON_CHARS_MAX = 200


class RunState(StrEnum):
    """How far a run has come; published, never renamed."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RESERVED = "reserved"
    PARTLY_REFUSED = "partly_refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class RunLine:
    """What one unit is to get of one product.

    ``proposed`` is the rule's number and never changes; ``quantity`` is what
    counts. ``reasons`` and ``basis`` (the arithmetic of the entitlement) are
    stored facts, never worked out again later.
    """

    unit_code: str
    product_code: str
    entitlement: int
    already_received: int
    requested: int
    proposed: int
    quantity: int
    lots: Mapping[UUID, int]
    reasons: tuple[Mapping[str, Any], ...]
    basis: Mapping[str, Any]
    state: RunState = RunState.PROPOSED
    override_reason: str | None = None

    @property
    def share(self) -> Fraction:
        """The share of its due the unit will have; 0 when nothing is due."""
        if not self.entitlement:
            return Fraction(0)
        return Fraction(self.already_received + self.quantity, self.entitlement)


@dataclass(frozen=True, slots=True)
class UnusedLot:
    """Stock of a product that the run may not or need not use, and why."""

    lot_id: UUID
    lot_number: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything the rule found, and under which conditions, ready to be kept."""

    run_id: UUID
    handover_on: date
    product_codes: tuple[str, ...] | None
    lines: tuple[RunLine, ...]
    unused: Mapping[str, tuple[UnusedLot, ...]]
    conditions: Mapping[str, Conditions]


@dataclass(frozen=True, slots=True)
class Override:
    """A coordinator's number in place of the rule's, with the reason for it."""

    unit_code: str
    product_code: str
    quantity: int
    reason: str


def state_of_run(states: Iterable[RunState]) -> RunState:
    """Sum up what inventory answered product by product."""
    known = set(states)
    if RunState.PARTLY_REFUSED in known:
        return RunState.PARTLY_REFUSED
    return RunState.APPROVED if RunState.APPROVED in known else RunState.RESERVED
