"""The auditor's own books: a second ledger, written down from answers alone.

It shares no code with inventory's. A lot has a number on every account it ever
touched; ``supply`` is the world outside and goes below zero.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

SUPPLY = "supply"
COUNT_LOSS = "loss:COUNT_MINUS"
Entry = tuple[str, str, int]
"""From, to, and how many."""

BUCKETS = ("received", "in_stock", "in_transit", "accepted", "lost", "returned")


def at(location_code: str) -> str:
    """Name the account of goods at a location."""
    return f"at:{location_code}"


@dataclass
class LotBook:
    """What the auditor knows of one lot."""

    lot_id: str
    product_code: str
    lot_number: str | None
    expires_on: str | None
    status: str
    gift_number: str = ""
    balances: Counter[str] = field(default_factory=Counter)
    most_received: int = 0

    def totals(self) -> dict[str, int]:
        """Sum the accounts up as a donor reads them."""
        return {
            "received": -self.balances[SUPPLY],
            "in_stock": self._sum("at:"),
            "in_transit": self._sum("transit:"),
            "accepted": self._sum("delivered:"),
            "lost": self._sum("loss:"),
            "returned": self._sum("returned"),
        }

    def _sum(self, kind: str) -> int:
        return sum(n for name, n in self.balances.items() if name.startswith(kind))


class Books:
    """Every lot and every movement that somebody was told had happened."""

    def __init__(self) -> None:
        self.lots: dict[str, LotBook] = {}
        self.entries: dict[str, list[Entry]] = {}
        self.acknowledged: set[str] = set()
        self.refused: Counter[tuple[str, str]] = Counter()
        self._lot_of: dict[str, str] = {}

    def post(
        self,
        movement_id: str,
        lot_id: str,
        entries: Iterable[Entry],
        *,
        acknowledged: bool = True,
    ) -> None:
        """Write a movement down, in as many entries as it has.

        An acknowledged one is known to inventory by the same id.
        """
        if acknowledged:
            self.acknowledged.add(movement_id)
        written = [entry for entry in entries if entry[2]]
        self.entries[movement_id] = written
        self._lot_of[movement_id] = lot_id
        self._apply(lot_id, written)

    def reverse(self, movement_id: str) -> str:
        """Take a movement back; give its lot."""
        lot_id = self._lot_of[movement_id]
        self._apply(lot_id, [(b, a, n) for a, b, n in self.entries[movement_id]])
        return lot_id

    def turned_up(self, lot_id: str, account: str, quantity: int) -> list[Entry]:
        """Say where units come from that turn up: first from what was missed."""
        missed = min(quantity, self.lots[lot_id].balances[COUNT_LOSS])
        return [(COUNT_LOSS, account, missed), (SUPPLY, account, quantity - missed)]

    def counted(self, lot_id: str, account: str, found: int) -> list[Entry]:
        """Say what a count changes."""
        difference = found - self.lots[lot_id].balances[account]
        if difference > 0:
            return self.turned_up(lot_id, account, difference)
        return [(account, COUNT_LOSS, -difference)]

    def by_gift(self) -> dict[tuple[str, str], Counter[str]]:
        """Sum all lots up by gift and product."""
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for lot in self.lots.values():
            sums[lot.gift_number, lot.product_code].update(lot.totals())
        return sums

    def moved_past_gates(self) -> set[str]:
        """Name the lots of which something was given back, or given on, by no gate."""
        return {
            self._lot_of[movement_id]
            for movement_id, entries in self.entries.items()
            for source, target, _ in entries
            if source.startswith("delivered:")
            or (target.startswith("delivered:") and source.startswith("at:"))
        }

    def most_received(self, gift_number: str, product_code: str) -> int:
        """Give the most that was ever received of a gift's product at one time."""
        return sum(
            lot.most_received
            for lot in self.lots.values()
            if (lot.gift_number, lot.product_code) == (gift_number, product_code)
        )

    def _apply(self, lot_id: str, entries: Iterable[Entry]) -> None:
        lot = self.lots[lot_id]
        for source, target, quantity in entries:
            lot.balances[source] -= quantity
            lot.balances[target] += quantity
        lot.most_received = max(lot.most_received, -lot.balances[SUPPLY])
