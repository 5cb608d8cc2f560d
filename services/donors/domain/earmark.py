"""An earmark: the groups a donor means the goods for; one shared group suffices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.donors.domain.errors import UnknownEarmarkGroupError
from shared.kernel.errors import MalformedError

Earmark = tuple[str, ...]

STANDARD_GROUPS = ("boys", "children", "medical", "release", "women")
"""Groups every programme has; units may bring others (API.md, gifts)."""


def checked_earmark(
    groups: Iterable[str] | None, heard_of: Iterable[str]
) -> Earmark | None:
    """Give the groups in order, each once; null stays null and means free goods.

    Raises MalformedError for an empty list, UnknownEarmarkGroupError for a group
    that is neither standard nor any unit's.
    """
    if groups is None:
        return None
    chosen = tuple(sorted(set(groups)))
    if not chosen:
        raise MalformedError(
            "An earmark names at least one group. Use null for free goods.",
            field="earmark",
        )
    existing = {*STANDARD_GROUPS, *heard_of}
    for group in chosen:
        if group not in existing:
            raise UnknownEarmarkGroupError(group)
    return chosen


def facilities_reached(
    earmark: Earmark, groups_of_facilities: Mapping[str, frozenset[str]]
) -> int:
    """Count the facilities that have a unit of at least one of these groups."""
    wanted = frozenset(earmark)
    return sum(
        not wanted.isdisjoint(groups) for groups in groups_of_facilities.values()
    )


FACILITIES_MIN = 3
"""Below this a donor's numbers are shown late (DOMAIN.md 5.3, point 5)."""

NEED_DAYS = 30
UNLIMITED = 10**9


class EarmarkRisk(StrEnum):
    """What an earmark may cause."""

    NOBODY = "nobody"
    FEW_PLACES = "few_places"
    EXPIRES_UNUSED = "expires_unused"
    LASTS_LONG = "lasts_long"


LASTS_LONG_DAYS = 365
"""Goods that would stay longer than a year are likely to be forgotten."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Goods under an earmark; ``expires_on`` is null where no date is known."""

    product_code: str
    quantity: int
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning with its numbers; a product where one is meant."""

    risk: EarmarkRisk
    facilities: int
    product_code: str | None = None
    quantity: int = 0
    days: int | None = None
    expires_on: date | None = None


class Outlook:
    """What becomes of goods under an earmark, from needs and the units there are.

    What a month uses of a product under an earmark is estimated: the programme's
    need, times the share of open units that the earmark allows.
    """

    def __init__(
        self,
        groups_of_units: Mapping[str, Collection[frozenset[str]]],
        need_per_30_days: Mapping[str, int],
        today: date,
    ) -> None:
        self._units = groups_of_units
        self._need = need_per_30_days
        self._today = today

    def warnings(
        self, earmark: Earmark | None, goods: Sequence[Standing]
    ) -> Sequence[Warned]:
        """Say what may happen to goods under an earmark; nothing for free goods."""
        if earmark is None:
            return []
        reached = facilities_reached(
            earmark,
            {code: frozenset().union(*units) for code, units in self._units.items()},
        )
        if reached == 0:
            return [Warned(EarmarkRisk.NOBODY, 0)]
        few = [Warned(EarmarkRisk.FEW_PLACES, reached)]
        found = few if reached < FACILITIES_MIN else []
        for product_code in sorted({each.product_code for each in goods}):
            lots = [each for each in goods if each.product_code == product_code]
            found += self._of_product(earmark, reached, lots)
        return found

    def _of_product(
        self, earmark: Earmark, reached: int, lots: Sequence[Standing]
    ) -> list[Warned]:
        """Use up the lots in order of expiry; warn of what is left of each."""
        code = lots[0].product_code
        if not self._need.get(code):
            return []
        used, found = 0, []
        for lot in sorted(lots, key=lambda each: each.expires_on or date.max):
            left = max(0, lot.quantity - max(0, self._usable(earmark, lot) - used))
            used += lot.quantity - left
            if left:
                unused = EarmarkRisk.EXPIRES_UNUSED
                found.append(
                    Warned(unused, reached, code, left, expires_on=lot.expires_on)
                )
        total = sum(lot.quantity for lot in lots)
        days = self._days(earmark, code, total)
        if not found and days > LASTS_LONG_DAYS:
            found.append(
                Warned(EarmarkRisk.LASTS_LONG, reached, code, total, days=days)
            )
        return found

    def _usable(self, earmark: Earmark, lot: Standing) -> int:
        """Give how many units are used until the lot expires; all without a date."""
        if lot.expires_on is None:
            return UNLIMITED
        days = max(0, (lot.expires_on - self._today).days)
        allowed, every = self._share(earmark)
        return self._need[lot.product_code] * days * allowed // (NEED_DAYS * every)

    def _days(self, earmark: Earmark, product_code: str, quantity: int) -> int:
        allowed, every = self._share(earmark)
        need = self._need[product_code] * allowed
        return quantity * NEED_DAYS * every // max(need, 1)

    def _share(self, earmark: Earmark) -> tuple[int, int]:
        wanted = frozenset(earmark)
        units = [groups for each in self._units.values() for groups in each]
        allowed = sum(not wanted.isdisjoint(groups) for groups in units)
        return allowed, max(len(units), 1)
