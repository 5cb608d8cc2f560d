"""The donors' side: gifts announced in time, late, or after their goods."""

from tests.simulation.furnishing import DONORS, GOODS
from tests.simulation.programme import Programme, Route
from tests.simulation.trace import Violation

LATE_MAX = 3


class Giving:
    """Knows which gift numbers are on which papers."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._chance = programme.chance
        self._announced = 0
        self._written = 0

    def announce(self) -> None:
        """Announce the next gift, for anybody or for some."""
        number = self._number(self._announced + 1)
        goods = self._chance.one_of(GOODS)
        body = {
            "command_id": self._programme.new_id(),
            "donor_code": self._chance.one_of(DONORS),
            "expected": [{"product_code": goods.product_code, "quantity": 100}],
            "earmark": list(goods.earmark) if goods.earmark else None,
        }
        route = Route("coordinator", "donors", "POST", "/gifts")
        answer = self._programme.command(route, body)
        if answer.is_ok and answer.body["gift_number"] != number:
            raise Violation(f"{answer.body} should be {number}", number)
        self._announced += answer.is_ok
        self._written = max(self._written, self._announced)

    def announce_all(self) -> None:
        """Announce whatever already stands on papers."""
        for _ in range(self._written - self._announced):
            self.announce()

    def gift_on_paper(self) -> str | None:
        """Give the number on some delivery's papers; null when there is none."""
        if self._chance.happens(0.2):
            return None
        if self._chance.happens(0.15) and self._written < self._announced + LATE_MAX:
            self._written += 1
            return self._number(self._written)
        if not self._written:
            return None
        return self._number(self._chance.between(1, self._written))

    def _number(self, place: int) -> str:
        return f"G-{self._programme.suite.clock.now().year}-{place:03d}"
