"""SQL behind the read models of the way out of the store."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from services.inventory.adapters.outbound.left_over import left_over
from services.inventory.adapters.outbound.tables import (
    DISPATCHED_LINES,
    PICK_LINES,
    PICK_LISTS,
    PICKS,
)
from services.inventory.adapters.tables import LOCATIONS, LOTS, MOVEMENTS
from services.inventory.application.outbound.queries import (
    LeftOver,
    PickListLineView,
    PickListView,
    PickView,
    WaybillLineView,
    WaybillView,
)
from services.inventory.domain.outbound_errors import (
    DispatchNotHeardOfError,
    PickListUnknownError,
)
from services.inventory.domain.picking import PickListStatus
from shared.database.database import Database

_SHOWN = [each for each in PICK_LISTS.c if each is not PICK_LISTS.c.moves]


class SqlOutboundQueries:
    """The port ``OutboundQueries``; every answer is one consistent moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pick_lists(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[PickListView]:
        """Read lists by number, from the one behind *after*."""
        head = PICK_LISTS.c
        query = select(*_SHOWN).order_by(head.pick_list_number).limit(limit)
        if status is not None:
            query = query.where(head.status == status)
        if after is not None:
            query = query.where(head.pick_list_number > after)
        with self._database.reading() as connection:
            return _views(connection, connection.execute(query).all())

    def pick_list(self, pick_list_number: str) -> PickListView:
        """Read one; raises PickListUnknownError."""
        query = select(*_SHOWN).where(PICK_LISTS.c.pick_list_number == pick_list_number)
        with self._database.reading() as connection:
            views = _views(connection, connection.execute(query).all())
        if not views:
            raise PickListUnknownError(pick_list_number)
        return views[0]

    def picks(self, pick_list_number: str) -> Sequence[PickView]:
        """Read what was taken for a list, in the order of taking."""
        line, pick, movement = PICK_LINES.c, PICKS.c, MOVEMENTS.c
        query = (
            select(
                line.lot_id,
                line.location_code,
                pick.quantity,
                movement.recorded_by,
                pick.other_lot_reason,
            )
            .join(PICKS, pick.line_id == line.line_id)
            .join(MOVEMENTS, movement.movement_id == pick.movement_id)
            .where(line.pick_list_number == pick_list_number)
            .order_by(movement.position, line.line_id)
        )
        with self._database.reading() as connection:
            return [PickView(*row) for row in connection.execute(query)]

    def left_over(self) -> Sequence[LeftOver]:
        """List what is to be put back on its shelf, the longest waiting first."""
        with self._database.reading() as connection:
            return [
                LeftOver(
                    lot_id=row.lot_id,
                    product_code=row.product_code,
                    lot_number=row.lot_number,
                    expires_on=row.expires_on,
                    status=row.hold,
                    quantity=row.left,
                    since=row.latest_at,
                )
                for row in connection.execute(left_over())
            ]

    def waybill(self, consignment_number: str) -> WaybillView:
        """Read what left; raises DispatchNotHeardOfError while nothing has."""
        query = select(PICK_LISTS).where(
            PICK_LISTS.c.consignment_number == consignment_number,
            PICK_LISTS.c.status == PickListStatus.DISPATCHED.value,
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            lines = _waybill_lines(connection, consignment_number)
        if row is None:
            raise DispatchNotHeardOfError(consignment_number)
        return WaybillView(
            waybill_number=row.waybill_number,
            consignment_number=consignment_number,
            facility_code=row.facility_code,
            dispatched_at=row.closed_at,
            short_reason=row.short_reason,
            lines=lines,
        )


def _views(connection: Connection, rows: Sequence[Row[Any]]) -> list[PickListView]:
    lines = _lines(connection, [row.pick_list_number for row in rows])
    return [
        PickListView(**row._mapping, lines=lines.get(row.pick_list_number, []))  # noqa: SLF001  SQLAlchemy's documented name
        for row in rows
    ]


def _lines(
    connection: Connection, numbers: Iterable[str]
) -> Mapping[str, Sequence[PickListLineView]]:
    """Add up what several units ask of one lot in one place."""
    line = PICK_LINES.c
    key = (
        line.pick_list_number,
        line.product_code,
        line.lot_id,
        LOTS.c.lot_number,
        LOTS.c.expires_on,
        line.location_code,
    )
    query = (
        select(*key, func.sum(line.quantity), func.sum(line.picked))
        .join(LOTS, line.lot_id == LOTS.c.lot_id)
        .outerjoin(LOCATIONS, LOCATIONS.c.location_code == line.location_code)
        .where(line.pick_list_number.in_(list(numbers)), line.quantity > 0)
        .group_by(*key, LOCATIONS.c.sequence)
        .order_by(LOCATIONS.c.sequence, line.location_code, line.product_code)
        .order_by(LOTS.c.expires_on, line.lot_id)
    )
    lines: dict[str, list[PickListLineView]] = defaultdict(list)
    for number, *shown in connection.execute(query):
        lines[number].append(PickListLineView(*shown))
    return {number: _ranked(found) for number, found in lines.items()}


def _ranked(lines: Sequence[PickListLineView]) -> Sequence[PickListLineView]:
    """Rank the lots of each product by expiry; the order of lines stays."""
    lots: dict[str, set[tuple[date, UUID]]] = defaultdict(set)
    for line in lines:
        lots[line.product_code].add((line.expires_on or date.max, line.lot_id))
    ranks = {
        lot_id: rank
        for found in lots.values()
        for rank, (_, lot_id) in enumerate(sorted(found), 1)
    }
    return [replace(line, fefo_rank=ranks[line.lot_id]) for line in lines]


def _waybill_lines(
    connection: Connection, consignment_number: str
) -> Sequence[WaybillLineView]:
    line = DISPATCHED_LINES.c
    query = (
        select(
            line.unit_code,
            line.product_code,
            line.lot_id,
            LOTS.c.lot_number,
            LOTS.c.expires_on,
            line.planned,
            line.quantity,
        )
        .join(LOTS, line.lot_id == LOTS.c.lot_id)
        .where(line.consignment_number == consignment_number)
        .order_by(line.unit_code, line.product_code, LOTS.c.lot_number, line.lot_id)
    )
    return [WaybillLineView(*row) for row in connection.execute(query)]
