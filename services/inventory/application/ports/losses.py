"""What losses need from outside: incidents, write-offs and destruction records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.incident import Confirmation, IncidentFacts
from services.inventory.domain.movement import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff:
    """Goods somebody says are gone or spoiled, until a coordinator decides."""

    write_off_id: UUID
    lot_id: UUID
    product_code: str
    location_code: str
    quantity: int
    reason: Reason
    incident_number: str | None
    recorded_by: str
    status: str = "waiting"


@dataclass(frozen=True, slots=True)
class DestructionLine:
    """So many of a lot at a place, to be destroyed for a reason."""

    lot_id: UUID
    location_code: str
    product_code: str
    quantity: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """A destruction record; nothing moves before its second confirmation."""

    destruction_number: str
    method: str
    incident_number: str | None = None
    status: str = "open"
    first: Confirmation | None = None
    lines: Sequence[DestructionLine] = ()


class Losses(Protocol):
    """The papers of what is gone; rows are locked when they are read here."""

    def add_incident(
        self, incident_number: str, facts: IncidentFacts, opened_by: str, now: datetime
    ) -> None: ...
    def open_at_handover(
        self, incident_number: str, consignment_number: str, now: datetime
    ) -> None:
        """Store an incident that nobody has described yet."""

    def describe(
        self, incident_number: str, facts: IncidentFacts, account: str, now: datetime
    ) -> bool:
        """Complete an incident; False when somebody had described it before."""

    def is_incident(self, incident_number: str) -> bool: ...
    def add_write_off(self, write_off: WriteOff, now: datetime) -> None: ...
    def write_off(self, write_off_id: UUID) -> WriteOff | None: ...
    def decide(
        self,
        write_off_id: UUID,
        decided_by: str,
        now: datetime,
        movement_id: UUID | None,
    ) -> None: ...
    def to_destroy(self, today: date) -> Iterable[DestructionLine]: ...
    def add_destruction(
        self, record: Destruction, opened_by: str, now: datetime
    ) -> None: ...
    def destruction(
        self, destruction_number: str, *, is_locked: bool = False
    ) -> Destruction | None: ...
    def confirm(
        self, record: Destruction, confirmation: Confirmation, now: datetime
    ) -> None: ...
    def note_destroyed(
        self, destruction_number: str, line: DestructionLine, movement_id: UUID
    ) -> None: ...
    def cancel(self, destruction_number: str) -> None: ...
