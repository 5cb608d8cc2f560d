"""What pages, papers and programs ask about losses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LossLineView:
    """So many of a lot at a place, lost or to be destroyed, and why."""

    product_code: str
    lot_id: UUID
    lot_number: str
    expires_on: date | None
    gift_number: str
    location_code: str
    quantity: int
    reason: str
    movement_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffView:
    """A write-off with whoever recorded and decided it."""

    write_off_id: UUID
    line: LossLineView
    incident_number: str | None
    status: str
    recorded_by: str
    recorded_at: datetime
    decided_by: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """A loss report: number, facts, value, action and approvers (DOMAIN.md 2.3).

    The facts and ``described_by`` are None for an incident that a handover opened
    and nobody described yet. ``lines`` are what left the books under the number.
    """

    incident_number: str
    consignment_number: str | None = None
    cause: str | None = None
    discovered: str | None = None
    facts: str | None = None
    action: str | None = None
    value_tenge: int | None = None
    happened_on: date | None = None
    opened_by: str | None = None
    opened_at: datetime | None = None
    described_by: str | None = None
    described_at: datetime | None = None
    lines: Sequence[LossLineView] = ()
    approvers: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionView:
    """A destruction record: lots, quantities, method, two roles, dates."""

    destruction_number: str
    method: str
    incident_number: str | None
    status: str
    opened_by: str
    opened_at: datetime
    first_by: str | None
    first_role: str | None
    first_at: datetime | None
    second_by: str | None
    second_role: str | None
    second_at: datetime | None
    lines: Sequence[LossLineView] = ()


class LossQueries(Protocol):
    """Read models of write-offs, incidents and destruction records."""

    def write_offs(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[WriteOffView]:
        """Read write-offs, the newest first, below the id *after*."""

    def incidents(self, *, after: str | None, limit: int) -> Sequence[IncidentView]:
        """Read incidents, described or not, the newest first, without their lines."""

    def incident(self, incident_number: str) -> IncidentView:
        """Read one with its lines; raises IncidentUnknownError."""

    def destructions(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[DestructionView]:
        """Read records with their lines, the newest first, below *after*."""

    def destruction(self, destruction_number: str) -> DestructionView:
        """Read one; raises DestructionUnknownError."""

    def to_destroy(self, today: date) -> Sequence[LossLineView]:
        """List what is expired or recalled, free, and on no open record."""
