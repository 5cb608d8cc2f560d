"""What units accepted lately, for working out how long it lasts."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Connection, select

from services.distribution.adapters.reads.planning import UnitAndProduct
from services.distribution.adapters.tables.giving import ALLOTMENTS
from services.distribution.domain.cover import Delivery

COVER_SEEN = timedelta(days=120)
"""Older deliveries are taken to be used up."""


def accepted_by_day(
    connection: Connection, unit_codes: Collection[str] | None, since: date
) -> dict[UnitAndProduct, list[Delivery]]:
    """List what units accepted, by unit and product."""
    mine = ALLOTMENTS.c
    query = select(mine.unit_code, mine.product_code, mine.due_on, mine.accepted)
    query = query.where(mine.accepted > 0, mine.due_on >= since)
    if unit_codes is not None:
        query = query.where(mine.unit_code.in_(sorted(unit_codes)))
    found: dict[UnitAndProduct, list[Delivery]] = {}
    for row in connection.execute(query):
        key = (row.unit_code, row.product_code)
        found.setdefault(key, []).append(Delivery(row.due_on, row.accepted))
    return found
