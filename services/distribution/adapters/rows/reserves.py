"""Reserves as rows; every change is a row of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from services.distribution.adapters.tables.reserves import RESERVES
from services.distribution.domain.reserve import Reserve


class SqlReserves:
    """Keeps what policy holds back, and since when."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def add(self, reserve: Reserve, recorded_by: str) -> None:
        version = self._connection.scalar(
            select(func.coalesce(func.max(RESERVES.c.version), 0) + 1).where(
                RESERVES.c.product_code == reserve.product_code
            )
        )
        self._connection.execute(
            RESERVES.insert().values(
                product_code=reserve.product_code,
                version=version,
                quantity=reserve.quantity,
                effective_from=reserve.effective_from,
                reason=reserve.reason,
                recorded_by=recorded_by,
                recorded_at=self._now,
            )
        )


def reserves_ever_set(connection: Connection) -> list[Any]:
    """List every reserve; of one product, the last of the list holds."""
    order = (RESERVES.c.effective_from, RESERVES.c.version)
    return list(connection.execute(RESERVES.select().order_by(*order)))


def reserves_in_force(connection: Connection, day: date) -> list[Any]:
    """List the reserve of each product that holds on a day; ended ones are absent."""
    latest = {
        row.product_code: row
        for row in reserves_ever_set(connection)
        if row.effective_from <= day
    }
    return [latest[code] for code in sorted(latest) if latest[code].quantity]


def reserves_on(connection: Connection, day: date) -> Mapping[str, int]:
    """Give what policy keeps back on a day; products without a reserve are absent."""
    kept = reserves_in_force(connection, day)
    return {row.product_code: row.quantity for row in kept}
