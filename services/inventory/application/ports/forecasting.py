"""What forecasts need from outside: stock, what left, what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.forecast import PastUse


@dataclass(frozen=True, slots=True)
class StandingLot:
    """A lot in the house: what may be given out, what is held, what never may.

    ``usable`` counts promised and picked units too: they leave as part of the use
    that is expected.
    """

    lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    received_on: date
    gift_number: str
    usable: int
    held: int
    barred: int


@dataclass(frozen=True, slots=True)
class ForecastProduct:
    """What a forecast needs to know of a product."""

    product_code: str
    category: str
    names: Mapping[str, str]
    unit_of_issue: str
    min_days_at_dispatch: int


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a forecast is made from, read at one moment.

    ``need`` is None while distribution has never said what is due.
    """

    products: Sequence[ForecastProduct]
    past: Mapping[str, PastUse]
    need: Mapping[str, int] | None
    lots: Mapping[str, Sequence[StandingLot]] = field(default_factory=dict)

    def need_of(self, product_code: str) -> int | None:
        """Give the units due in 30 days; None for a product without a norm."""
        return (self.need or {}).get(product_code)


class ForecastReads(Protocol):
    """Reads the past and the present; nothing is written."""

    def known(self, today: date) -> Known:
        """Give what is known now, with the lots that stand here."""

    def known_at(self, then: datetime) -> Known:
        """Give what was in the books at an instant, without lots."""

    def left_between(self, start: datetime, end: datetime) -> Mapping[str, int]:
        """Count what left for people between two instants, less what came back."""

    def first_movement_at(self) -> datetime | None:
        """Say when anything was first recorded."""


class HeardNeeds(Protocol):
    """Keeps the last word of each day on what is due."""

    def hear(self, as_of: date, version: int, per_month: Mapping[str, int]) -> None: ...
