"""SQL behind the read models of counting.

``SqlCountQueries.sheet`` holds every field of a printed count sheet: blank while
``status`` is open (print no number of it), with both counts, the books and the
difference once it is finished.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from services.inventory.adapters.counting.books import (
    books_of,
    lots_of,
    medicine_flags,
)
from services.inventory.adapters.counting.coverage import (
    covered,
    open_counts,
    standing_rows,
)
from services.inventory.adapters.counting.sheets import (
    COUNT_QUESTIONS,
    line_of,
    waiting_rows,
)
from services.inventory.adapters.counting.tables import COUNT_LINES, COUNT_SHEETS
from services.inventory.adapters.tables import (
    BALANCES,
    LOCATIONS,
    MOVEMENTS,
    PRODUCTS,
    STANDING,
)
from services.inventory.application.counting.queries import (
    UNCOUNTED_STATE,
    CountLineView,
    CountSheetView,
    WaitingCountView,
)
from services.inventory.domain.counting import (
    CountLine,
    DueCounts,
    OpenCounts,
    due_counts,
    judge,
)
from services.inventory.domain.counting_errors import CountSheetUnknownError
from services.inventory.domain.lot import Lot
from services.inventory.domain.movement import place_of
from services.inventory.domain.product import MEDICINE
from shared.database.database import Database
from shared.kernel.clock import local_day


class SqlCountQueries:
    """The port ``CountQueries``; every answer is one consistent moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sheets(
        self, status: str | None, *, after: str | None, limit: int
    ) -> Sequence[CountSheetView]:
        """Read sheets with their lines, the newest first, below *after*."""
        sheet = COUNT_SHEETS.c
        query = select(COUNT_SHEETS).order_by(sheet.count_sheet_number.desc())
        if status is not None:
            query = query.where(sheet.status == status)
        if after is not None:
            query = query.where(sheet.count_sheet_number < after)
        with self._database.reading() as connection:
            rows = connection.execute(query.limit(limit)).all()
            return [_view(connection, row) for row in rows]

    def sheet(self, count_sheet_number: str) -> CountSheetView:
        """Read one; raises CountSheetUnknownError."""
        query = select(COUNT_SHEETS).where(
            COUNT_SHEETS.c.count_sheet_number == count_sheet_number
        )
        with self._database.reading() as connection:
            row = connection.execute(query).first()
            if row is None:
                raise CountSheetUnknownError(count_sheet_number)
            return _view(connection, row)

    def open_counts(self) -> OpenCounts:
        """Say what is on open sheets."""
        with self._database.reading() as connection:
            return open_counts(connection)

    def due(self, today: date) -> DueCounts:
        """Say what should be counted now and is on no open sheet."""
        place = LOCATIONS.c
        places = select(place.location_code).where(place.kind != "dispatch")
        sheet = COUNT_SHEETS.c
        with self._database.reading() as connection:
            codes = connection.execute(places).scalars().all()
            medicines = _medicines_here(connection)
            counted = {
                column.name: _last_days(connection, column)
                for column in (sheet.location_code, sheet.product_code)
            }
            busy = covered(connection)
        due = due_counts(
            {code: counted["location_code"].get(code) for code in codes},
            {code: counted["product_code"].get(code) for code in medicines},
            today,
        )
        return due.without(busy)


def _last_days(connection: Connection, column: Any) -> Mapping[str, date]:
    """Give the Almaty day on which each code was last counted to the end."""
    query = (
        select(column, func.max(COUNT_SHEETS.c.finished_at))
        .where(column.is_not(None), COUNT_SHEETS.c.status == "finished")
        .group_by(column)
    )
    return {code: local_day(at) for code, at in connection.execute(query)}


def _medicines_here(connection: Connection) -> Sequence[str]:
    query = (
        select(PRODUCTS.c.product_code, PRODUCTS.c.flags)
        .where(
            select(BALANCES.c.lot_id)
            .where(STANDING, BALANCES.c.product_code == PRODUCTS.c.product_code)
            .exists()
        )
        .order_by(PRODUCTS.c.product_code)
    )
    return [code for code, flags in connection.execute(query) if MEDICINE in flags]


