"""What became of goods, in whole units of issue, and the equation they obey."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.donors.domain.errors import UnbalancedTotalsError


@dataclass(frozen=True, slots=True)
class Totals:
    """Every bucket goods can be in. INV-10: they add up at every moment.

    received = in_stock + in_transit + accepted + lost + returned; ``reserved`` is
    part of ``in_stock``; ``lost_by_reason`` adds up to ``lost``. Raises
    UnbalancedTotalsError for anything else.
    """

    received: int = 0
    in_stock: int = 0
    reserved: int = 0
    in_transit: int = 0
    accepted: int = 0
    lost: int = 0
    returned: int = 0
    lost_by_reason: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self._adds_up():
            raise UnbalancedTotalsError(
                received=self.received,
                in_stock=self.in_stock,
                reserved=self.reserved,
                in_transit=self.in_transit,
                accepted=self.accepted,
                lost=self.lost,
                returned=self.returned,
            )

    @property
    def sent(self) -> int:
        """What has left the warehouse towards the units, whatever came of it."""
        return self.in_transit + self.accepted

    @property
    def expired(self) -> int:
        """What of ``lost`` was written off because its day had passed."""
        return self.lost_by_reason.get("EXPIRED", 0)

    def _adds_up(self) -> bool:
        held = self.in_stock, self.in_transit, self.accepted, self.lost, self.returned
        return (
            min(held) >= 0
            and self.received == sum(held)
            and 0 <= self.reserved <= self.in_stock
            and self.lost == sum(self.lost_by_reason.values())
        )


def summed(parts: Iterable[Totals]) -> Totals:
    """Add totals up; the sum of what adds up adds up."""
    everything = list(parts)
    lost_by_reason: Counter[str] = Counter()
    for part in everything:
        lost_by_reason.update(part.lost_by_reason)
    return Totals(
        received=sum(part.received for part in everything),
        in_stock=sum(part.in_stock for part in everything),
        reserved=sum(part.reserved for part in everything),
        in_transit=sum(part.in_transit for part in everything),
        accepted=sum(part.accepted for part in everything),
        lost=sum(part.lost for part in everything),
        returned=sum(part.returned for part in everything),
        lost_by_reason=dict(sorted(lost_by_reason.items())),
    )
