"""What distribution's use cases need from outside, as they see it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from services.distribution.application.delivering_ports import (
    Consignments,
    Gates,
    Loading,
)
from services.distribution.application.needing_ports import (
    Authorisations,
    Calendars,
    CarryRules,
)
from services.distribution.application.sharing_ports import Reserves, Runs
from services.distribution.domain.allotment import Allotment, AllotmentState
from services.distribution.domain.bands import Headcount
from services.distribution.domain.dated_rules import DatedRule
from services.distribution.domain.handover import Key
from services.distribution.domain.places import Facility, Scope, Unit
from services.distribution.domain.planning import DueDemand
from services.distribution.domain.product import Product
from services.distribution.domain.quota import RuleBook
from services.distribution.domain.requisition import (
    LineProgress,
    OpenLine,
    RequisitionHead,
    RequisitionState,
)
from services.distribution.domain.stock import LotCopy


class Places(Protocol):
    """Facilities, units and their headcounts."""

    def facility(self, facility_code: str) -> Facility:
        """Find one; raises UnknownFacilityError."""

    def add_facility(self, facility: Facility) -> bool:
        """Keep a new one; False, and nothing changes, if its code is taken."""

    def save_facility(self, facility: Facility) -> None: ...

    def unit(self, unit_code: str) -> Unit:
        """Find one; raises UnknownUnitError."""

    def held_unit(self, unit_code: str) -> Unit:
        """Find one that nobody else changes before this work ends."""

    def held_units_of(self, facility_code: str) -> Sequence[Unit]:
        """Find those of a facility; nobody else changes them before this work ends."""

    def add_unit(self, unit: Unit) -> int | None:
        """Keep a new one and give its version; None if its code is taken."""

    def save_unit(self, unit: Unit) -> int:
        """Keep the present state and give its version; the unit is then locked."""

    def keep_as_they_are(self, unit_codes: Collection[str]) -> None:
        """Let no unit close, nor be changed, before this work ends."""

    def add_headcount(self, headcount: Headcount, recorded_by: str) -> None:
        """Add to the history; of one day the last statement counts."""

    def headcount(self, unit_code: str, on: date) -> Headcount | None:
        """Give the count that serves for a day.

        It is the last one stated for that day or before; the first one ever
        stated serves for the time before it.
        """


class QuotaRules(Protocol):
    """The rules with their history."""

    def on(self, day: date) -> RuleBook: ...

    def add(self, rules: Iterable[DatedRule], recorded_by: str) -> None: ...

    def is_empty(self) -> bool: ...


class Stock(Protocol):
    """What inventory said of products and lots."""

    def product(self, product_code: str) -> Product:
        """Find one; raises UnknownProductError."""

    def keep_product(self, product: Product, version: int) -> None:
        """Keep it unless a later version is known."""

    def keep_lot(self, lot: LotCopy, version: int) -> None:
        """Keep it unless a later version is known."""

    def locked(self, lot_ids: Collection[UUID]) -> Mapping[UUID, LotCopy]:
        """Lock lots in the order of their ids and give them as they are now."""

    def recall(
        self, lot_ids: Iterable[UUID], product_code: str, lot_number: str, reason: str
    ) -> None:
        """Flag lots, known or not yet known."""


class Requisitions(Protocol):
    """What units ask for."""

    def find(self, requisition_id: UUID) -> RequisitionHead | None:
        """Lock one requisition and give its head."""

    def save(
        self,
        requisition: RequisitionHead,
        lines: Mapping[str, tuple[int, int | None, Mapping[str, Any]]],
        recorded_by: str,
    ) -> None:
        """Keep a new one, or a draft again: quantity, entitlement, arithmetic."""

    def requested(self, requisition_id: UUID) -> Mapping[str, int]: ...

    def approve(
        self,
        requisition_id: UUID,
        approved: Mapping[str, int],
        approved_by: str,
        because: Mapping[str, str],
    ) -> None:
        """Note the quantities, and by product why another than was asked."""

    def progress(self, requisition_id: UUID) -> Sequence[LineProgress]: ...

    def progress_by_product(self, requisition_id: UUID) -> Mapping[str, LineProgress]:
        """Say how far each line has come, by its product."""

    def substitute(
        self,
        requisition_id: UUID,
        product_code: str,
        substitute_code: str,
        *,
        quantity: int,
        entitlement: int | None,
        basis: Mapping[str, Any],
    ) -> None:
        """Add a line in place of another."""

    def lower(self, requisition_id: UUID, product_code: str, *, by: int) -> None:
        """Wait for so much less of a line."""

    def set_state(
        self, requisition_id: UUID, state: RequisitionState, reason: str | None = None
    ) -> None: ...

    def waiting_of(self, unit_code: str) -> Sequence[RequisitionHead]:
        """Lock and give what a unit asked for that is not over; no drafts."""

    def move_to(self, requisition_id: UUID, day: date) -> None:
        """Let it go with another delivery day."""

    def locked_open_lines(self, unit_codes: Collection[str]) -> Sequence[OpenLine]:
        """Lock the units' live requisitions; lines of the most urgent first."""


