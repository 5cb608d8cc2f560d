"""What calendars, lapsing and authorisations need from outside."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from services.distribution.domain.authorisation import Authorisation
from services.distribution.domain.carrying import CarryRule
from services.distribution.domain.requisition import RequisitionHead


class Calendars(Protocol):
    """On which days facilities take deliveries."""

    def days(self, facility_code: str, since: date) -> Sequence[date]:
        """Give the days that hold, from a day on; none where there is no calendar."""

    def change(
        self, facility_code: str, days: Mapping[date, bool], recorded_by: str
    ) -> None:
        """Put days on the calendar (true) or take them off it."""


class CarryRules(Protocol):
    """What becomes of open goods, with its history."""

    def on(self, day: date) -> CarryRule: ...

    def add(self, rule: CarryRule, recorded_by: str) -> None: ...

    def lock(self) -> None:
        """Let one work at a time decide what lapses; held until it ends."""

    def overdue(self, before: date) -> Iterable[RequisitionHead]:
        """Give live requisitions of months that were over before a day."""

    def lapse(self, requisition_id: UUID, product_code: str, quantity: int) -> None:
        """Add to what of a line is waited for no more."""


class Authorisations(Protocol):
    """A reviewer's authorisations, never changed but for purchases and end."""

    def add(self, authorisation: Authorisation, authorised_by: str) -> None: ...

    def locked(self, authorisation_id: UUID) -> Authorisation:
        """Lock one that still runs; raises UnknownAuthorisationError."""

    def bought(self, authorisation_id: UUID) -> int:
        """Give the number noted last; 0 when nothing is bought."""

    def is_ended(self, authorisation_id: UUID) -> bool: ...

    def note_purchase(
        self, authorisation_id: UUID, bought: int, on: date, noted_by: str
    ) -> None:
        """Add to what was noted; the last number counts."""

    def end(self, authorisation_id: UUID, on: date) -> None: ...

    def shown(self, authorisation_id: UUID) -> Mapping[str, Any]: ...
