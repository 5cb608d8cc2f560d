"""What a unit asks for, and how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

LINES_MAX = 300
QUANTITY_MAX = 1_000_000


class RequisitionState(StrEnum):
    """How far a requisition has come; published, never renamed."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PARTLY_FULFILLED = "partly_fulfilled"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


LIVE = (RequisitionState.APPROVED, RequisitionState.PARTLY_FULFILLED)
"""Approved, and some of it may still be waited for."""

ASKING = (RequisitionState.SUBMITTED, *LIVE)
"""Sent, and not over."""


@dataclass(frozen=True, slots=True)
class RequisitionHead:
    """A requisition without its lines."""

    requisition_id: UUID
    unit_code: str
    needed_by: date
    state: RequisitionState
    delivery_on: date | None = None
    """The day of the facility's calendar it was asked for, if there is one."""

    cancel_reason: str | None = None


@dataclass(frozen=True, slots=True)
class OpenLine:
    """What is still to be allocated of one line of an approved requisition."""

    requisition_id: UUID
    unit_code: str
    product_code: str
    still_open: int


@dataclass(frozen=True, slots=True)
class LineProgress:
    """What was approved of a line, what arrived, is on its way, or lapsed."""

    approved: int
    accepted: int
    underway: int
    lapsed: int = 0

    @property
    def still_open(self) -> int:
        """What may still be allocated.

        Goods the gate refused, and goods damaged or missing, are open again.
        """
        gone = self.accepted + self.underway + self.lapsed
        return max(0, self.approved - gone)


def state_after(lines: Iterable[LineProgress]) -> RequisitionState:
    """Say how far an approved requisition has come."""
    known = tuple(lines)
    if all(line.accepted >= line.approved for line in known):
        return RequisitionState.FULFILLED
    if any(line.accepted for line in known):
        return RequisitionState.PARTLY_FULFILLED
    return RequisitionState.APPROVED