class Planning(Protocol):
    """Everything an allocation starts from, as of one moment."""

    def demands(
        self,
        handover_on: date,
        product_codes: Collection[str] | None,
        unit_codes: Collection[str] | None = None,
    ) -> Mapping[str, Sequence[DueDemand]]:
        """Give the due demands by product, in the order of the unit codes."""

    def lots(self, product_codes: Collection[str]) -> Mapping[str, Sequence[LotCopy]]:
        """Give every lot in stock by product, our own promises taken off."""

    def reserves(self, on: date) -> Mapping[str, int]:
        """Give what policy keeps back of each product on a day."""


class Allotments(Protocol):
    """The promises, and what became of them."""

    def add(self, allotments: Iterable[Allotment]) -> None: ...

    def save(self, allotments: Iterable[Allotment]) -> None: ...

    def of_run(
        self, run_id: UUID, product_code: str | None = None
    ) -> Sequence[Allotment]: ...

    def of_consignment(self, consignment_number: str) -> Sequence[Allotment]:
        """Lock and give them, the most urgent requisition first."""

    def to_send(
        self, facility_code: str, unit_codes: Collection[str] | None
    ) -> Sequence[Allotment]:
        """Lock and give what is reserved there and on no consignment."""

    def unsent(self, lines: Collection[Key]) -> Sequence[Allotment]:
        """Lock and give reserved allotments of these lines, on no consignment."""

    def held_for(self, unit_code: str) -> Sequence[Allotment]:
        """Lock and give what is promised to a unit and has not left."""

    def set_state(
        self, run_id: UUID, product_code: str | None, state: AllotmentState
    ) -> None:
        """Change what inventory has not answered or still holds."""


class Needs(Protocol):
    """What is needed, and what was published last."""

    def lock(self) -> None:
        """Let one work at a time publish; held until the work ends."""

    def items(self, on: date) -> list[dict[str, Any]]:
        """Work out need and open quantity per product, the whole programme."""

    def published(self) -> tuple[int, list[dict[str, Any]]]:
        """Give the last version and its items; version 0 before the first."""

    def keep(self, version: int, as_of: date, items: list[dict[str, Any]]) -> None: ...


class Views(Protocol):
    """The JSON-ready answers of commands; the same as the reads give."""

    def facility(self, facility_code: str) -> dict[str, Any]: ...
    def unit(self, unit_code: str, scope: Scope) -> dict[str, Any]: ...
    def requisition(self, requisition_id: UUID, scope: Scope) -> dict[str, Any]: ...
    def run(self, run_id: UUID) -> dict[str, Any]: ...
    def consignment(self, consignment_number: str, scope: Scope) -> dict[str, Any]: ...


class DistributionWork(Protocol):
    """One transaction of distribution's, with everything a use case may touch."""

    places: Places
    rules: QuotaRules
    stock: Stock
    requisitions: Requisitions
    planning: Planning
    runs: Runs
    reserves: Reserves
    calendars: Calendars
    carry_rules: CarryRules
    authorisations: Authorisations
    allotments: Allotments
    consignments: Consignments
    loading: Loading
    gates: Gates
    needs: Needs
    views: Views

    def announce(self, fact: object, *, occurred_at: datetime | None = None) -> None:
        """Say a fact if, and only if, this work commits."""

    def count(self, event: str, label: str) -> None:
        """Note something the metrics count, should this work commit."""

    def now(self) -> datetime: ...

    def today(self) -> date:
        """Give the calendar day in Almaty."""

    def new_id(self) -> UUID: ...
