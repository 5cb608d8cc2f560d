"""What goods received notes need from outside, and what is shown of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.giving_back import Arrival, Condition


@dataclass(frozen=True, slots=True)
class GoodsReceivedNote:
    """A note: open while goods of its gift are counted, then finished, then checked.

    ``account`` opened it by a receipt, ``counted_by`` finished it. ``part`` counts
    the notes of the same gift, account and day.
    """

    grn_number: str
    gift_number: str
    account: str
    received_on: date
    part: int
    donor_document: str | None = None
    condition: str | None = None
    finished_at: datetime | None = None
    counted_by: str | None = None
    checked_at: datetime | None = None
    checked_by: str | None = None

    @property
    def state(self) -> str:
        """Say how far the note got: ``open``, ``finished`` or ``checked``."""
        if self.checked_at:
            return "checked"
        return "finished" if self.finished_at else "open"


@dataclass(frozen=True, slots=True)
class Damage:
    """Units that arrived damaged: ``held`` in the house or ``given_back``."""

    movement_id: UUID
    grn_number: str
    lot_id: UUID
    quantity: int
    outcome: str
    condition: str
    recorded_by: str
    recorded_at: datetime


class Receiving(Protocol):
    """Goods expected, and what is said of receipts beside the ledger."""

    def expect(self, gift_number: str, quantities: Mapping[str, int]) -> None:
        """Remember what a donor said would come; a repeat changes nothing."""

    def note_temperature(self, movement_id: UUID, celsius: float) -> None: ...
    def note_condition(self, movement_id: UUID, condition: Condition) -> None:
        """Keep how goods looked that a unit gave back."""

    def arrived_on_table(self, lot_id: UUID) -> Sequence[Arrival]:
        """List what came since none of the lot stood on RETURNS, the oldest first."""

    def lock_note(self, grn_number: str) -> GoodsReceivedNote | None:
        """Give a note to change it; receipts of its gift wait meanwhile."""

    def save_note(self, note: GoodsReceivedNote) -> None: ...
    def whole(self, grn_number: str, lot_id: UUID) -> int:
        """Count the units of a lot on a note that nobody called damaged."""

    def add_damage(self, damage: Damage) -> None: ...


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was counted of one lot on a note."""

    product_code: str
    lot_id: UUID
    lot_number: str
    expires_on: date | None
    earmark: Sequence[str] | None
    quantity: int
    held: int
    given_back: int
    celsius: float | None
    conditions: Sequence[str]
    places: Sequence[str]


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """Goods of the note's gift that were not taken in, and why."""

    product_code: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """A product of a gift: announced against counted and refused so far."""

    product_code: str
    expected: int
    counted: int
    refused: int

    @property
    def difference(self) -> int:
        """How many more came than were announced; below zero: are still missing."""
        return self.counted + self.refused - self.expected


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note with all its lines; ``expected`` compares its whole gift."""

    note: GoodsReceivedNote
    donor_code: str | None
    lines: Sequence[NoteLine]
    refused: Sequence[RefusedLine]
    expected: Sequence[ExpectedLine]

    @property
    def counted(self) -> int:
        """How many units were taken in on this note."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note in a list."""

    note: GoodsReceivedNote
    donor_code: str | None
    lots: int
    units: int


class ReceivingQueries(Protocol):
    """Read models; each answer is one consistent moment."""

    def notes(self, *, since: date, limit: int) -> Sequence[NoteRow]:
        """List notes that are not checked yet or came since a day, newest first."""

    def note(self, grn_number: str) -> NoteView:
        """Read one; raises NoteUnknownError."""

    def expected(self, gift_number: str) -> Sequence[ExpectedLine]: ...
    def gifts_expected(self, *, limit: int) -> Mapping[str, Sequence[ExpectedLine]]:
        """List announced gifts of which something is still to come."""

    def shelves_of(self, product_code: str) -> Sequence[str]:
        """Name the shelves a product lies on, the fullest first, then empty ones."""
