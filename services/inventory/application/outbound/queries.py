"""What pages, papers and programs ask about the way out of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PickListLineView:
    """What to take of a lot from a place, whichever units it is for.

    ``fefo_rank`` is 1 for the lot of its product on this list that expires first.
    """

    product_code: str
    lot_id: UUID
    lot_number: str
    expires_on: date | None
    location_code: str
    quantity: int
    picked: int
    fefo_rank: int = 1


@dataclass(frozen=True, slots=True)
class PickListView:
    """A pick list in walking order; lines that ask for nothing are left out."""

    pick_list_number: str
    consignment_number: str
    facility_code: str
    planned_on: date
    status: str
    opened_at: datetime
    closed_at: datetime | None
    waybill_number: str | None
    short_reason: str | None
    lines: Sequence[PickListLineView]


@dataclass(frozen=True, slots=True)
class PickView:
    """Who took how much of a lot from a place, and why if it was not asked for."""

    lot_id: UUID
    location_code: str
    quantity: int
    picked_by: str
    other_lot_reason: str | None


@dataclass(frozen=True, slots=True)
class WaybillLineView:
    """What was planned of a lot for a unit, and what travels."""

    unit_code: str
    product_code: str
    lot_id: UUID
    lot_number: str
    expires_on: date | None
    planned: int
    quantity: int


@dataclass(frozen=True, slots=True)
class WaybillView:
    """The paper that travels with a consignment; the place is a code only."""

    waybill_number: str
    consignment_number: str
    facility_code: str
    dispatched_at: datetime
    short_reason: str | None
    lines: Sequence[WaybillLineView]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Units of a lot at the dispatch place that nobody waits for; since when."""

    lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    status: str
    quantity: int
    since: datetime


class OutboundQueries(Protocol):
    """Read models of pick lists and waybills."""

    def pick_lists(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[PickListView]:
        """Read lists by number, from the one behind *after*."""

    def pick_list(self, pick_list_number: str) -> PickListView:
        """Read one; raises PickListUnknownError."""

    def picks(self, pick_list_number: str) -> Sequence[PickView]:
        """Read what was taken for a list, in the order of taking."""

    def left_over(self) -> Sequence[LeftOver]:
        """List what is to be put back on its shelf, the longest waiting first."""

    def waybill(self, consignment_number: str) -> WaybillView:
        """Read what left; raises DispatchNotHeardOfError while nothing has."""
