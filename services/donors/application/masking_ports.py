"""What freezing a month needs of the world."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.donors.domain.masking.freezing import Known, Snapshot
from services.donors.domain.masking.grouping import Policy


@dataclass(frozen=True, slots=True)
class Accepted:
    """What of a lot a unit accepted at a gate; the month is that of the handover."""

    handover_id: UUID
    lot_id: UUID
    unit_code: str
    gift_number: str
    product_code: str
    month: date
    accepted: int


class Deliveries(Protocol):
    """What was accepted where, as the newest word on each handover has it."""

    def keep(self, accepted: Iterable[Accepted]) -> None: ...
    def forget(self, handover_id: UUID) -> None:
        """Forget a handover that was corrected; what replaces it is kept instead."""


@dataclass(frozen=True, slots=True)
class FrozenMonth:
    """Who froze a month, when, and how many people a told line rests on at least."""

    month: date
    threshold: int
    frozen_by: str
    frozen_at: datetime


class Months(Protocol):
    """Frozen months, and what the next one would be made of."""

    def newest(self) -> FrozenMonth | None: ...
    def oldest_delivery(self) -> date | None:
        """Give the first month of which a delivery is known."""

    def known(self, month: date) -> Mapping[str, Known]:
        """Give what is known of every donor who may have something to be told."""

    def policy(self, threshold: int) -> Policy: ...
    def keep(self, frozen: FrozenMonth, snapshots: Mapping[str, Snapshot]) -> bool:
        """Keep a month for good; say False when another has frozen it meanwhile."""


class MaskingWork(Protocol):
    """The part of a transaction that freezing uses."""

    @property
    def months(self) -> Months: ...
    @property
    def now(self) -> datetime: ...
