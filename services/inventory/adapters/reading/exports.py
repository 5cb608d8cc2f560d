"""SQL behind the tables people take away."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select

from services.inventory.adapters.tables import LOTS, MOVEMENTS
from services.inventory.application.catalogue.exporting import (
    MovementFilter,
    MovementLine,
)
from services.inventory.domain.movement import AccountKind, kind_of
from shared.database.database import Database
from shared.kernel.clock import ALMATY


class SqlExportReads:
    """The port ``ExportReads``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def movements(
        self, wanted: MovementFilter, *, after: int, limit: int
    ) -> Sequence[MovementLine]:
        """List movements behind a position, as they were recorded."""
        query = (
            select(MOVEMENTS, LOTS.c.lot_number, LOTS.c.expires_on, LOTS.c.gift_number)
            .join_from(MOVEMENTS, LOTS, MOVEMENTS.c.lot_id == LOTS.c.lot_id)
            .where(MOVEMENTS.c.position > after)
            .order_by(MOVEMENTS.c.position)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [_line(row) for row in connection.execute(_narrowed(query, wanted))]


def _narrowed(query: Select[Any], wanted: MovementFilter) -> Select[Any]:
    if wanted.product_code:
        query = query.where(MOVEMENTS.c.product_code == wanted.product_code)
    if wanted.reason:
        query = query.where(MOVEMENTS.c.reason == wanted.reason)
    if wanted.first_day:
        query = query.where(MOVEMENTS.c.occurred_at >= _midnight(wanted.first_day))
    if wanted.last_day:
        next_day = wanted.last_day + timedelta(days=1)
        query = query.where(MOVEMENTS.c.occurred_at < _midnight(next_day))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ALMATY)


def _line(row: Any) -> MovementLine:
    change = row.quantity * (_is_inside(row.target) - _is_inside(row.source))
    return MovementLine(
        position=row.position,
        movement_id=row.movement_id,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        product_code=row.product_code,
        lot_number=row.lot_number,
        expires_on=row.expires_on,
        gift_number=row.gift_number,
        reason=row.reason,
        document=row.document,
        source=row.source,
        target=row.target,
        quantity=row.quantity,
        change=change,
        recorded_by=row.recorded_by,
        reverses=row.reverses,
    )


def _is_inside(account: str) -> bool:
    return kind_of(account) is AccountKind.LOCATION
