"""Which goods are shown late, read from what we know of products and units."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from services.donors.adapters.tables import products, units
from services.donors.domain.delay import must_wait
from services.donors.domain.earmark import Earmark

_SENSITIVITIES = select(products.c.product_code, products.c.sensitivity)
_OPEN_UNITS = select(units.c.facility_code, units.c.groups).where(
    units.c.is_closed.is_(False)
)


class Veil:
    """Answers for one moment which goods must wait (domain/delay.py)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def _sensitivities(self) -> Mapping[str, int]:
        rows = self._connection.execute(_SENSITIVITIES)
        return {row.product_code: row.sensitivity for row in rows}

    @cached_property
    def _facilities(self) -> Mapping[str, frozenset[str]]:
        return groups_of_facilities(self._connection)

    def covers(self, product_code: str, earmarks: Sequence[Earmark]) -> bool:
        """Say whether goods of a product under any of these earmarks must wait."""
        sensitivity = self._sensitivities.get(product_code)
        return must_wait(sensitivity, earmarks, self._facilities if earmarks else {})


def earmarks_ever(gift: Any) -> Sequence[Earmark]:
    """Give every earmark a gift has had: goods that went out under one stay veiled."""
    present = [] if gift.earmark is None else [gift.earmark]
    return [tuple(each) for each in (*gift.earlier_earmarks, *present)]


def groups_of_facilities(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Give the groups of the open units of every facility."""
    rows: Any = connection.execute(_OPEN_UNITS)
    groups: dict[str, set[str]] = defaultdict(set)
    for facility_code, of_unit in rows:
        groups[facility_code].update(of_unit)
    return {facility: frozenset(each) for facility, each in groups.items()}
