"""What is known of products, and how much of each is free and needed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from services.donors.adapters.lot_rows import last_days, state_of
from services.donors.adapters.tables import lot_days, lot_totals, needs_lists, products
from services.donors.domain.level import Level
from services.donors.domain.promise import REFUSED_FLAGS
from services.donors.domain.words import name_in

_ALL = select(products)
_OF_CODES = _ALL.where(products.c.product_code.in_(bindparam("codes", expanding=True)))


@dataclass(frozen=True, slots=True)
class ProductWords:
    """How a product is shown."""

    name: str
    unit_of_issue: str
    category: str
    sensitivity: int


class Catalogue:
    """The products of one moment; all of them, unless it is said which."""

    def __init__(
        self, connection: Connection, codes: Collection[str] | None = None
    ) -> None:
        rows = (
            connection.execute(_ALL)
            if codes is None
            else connection.execute(_OF_CODES, {"codes": list(codes)})
        )
        self._rows = {row.product_code: row for row in rows}

    def words(self, product_code: str, language: str) -> ProductWords:
        """Give a product's words; one not heard of yet is shown by its code."""
        row = self._rows.get(product_code)
        if row is None:
            return ProductWords(product_code, "piece", "", 2)
        name = name_in(row.names, language, product_code)
        return ProductWords(name, row.unit_of_issue, row.category, row.sensitivity)

    def names(self, product_code: str) -> Mapping[str, str]:
        """Give a product's names by language; none for one not heard of."""
        row = self._rows.get(product_code)
        return {} if row is None else dict(row.names)

    def matching(self, text: str) -> Sequence[str]:
        """List the products whose code, or name in any language, holds a text."""
        wanted = text.casefold()
        return [
            code
            for code, row in self._rows.items()
            if any(wanted in each.casefold() for each in (code, *row.names.values()))
        ]

    def choices(self, language: str) -> Sequence[tuple[str, str]]:
        """List code and name of what may be promised, by name."""
        named = [
            (code, name_in(row.names, language, code))
            for code, row in self._rows.items()
            if REFUSED_FLAGS.isdisjoint(row.flags)
        ]
        return sorted(named, key=lambda choice: choice[1])

    def levels(
        self,
        needs: Mapping[str, Any],
        free: Mapping[str, int],
        promised: Mapping[str, int],
    ) -> Sequence[Level]:
        """Give the level of every product that may be shown, by code."""
        levels = [
            Level(
                product_code=code,
                category=row.category,
                sensitivity=row.sensitivity,
                flags=frozenset(row.flags),
                available=free.get(code, 0),
                need_per_30_days=needs.get(code, {}).get("need_per_30_days", 0),
                open_quantity=needs.get(code, {}).get("open_quantity", 0),
                promised=promised.get(code, 0),
            )
            for code, row in sorted(self._rows.items())
        ]
        return [level for level in levels if not level.is_unlisted]

    def sensitive(self) -> Sequence[str]:
        """List the products whose stock is told as of last midnight."""
        return [code for code, row in self._rows.items() if row.sensitivity > 0]


def newest_needs(connection: Connection) -> tuple[date | None, Mapping[str, Any]]:
    """Give the day of the newest list of needs and its items by product."""
    row = connection.execute(select(needs_lists)).one_or_none()
    if row is None:
        return None, {}
    return row.as_of, {item["product_code"]: item for item in row.items}


def free_stock(
    connection: Connection, today: date, sensitive: Sequence[str]
) -> Mapping[str, int]:
    """Count what may be given today, by product.

    For sensitive products as it stood at midnight in Almaty.
    """
    totals = lot_totals.c
    now = select(lot_totals).where(
        totals.available > 0, totals.product_code.not_in(sensitive)
    )
    days = lot_days.c
    at_midnight = select(lot_days).join(
        *last_days(days.changed_on < today, days.product_code.in_(sensitive))
    )
    free: Counter[str] = Counter()
    for query in (now, at_midnight):
        for row in connection.execute(query):
            free[row.product_code] += state_of(row).available_on(today)
    return free
