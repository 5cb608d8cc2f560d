"""What distribution says, version 1."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.schema import Amount, Audience, Count, Version


@dataclass(frozen=True, slots=True)
class UnitRegistered:
    """The whole present state of a unit; the highest version counts.

    ``people_in_tens`` is how many people live there, rounded to tens; null for
    fewer than ten and where nobody has stated it. No exact headcount leaves
    distribution.
    """

    unit_code: str
    version: Version
    facility_code: str
    kind: str
    audience: Audience
    groups: tuple[str, ...]
    is_closed: bool = False
    people_in_tens: Count | None = None


@dataclass(frozen=True, slots=True)
class RequisitionLine:
    """What a unit may count on being considered for."""

    product_code: str
    approved: Count


@dataclass(frozen=True, slots=True)
class RequisitionApproved:
    """A coordinator accepted a unit's wish as a claim on the next allocation."""

    requisition_id: UUID
    unit_code: str
    needed_by: date
    lines: tuple[RequisitionLine, ...]


@dataclass(frozen=True, slots=True)
class AllocatedLine:
    """So many of a lot are meant for a unit."""

    unit_code: str
    product_code: str
    lot_id: UUID
    quantity: Amount


@dataclass(frozen=True, slots=True)
class LeftLot:
    """So many of a lot stay in the house, and the first reason that keeps them.

    ``shelf_life`` and ``earmark`` say that it suits nobody who asked, ``reserve``
    that it is kept back, ``not_needed`` that all who asked got their share.
    """

    lot_id: UUID
    quantity: Amount
    reason: str


@dataclass(frozen=True, slots=True)
class AllocationApproved:
    """Inventory shall hold exactly these lots, all or none for each product.

    ``left`` are the free lots of these products that the rule did not give.
    """

    run_id: UUID
    handover_on: date
    lines: tuple[AllocatedLine, ...]
    left: tuple[LeftLot, ...] = ()


@dataclass(frozen=True, slots=True)
class AllocationCancelled:
    """What this run still holds is free again; ``product_codes`` null means all.

    ``unit_codes`` names the units whose goods are meant, such as one that closed;
    null means every unit's.
    """

    run_id: UUID
    product_codes: tuple[str, ...] | None
    reason: str
    unit_codes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """So many of what a run holds for a unit; without a run, of any run's."""

    unit_code: str
    product_code: str
    lot_id: UUID
    quantity: Amount
    run_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ConsignmentPlanned:
    """Inventory shall make a pick list of these held lines."""

    consignment_number: str
    facility_code: str
    planned_on: date
    lines: tuple[PlannedLine, ...]


@dataclass(frozen=True, slots=True)
class ConsignmentMoved:
    """A consignment that has not left goes on another day; the newest counts."""

    consignment_number: str
    version: Version
    planned_on: date


@dataclass(frozen=True, slots=True)
class ConsignmentCancelled:
    """The pick list is void; what was held stays held for its run."""

    consignment_number: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """How a dispatched line ended; the four add up to what was dispatched."""

    unit_code: str
    product_code: str
    lot_id: UUID
    accepted: Count
    refused: Count
    refusal_reason: str | None
    damaged: Count
    short: Count


@dataclass(frozen=True, slots=True)
class ConsignmentHandedOver:
    """Custody passed at the gate; ``corrects`` names the handover this replaces."""

    handover_id: UUID
    consignment_number: str
    occurred_at: datetime
    corrects: UUID | None
    lines: tuple[HandoverLine, ...]


@dataclass(frozen=True, slots=True)
class ProductNeed:
    """What the programme needs of a product, over all units together.

    ``need_per_30_days`` follows from quota and headcounts, ``open_quantity`` is
    what approved requisitions still wait for. Whole units of issue.
    """

    product_code: str
    need_per_30_days: Count
    open_quantity: Count


@dataclass(frozen=True, slots=True)
class NeedsPublished:
    """The programme-wide need of every product with a quota; the newest counts."""

    version: Version
    as_of: date
    items: tuple[ProductNeed, ...]
