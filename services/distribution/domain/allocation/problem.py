"""What the fair share is worked out from: lots, claims and one hand-over day.

All numbers are whole units of issue of one product; a weight is an exact
fraction. Values are trusted here: whoever reads them from outside checks them.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Lot:
    """Free stock: what is neither reserved nor blocked.

    ``earmark`` is None where the donor set no condition; an empty set suits
    nobody. ``expires_on`` is None for goods that do not expire.
    """

    id: str
    quantity: int
    expires_on: date | None
    received_on: date
    earmark: frozenset[str] | None

    def days_left(self, on: date) -> int | None:
        """Days from ``on`` to the expiry date; None for goods without one."""
        return None if self.expires_on is None else (self.expires_on - on).days

    @property
    def order(self) -> tuple[bool, date, bool, date, str]:
        """First expiry first; of one day, earmarked first, then older receipt."""
        return (
            self.expires_on is None,
            self.expires_on or date.max,
            self.earmark is None,
            self.received_on,
            self.id,
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """What one unit is due of the product this month, and what it asks for.

    ``received`` counts everything already accepted, on its way or promised in
    the period. ``last_served_on`` is None for a unit that was never served.
    """

    id: str
    entitlement: int
    received: int
    requested: int
    weight: Fraction
    priority_class: int
    min_days: int
    groups: frozenset[str]
    last_served_on: date | None

    def __post_init__(self) -> None:
        assert self.weight > 0
        assert min(self.entitlement, self.received, self.requested) >= 0
        assert self.min_days >= 0

    @property
    def cap(self) -> int:
        """The most this claim can get: asking for more than is due never helps."""
        return max(0, min(self.requested, self.entitlement - self.received))

    def is_meant_by(self, lot: Lot) -> bool:
        """Whether the donor's earmark allows this lot here: one shared group does."""
        return lot.earmark is None or not lot.earmark.isdisjoint(self.groups)

    def accepts(self, lot: Lot, on: date) -> bool:
        """Whether the donor's earmark and the shelf life allow this lot here.

        An expired lot suits nobody, as no claim needs fewer than zero days.
        """
        if not self.is_meant_by(lot):
            return False
        days = lot.days_left(on)
        return days is None or days >= self.min_days


@dataclass(frozen=True, slots=True)
class Problem:
    """One product, handed over on one day: lots to share among claims.

    Ids are unique among the lots and among the claims; their order is of no
    account.
    """

    product_code: str
    handover_on: date
    lots: tuple[Lot, ...]
    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        assert len({lot.id for lot in self.lots}) == len(self.lots)
        assert len({claim.id for claim in self.claims}) == len(self.claims)
