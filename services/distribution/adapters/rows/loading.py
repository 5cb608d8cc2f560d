"""Vehicles, seals and the packing check as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from services.distribution.adapters.tables.asking import LOTS
from services.distribution.adapters.tables.giving import (
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    PACKING_TICKS,
)
from services.distribution.domain.consignment import ConsignmentState, Transport
from services.distribution.domain.handover import Key
from services.distribution.domain.packing import PackLine

_lines, _ticks = CONSIGNMENT_LINES.c, PACKING_TICKS.c
PACKED = (
    select(func.coalesce(func.sum(_ticks.part), 0))
    .where(
        _ticks.consignment_number == _lines.consignment_number,
        _ticks.unit_code == _lines.unit_code,
        _ticks.product_code == _lines.product_code,
        _ticks.lot_id == _lines.lot_id,
    )
    .correlate(CONSIGNMENT_LINES)
    .scalar_subquery()
    .label("packed")
)
"""How much of a consignment's line is ticked off."""


class SqlLoading:
    """Writes to consignments that the caller has locked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def describe(self, consignment_number: str, transport: Transport) -> None:
        self._change(
            consignment_number,
            vehicle=transport.vehicle,
            driver_role=transport.driver_role,
            packages=transport.packages,
            gross_weight_grams=transport.gross_weight_grams,
        )
        self.seal(consignment_number, transport.bags)

    def seal(
        self, consignment_number: str, seals: Mapping[Key, tuple[str, ...]]
    ) -> None:
        for key, given in seals.items():
            self._change_line(consignment_number, key, bag_ids=list(given))

    def start_picking(self, consignment_number: str, at: datetime) -> None:
        self._change(
            consignment_number, state=ConsignmentState.PICKING, picking_started_at=at
        )

    def lines(self, consignment_number: str) -> Sequence[PackLine]:
        lines = CONSIGNMENT_LINES.c
        asked = func.coalesce(lines.dispatched, lines.quantity).label("asked")
        rows = self._connection.execute(
            select(CONSIGNMENT_LINES, PACKED, asked, LOTS.c.lot_number)
            .outerjoin(LOTS, LOTS.c.lot_id == lines.lot_id)
            .where(lines.consignment_number == consignment_number)
            .order_by(lines.unit_code, lines.product_code, lines.lot_id)
        )
        return [
            PackLine(
                (row.unit_code, row.product_code, row.lot_id),
                row.lot_number,
                row.asked,
                row.packed,
                tuple(row.bag_ids),
            )
            for row in rows
        ]

    def tick_off(
        self, consignment_number: str, tick_id: UUID, parts: Mapping[Key, int]
    ) -> None:
        self._connection.execute(
            PACKING_TICKS.insert(),
            [
                {
                    "tick_id": tick_id,
                    "consignment_number": consignment_number,
                    "unit_code": unit_code,
                    "product_code": product_code,
                    "lot_id": lot_id,
                    "part": part,
                }
                for (unit_code, product_code, lot_id), part in parts.items()
            ],
        )

    def take_back(self, consignment_number: str, tick_id: UUID) -> bool:
        ticks = PACKING_TICKS.c
        mine = (
            ticks.consignment_number == consignment_number,
            ticks.tick_id == tick_id,
        )
        taken = self._connection.execute(PACKING_TICKS.delete().where(*mine))
        return taken.rowcount > 0

    def untick(self, consignment_number: str) -> None:
        self._connection.execute(
            PACKING_TICKS.delete().where(
                PACKING_TICKS.c.consignment_number == consignment_number
            )
        )

    def _change(self, consignment_number: str, **values: Any) -> None:
        self._connection.execute(
            CONSIGNMENTS.update()
            .where(CONSIGNMENTS.c.consignment_number == consignment_number)
            .values(**values)
        )

    def _change_line(self, consignment_number: str, key: Key, **values: Any) -> None:
        lines = CONSIGNMENT_LINES.c
        unit_code, product_code, lot_id = key
        self._connection.execute(
            CONSIGNMENT_LINES.update()
            .where(
                lines.consignment_number == consignment_number,
                lines.unit_code == unit_code,
                lines.product_code == product_code,
                lines.lot_id == lot_id,
            )
            .values(**values)
        )
