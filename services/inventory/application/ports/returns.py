"""What is shown of goods that came back, and of what units could give back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.inventory.domain.counting import OpenCounts
from services.inventory.domain.giving_back import Arrival, NextStep, next_step
from services.inventory.domain.lot import LotStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedGoods:
    """Goods that came back and wait for a decision.

    ``arrivals`` are those since none of the lot stood there, the oldest first.
    ``counted_on`` is a sheet because of which the numbers were taken out, see
    ``hidden``.
    """

    lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    status: LotStatus
    is_medicine: bool
    location_code: str
    quantity: int | None
    since: datetime
    arrivals: Sequence[Arrival] = ()
    counted_on: str | None = None

    def hidden(self, counts: OpenCounts) -> "ReturnedGoods":
        """Take the numbers out while the goods are counted; how they look stays."""
        sheet = counts.of_lot(self.product_code, self.location_code)
        if sheet is None:
            return self
        arrivals = [replace(each, quantity=None) for each in self.arrivals]
        return replace(self, quantity=None, arrivals=arrivals, counted_on=sheet)

    @property
    def next_step(self) -> NextStep:
        """Say what becomes of them, going by the worst that may still be there."""
        return next_step(self.arrivals, self.status, is_medicine=self.is_medicine)


@dataclass(frozen=True, slots=True)
class GivenGoods:
    """What a unit accepted of a lot and has not given back."""

    unit_code: str
    lot_id: UUID
    product_code: str
    lot_number: str
    expires_on: date | None
    quantity: int

    @property
    def key(self) -> str:
        """Name unit and lot in one word, as a form sends them."""
        return f"{self.unit_code}@{self.lot_id}"


class ReturnQueries(Protocol):
    """Read models of returns; each answer is one consistent moment."""

    def returns(self, today: date) -> Sequence[ReturnedGoods]:
        """List what stands on the returns table, the longest waiting first."""

    def units(self) -> Sequence[str]:
        """Name every unit that could give something back."""

    def with_unit(self, sought: str) -> Sequence[GivenGoods]:
        """List what a unit, or the units of a consignment, could give back."""