def _view(connection: Connection, sheet: Row[Any]) -> CountSheetView:
    is_open = sheet.status == "open"
    lines = (_open_lines if is_open else _finished_lines)(connection, sheet)
    number = sheet.count_sheet_number
    waiting = waiting_rows(connection, number) if is_open else ()
    return CountSheetView(
        count_sheet_number=number,
        location_code=sheet.location_code,
        product_code=sheet.product_code,
        status=sheet.status,
        opened_at=sheet.opened_at,
        opened_by=sheet.opened_by,
        finished_at=sheet.finished_at,
        finished_by=sheet.finished_by,
        uncounted=sheet.uncounted,
        uncounted_lots=sheet.uncounted_lots,
        lines=sorted(lines, key=lambda each: (each.location_code, each.product_code)),
        waiting=[_waiting(row) for row in waiting if row.code in COUNT_QUESTIONS],
    )


def _rows(connection: Connection, sheet: Row[Any]) -> Sequence[Row[Any]]:
    return connection.execute(
        select(COUNT_LINES).where(
            COUNT_LINES.c.count_sheet_number == sheet.count_sheet_number
        )
    ).all()


def _open_lines(connection: Connection, sheet: Row[Any]) -> Iterable[CountLineView]:
    lines = [line_of(row) for row in _rows(connection, sheet)]
    standing = standing_rows(connection, sheet)
    lots = lots_of(
        connection, {each.lot_id for each in lines} | {i for i, _ in standing}
    )
    medicine = medicine_flags(connection, lots.values())
    books = books_of(connection, lots, lines)
    for line in lines:
        is_medicine = medicine[line.product_code]
        state = judge(line, books[line.lot_id], is_medicine=is_medicine)
        yield CountLineView(
            **_lot_facts(lots[line.lot_id], line.account),
            **_counts(line),
            state=str(state),
        )
    known = {(line.lot_id, line.account) for line in lines}
    for lot_id, account in standing:
        if (lot_id, account) not in known:
            facts = _lot_facts(lots[lot_id], account)
            yield CountLineView(**facts, state=UNCOUNTED_STATE)


def _finished_lines(connection: Connection, sheet: Row[Any]) -> Iterable[CountLineView]:
    rows = _rows(connection, sheet)
    lots = lots_of(connection, {row.lot_id for row in rows})
    movements = _booked_movements(connection, [str(row.count_id) for row in rows])
    for row in rows:
        yield CountLineView(
            **_lot_facts(lots[row.lot_id], row.account),
            **_counts(line_of(row)),
            state="counted",
            booked=row.booked,
            difference=row.difference,
            outcome=row.outcome,
            movement_id=movements.get(str(row.count_id)),
        )


def _counts(line: CountLine) -> dict[str, Any]:
    second, decision = line.second, line.decision
    return {
        "first_counted": line.first.counted,
        "first_by": line.first.counted_by,
        "first_at": line.first.counted_at,
        "second_counted": second and second.counted,
        "second_by": second and second.counted_by,
        "second_at": second and second.counted_at,
        "decided_counted": decision and decision.counted,
        "decided_by": decision and decision.counted_by,
    }


def _lot_facts(lot: Lot, account: str) -> dict[str, Any]:
    return {
        "product_code": lot.product_code,
        "lot_id": lot.lot_id,
        "lot_number": lot.lot_number,
        "expires_on": lot.expires_on,
        "gift_number": lot.gift_number,
        "location_code": place_of(account),
    }


def _waiting(row: Row[Any]) -> WaitingCountView:
    decoded = row.line.get("decoded") or {}
    return WaitingCountView(
        scan_id=row.scan_id,
        code=row.code,
        quantity=row.line.get("quantity", 0),
        account=row.account,
        occurred_at=row.occurred_at,
        product_code=row.line.get("product_code"),
        lot_number=row.line.get("lot_number") or decoded.get("lot"),
    )


def _booked_movements(
    connection: Connection, documents: Sequence[str]
) -> Mapping[str, UUID]:
    """Give a movement of each count that still stands, to take it back by."""
    back = MOVEMENTS.alias("back")
    moved = MOVEMENTS.c
    query = (
        select(moved.document, moved.movement_id)
        .outerjoin(back, back.c.reverses == moved.movement_id)
        .where(moved.document.in_(documents))
        .where(moved.reverses.is_(None), back.c.movement_id.is_(None))
    )
    return {row.document: row.movement_id for row in connection.execute(query)}
