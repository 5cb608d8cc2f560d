"""What reserving, picking, dispatching and settling need to remember.

Rows of holds, pick lines and dispatched lines belong to whoever has the ledger of
their lot open, so two use cases that touch one lot wait for each other there and
nowhere else: open the lots first, then read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.picking import (
    HeldGoods,
    PickLine,
    PickListStatus,
    PlannedLine,
    Take,
)
from services.inventory.domain.settlement import LineKey, Outcome
from shared.contracts.inventory_v1 import LotWentTo


@dataclass(frozen=True, slots=True)
class PickList:
    """The head of a pick list."""

    pick_list_number: str
    consignment_number: str
    facility_code: str
    planned_on: date
    status: PickListStatus
    waybill_number: str | None = None


@dataclass(frozen=True, slots=True)
class RestoredPick:
    """A line that a pick answered, and for how many."""

    pick_list_number: str
    line: PickLine
    quantity: int


@dataclass(frozen=True, slots=True)
class DispatchedLine:
    """What was planned of a lot for a unit, and what really left."""

    key: LineKey
    planned: int
    quantity: int


@dataclass(frozen=True, slots=True)
class SettledOutcome:
    """An outcome as it was booked: the movement and, for a loss, its incident."""

    outcome: Outcome
    movement_id: UUID
    incident_number: str | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """A handover as it was booked."""

    handover_id: UUID
    consignment_number: str
    occurred_at: datetime
    outcomes: Sequence[SettledOutcome]


class Reservations(Protocol):
    """The answers given to allocation runs and what each still holds."""

    def outcomes(self, run_id: UUID) -> Mapping[str, str]:
        """How each product of the run was answered, by product code."""

    def answer(self, run_id: UUID, product_code: str, outcome: str) -> None:
        """Record or replace the answer to a product of a run."""

    def hold(self, goods: HeldGoods) -> None:
        """Add goods to what their run holds."""

    def save(self, goods: HeldGoods) -> None:
        """Store the present quantities of a hold."""

    def of_run(self, run_id: UUID) -> Sequence[HeldGoods]: ...

    def of_lot(self, lot_id: UUID) -> Sequence[HeldGoods]: ...

    def of_units(
        self, unit_codes: Iterable[str], product_codes: Iterable[str]
    ) -> Sequence[HeldGoods]:
        """Every hold of some units for some products, oldest run first."""


class PickLists(Protocol):
    """Pick lists, their lines, and which lines a pick answered."""

    def open(
        self, pick_list: PickList, lines: Sequence[PlannedLine], opened_at: datetime
    ) -> None: ...

    def find(self, pick_list_number: str) -> PickList | None:
        """Read a list; its status is certain once the lots of its lines are open."""

    def of_consignment(self, consignment_number: str) -> PickList | None: ...

    def move(self, consignment_number: str, planned_on: date, version: int) -> None:
        """Store when it goes, unless a later version is known."""

    def close(
        self, pick_list: PickList, short_reason: str | None, closed_at: datetime
    ) -> None:
        """Store status and waybill of a list that is open no more."""

    def lines(self, pick_list_number: str) -> Sequence[PickLine]:
        """Read the lines of a list in walking order."""

    def save(self, line: PickLine) -> None:
        """Store the present quantities of a line; one planned no more is dropped."""

    def widen(self, pick_list_number: str, line: PlannedLine) -> PickLine:
        """Find or add the line of the same unit, run and source, and widen it."""

    def open_lines_of(self, lot_id: UUID) -> Sequence[PickLine]:
        """Find lines of open lists that still wait for some of a lot."""

    def open_lines_for(
        self, run_id: UUID, unit_codes: Iterable[str]
    ) -> Sequence[PickLine]:
        """Find the lines of open lists that a run has for some units, picked or not."""

    def picked_of(self, lot_id: UUID) -> int:
        """Sum what open lists count as picked of a lot."""

    def leave_out(self, line: PickLine) -> None:
        """Let a line ask for nothing, and no pick stand for it any more."""

    def note_pick(
        self, movement_id: UUID, takes: Iterable[Take], other_lot_reason: str | None
    ) -> None:
        """Remember which lines a movement answered."""

    def answered_by(self, movement_id: UUID) -> Sequence[RestoredPick]:
        """Find the lines a pick answered; none for any other movement."""

    def forget_pick(self, movement_id: UUID) -> None: ...


class Consignments(Protocol):
    """What left, and how it was settled."""

    def dispatch(
        self, consignment_number: str, lines: Iterable[DispatchedLine]
    ) -> None: ...

    def in_transit(self, consignment_number: str) -> Mapping[LineKey, int]:
        """Tell what of each dispatched line is not settled; empty if none left."""

    def dispatched_at(self, consignment_number: str) -> datetime | None:
        """When a consignment left; None while it has not."""

    def settlement(self, handover_id: UUID) -> Settlement | None:
        """Give a handover as it was booked, even if it was corrected since."""

    def corrected_by(self, handover_id: UUID) -> UUID | None:
        """Name the handover that replaced this one, if any did."""

    def settle(self, settlement: Settlement, corrects: UUID | None) -> None:
        """Store a handover as it was booked."""

    def account_for(
        self, consignment_number: str, changes: Iterable[tuple[Outcome, int]]
    ) -> None:
        """Add the signed change of each outcome to its dispatched line."""

    def went_to(self, lot_ids: Iterable[UUID]) -> Sequence[LotWentTo]:
        """Every unit some lots were sent to, less what was not accepted there."""
