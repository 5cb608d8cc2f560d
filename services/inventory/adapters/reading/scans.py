"""SQL behind the scan station and the attention page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, func, select

from services.inventory.adapters.reading.catalogue import CatalogueReads
from services.inventory.adapters.tables import (
    ATTENTION,
    GOODS_RECEIVED_NOTES,
    LOTS,
    MOVEMENTS,
    PRODUCTS,
    SCANS,
)
from services.inventory.application.page_views import (
    DayTotals,
    LoggedScan,
    WaitingView,
)

_REVERSAL = MOVEMENTS.alias("reversal")
_MOVEMENT_COLUMNS = (
    MOVEMENTS.c.movement_id,
    MOVEMENTS.c.quantity,
    MOVEMENTS.c.reason,
    MOVEMENTS.c.source,
    MOVEMENTS.c.target,
    MOVEMENTS.c.recorded_at,
    MOVEMENTS.c.recorded_by,
    LOTS.c.lot_number,
    LOTS.c.expires_on,
    PRODUCTS.c.product_code,
    PRODUCTS.c.names,
    _REVERSAL.c.recorded_at.label("undone_at"),
)


class ScanReads(CatalogueReads):
    """What one person scanned, and what waits for anybody."""

    def scans(self, account: str, since: datetime, limit: int) -> Sequence[LoggedScan]:
        """Give a person's scans since a moment, the newest first."""
        query = (
            select(SCANS)
            .where(SCANS.c.account == account, SCANS.c.recorded_at >= since)
            .order_by(SCANS.c.recorded_at.desc(), SCANS.c.scan_id.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            return _logged(connection, connection.execute(query).all())

    def scan(self, scan_id: UUID) -> LoggedScan | None:
        """Give one scan as it stands now; None when it was never taken."""
        query = select(SCANS).where(SCANS.c.scan_id == scan_id)
        with self._database.reading() as connection:
            found = _logged(connection, connection.execute(query).all())
        return next(iter(found), None)

    def logged_movement(self, movement_id: UUID) -> LoggedScan | None:
        """Give a movement in the form of the running list."""
        with self._database.reading() as connection:
            found = _movements(connection, [movement_id])
        row = found.get(movement_id)
        if row is None:
            return None
        return _applied(movement_id, row.recorded_at, row)

    def totals(self, account: str, day: date) -> DayTotals:
        """Add up what a person received on an Almaty day and has not undone."""
        note, movement = GOODS_RECEIVED_NOTES.c, MOVEMENTS.c
        query = (
            select(
                func.coalesce(func.sum(movement.quantity), 0),
                func.count(movement.product_code.distinct()),
            )
            .join(GOODS_RECEIVED_NOTES, note.grn_number == movement.document)
            .outerjoin(_REVERSAL, _REVERSAL.c.reverses == movement.movement_id)
            .where(note.account == account, note.received_on == day)
            .where(movement.reason == "RECEIPT", _REVERSAL.c.movement_id.is_(None))
        )
        waiting = _open_attention(func.count()).where(ATTENTION.c.account == account)
        with self._database.reading() as connection:
            units, products = connection.execute(query).one()
            return DayTotals(
                int(units), products, connection.execute(waiting).scalar_one()
            )

    def waiting_scan(self, scan_id: UUID) -> WaitingView | None:
        """Give one scan that still waits; None when it does not."""
        waits = ATTENTION.c
        query = _open_attention(
            waits.scan_id, waits.code, waits.detail, waits.line, waits.occurred_at
        ).where(waits.scan_id == scan_id)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return WaitingView(*row) if row else None

    def waiting_count(self) -> int:
        """Count what waits for a person."""
        with self._database.reading() as connection:
            return int(connection.execute(_open_attention(func.count())).scalar_one())


def _open_attention(*columns: Any) -> Select[Any]:
    query = select(*columns).select_from(ATTENTION)
    return query.where(ATTENTION.c.resolved_at.is_(None))


def _logged(connection: Connection, rows: Sequence[Row[Any]]) -> list[LoggedScan]:
    """Tell each scan by its movement, else by what is known of it."""
    told = {row.scan_id: row.result for row in rows}
    ids = {
        scan_id: UUID(result["movement_id"])
        for scan_id, result in told.items()
        if result.get("movement_id")
    }
    movements = _movements(connection, ids.values())
    names = _names(connection, {_code_of(result) for result in told.values()})
    return [
        _applied(row.scan_id, row.recorded_at, movements[ids[row.scan_id]])
        if ids.get(row.scan_id) in movements
        else _told(row, names)
        for row in rows
    ]


def _movements(
    connection: Connection, movement_ids: Iterable[UUID]
) -> Mapping[UUID, Any]:
    movement = MOVEMENTS.c
    query = (
        select(*_MOVEMENT_COLUMNS)
        .join(LOTS, LOTS.c.lot_id == movement.lot_id)
        .join(PRODUCTS, PRODUCTS.c.product_code == LOTS.c.product_code)
        .outerjoin(_REVERSAL, _REVERSAL.c.reverses == movement.movement_id)
        .where(movement.movement_id.in_(sorted(movement_ids)))
    )
    return {row.movement_id: row for row in connection.execute(query)}


def _applied(scan_id: UUID, recorded_at: datetime, row: Any) -> LoggedScan:
    return LoggedScan(
        scan_id=scan_id,
        recorded_at=recorded_at,
        status="applied",
        code=None,
        product_code=row.product_code,
        names=row.names,
        quantity=row.quantity,
        reason=row.reason,
        source=row.source,
        target=row.target,
        lot_number=row.lot_number,
        expires_on=row.expires_on,
        movement_id=row.movement_id,
        undone_at=row.undone_at,
        recorded_by=row.recorded_by,
    )


def _names(
    connection: Connection, codes: Iterable[str | None]
) -> Mapping[str | None, Mapping[str, str]]:
    product = PRODUCTS.c
    query = select(product.product_code, product.names).where(
        product.product_code.in_(sorted(filter(None, codes)))
    )
    return {row.product_code: row.names for row in connection.execute(query)}


def _code_of(result: Mapping[str, Any]) -> str | None:
    """Give the product a scan was told about, or the number nobody knows."""
    facts = result.get("facts", {})
    told: str | None = facts.get("product_code") or facts.get("product")
    return told


def _told(row: Row[Any], names: Mapping[str | None, Mapping[str, str]]) -> LoggedScan:
    product_code = _code_of(row.result)
    return LoggedScan(
        scan_id=row.scan_id,
        recorded_at=row.recorded_at,
        status=row.result["status"],
        code=row.result.get("code"),
        product_code=product_code,
        names=names.get(product_code, {}),
        quantity=None,
        reason=None,
        source=None,
        target=None,
        lot_number=row.result.get("facts", {}).get("lot_number"),
        expires_on=None,
        movement_id=None,
        undone_at=None,
        recorded_by=row.account,
    )
