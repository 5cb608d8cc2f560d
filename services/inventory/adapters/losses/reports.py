"""SQL behind the read models of losses.

``incident`` holds every field of a loss report and ``destruction`` every field of a
destruction record (DOMAIN.md 2.3); both are papers to print.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from services.inventory.adapters.counting.books import lots_of
from services.inventory.adapters.losses.records import lines_to_destroy
from services.inventory.adapters.losses.tables import (
    DESTRUCTION_LINES,
    DESTRUCTIONS,
    INCIDENTS,
    WRITE_OFFS,
)
from services.inventory.adapters.tables import MOVEMENTS
from services.inventory.application.losses.queries import (
    DestructionView,
    IncidentView,
    LossLineView,
    WriteOffView,
)
from services.inventory.domain.incident import (
    DestructionUnknownError,
    IncidentUnknownError,
)
from services.inventory.domain.lot import Lot
from services.inventory.domain.movement import place_of
from shared.database.database import Database

Lots = Mapping[UUID, Lot]


class SqlLossQueries:
    """The port ``LossQueries``; every answer is one consistent moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write_offs(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[WriteOffView]:
        """Read write-offs, the newest first, below the id *after*."""
        row = WRITE_OFFS.c
        query = select(WRITE_OFFS).order_by(row.write_off_id.desc())
        if status is not None:
            query = query.where(row.status == status)
        if after is not None:
            query = query.where(row.write_off_id < UUID(after))
        with self._database.reading() as connection:
            rows = connection.execute(query.limit(limit)).all()
            lots = lots_of(connection, {each.lot_id for each in rows})
        return [_write_off(each, lots) for each in rows]

    def incidents(self, *, after: str | None, limit: int) -> Sequence[IncidentView]:
        """Read incidents, described or not, the newest first, without their lines."""
        number = INCIDENTS.c.incident_number
        query = select(INCIDENTS).order_by(number.desc()).limit(limit)
        if after is not None:
            query = query.where(number < after)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings()
            return [IncidentView(**each) for each in rows]

    def incident(self, incident_number: str) -> IncidentView:
        """Read one with its lines; raises IncidentUnknownError."""
        described = select(INCIDENTS).where(
            INCIDENTS.c.incident_number == incident_number
        )
        with self._database.reading() as connection:
            row = connection.execute(described).mappings().first()
            lines = _lines_of_incident(connection, incident_number)
            approvers = _approvers(connection, incident_number)
        if row is None and not lines:
            raise IncidentUnknownError(incident_number)
        facts: dict[str, Any] = (
            dict(row) if row else {"incident_number": incident_number}
        )
        return IncidentView(**facts, lines=lines, approvers=approvers)

    def destructions(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[DestructionView]:
        """Read records with their lines, the newest first, below *after*."""
        row = DESTRUCTIONS.c
        query = select(DESTRUCTIONS).order_by(row.destruction_number.desc())
        if status is not None:
            query = query.where(row.status == status)
        if after is not None:
            query = query.where(row.destruction_number < after)
        with self._database.reading() as connection:
            rows = connection.execute(query.limit(limit)).mappings().all()
            return _destructions(connection, rows)

    def destruction(self, destruction_number: str) -> DestructionView:
        """Read one; raises DestructionUnknownError."""
        query = select(DESTRUCTIONS).where(
            DESTRUCTIONS.c.destruction_number == destruction_number
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
            found = _destructions(connection, rows)
        if not found:
            raise DestructionUnknownError(destruction_number)
        return found[0]

    def to_destroy(self, today: date) -> Sequence[LossLineView]:
        """List what is expired or recalled, free, and on no open record."""
        with self._database.reading() as connection:
            lines = lines_to_destroy(connection, today)
            lots = lots_of(connection, {each.lot_id for each in lines})
        return [
            LossLineView(
                **_facts(lots[each.lot_id]),
                location_code=each.location_code,
                quantity=each.quantity,
                reason=str(each.reason),
            )
            for each in lines
        ]


def _facts(lot: Lot) -> dict[str, Any]:
    return {
        "product_code": lot.product_code,
        "lot_id": lot.lot_id,
        "lot_number": lot.lot_number,
        "expires_on": lot.expires_on,
        "gift_number": lot.gift_number,
    }


def _line(row: Any, lots: Lots) -> LossLineView:
    return LossLineView(
        **_facts(lots[row.lot_id]),
        location_code=row.location_code,
        quantity=row.quantity,
        reason=row.reason,
        movement_id=row.movement_id,
    )


def _write_off(row: Row[Any], lots: Lots) -> WriteOffView:
    return WriteOffView(
        write_off_id=row.write_off_id,
        line=_line(row, lots),
        incident_number=row.incident_number,
        status=row.status,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _lines_of_incident(
    connection: Connection, incident_number: str
) -> Sequence[LossLineView]:
    back = MOVEMENTS.alias("back")
    moved = MOVEMENTS.c
    destroyed = select(DESTRUCTIONS.c.destruction_number).where(
        DESTRUCTIONS.c.incident_number == incident_number
    )
    query = (
        select(MOVEMENTS)
        .outerjoin(back, back.c.reverses == moved.movement_id)
        .where((moved.document == incident_number) | moved.document.in_(destroyed))
        .where(moved.reverses.is_(None), back.c.movement_id.is_(None))
        .order_by(moved.position)
    )
    rows = connection.execute(query).all()
    lots = lots_of(connection, {row.lot_id for row in rows})
    return [
        LossLineView(
            **_facts(lots[row.lot_id]),
            location_code=place_of(row.source),
            quantity=row.quantity,
            reason=row.reason,
            movement_id=row.movement_id,
        )
        for row in rows
    ]


def _approvers(connection: Connection, incident_number: str) -> Sequence[str]:
    """Name the accounts that answered for what left under an incident."""
    approved = select(WRITE_OFFS.c.decided_by).where(
        WRITE_OFFS.c.incident_number == incident_number,
        WRITE_OFFS.c.status == "approved",
    )
    at_once = select(MOVEMENTS.c.recorded_by).where(
        MOVEMENTS.c.document == incident_number,
        MOVEMENTS.c.movement_id.not_in(
            select(WRITE_OFFS.c.movement_id).where(
                WRITE_OFFS.c.movement_id.is_not(None)
            )
        ),
    )
    destroyed = select(DESTRUCTIONS.c.second_by).where(
        DESTRUCTIONS.c.incident_number == incident_number,
        DESTRUCTIONS.c.second_by.is_not(None),
    )
    return sorted(connection.execute(approved.union(at_once, destroyed)).scalars())


def _destructions(
    connection: Connection, rows: Sequence[Mapping[Any, Any]]
) -> list[DestructionView]:
    numbers = [row["destruction_number"] for row in rows]
    lines = _lines_of_records(connection, numbers)
    return [
        DestructionView(**row, lines=lines[row["destruction_number"]]) for row in rows
    ]


def _lines_of_records(
    connection: Connection, numbers: Iterable[str]
) -> Mapping[str, Sequence[LossLineView]]:
    row = DESTRUCTION_LINES.c
    found = connection.execute(
        select(DESTRUCTION_LINES)
        .where(row.destruction_number.in_(list(numbers)))
        .order_by(row.product_code, row.lot_id, row.location_code)
    ).all()
    lots = lots_of(connection, {each.lot_id for each in found})
    lines: dict[str, list[LossLineView]] = defaultdict(list)
    for each in found:
        lines[each.destruction_number].append(_line(each, lots))
    return lines
