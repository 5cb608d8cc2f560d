"""Count sheets and their lines in SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, select

from services.inventory.adapters.counting.coverage import (
    counted_elsewhere,
    rivals_of,
    standing_rows,
)
from services.inventory.adapters.counting.tables import (
    COUNT_ENTRIES,
    COUNT_LINES,
    COUNT_SHEETS,
)
from services.inventory.adapters.tables import ATTENTION, COUNTS
from services.inventory.application.ports.counting import (
    Closing,
    CountEntry,
    CountOutcome,
    CountSheet,
    LotPlace,
)
from services.inventory.domain.counting import CountLine, Finding
from shared.database.upsert import insert_or_update

COUNT_QUESTIONS = ("count_conflict", "counted_before")
"""The codes under which a count waits for its coordinator."""


class SqlCountSheets:
    """The port ``CountSheets`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sheet: CountSheet, opened_by: str, now: datetime) -> None:
        """Store a new sheet, nothing counted on it."""
        self._connection.execute(
            COUNT_SHEETS.insert().values(
                count_sheet_number=sheet.count_sheet_number,
                location_code=sheet.location_code,
                product_code=sheet.product_code,
                status="open",
                opened_at=now,
                opened_by=opened_by,
            )
        )

    def find(
        self, count_sheet_number: str, *, is_locked: bool = False
    ) -> CountSheet | None:
        """Read a sheet; None when there is none of that number."""
        query = select(COUNT_SHEETS).where(
            COUNT_SHEETS.c.count_sheet_number == count_sheet_number
        )
        if is_locked:
            query = query.with_for_update()
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return _sheet_of(row)

    def rival(self, sheet: CountSheet) -> CountSheet | None:
        """Find the first open sheet that counts some of what a new one would."""
        row = self._connection.execute(rivals_of(sheet).limit(1)).first()
        return None if row is None else _sheet_of(row)

    def counted_elsewhere(
        self, lot_id: UUID, account: str, count_sheet_number: str
    ) -> str | None:
        """Name another open sheet on which the lot was counted at that place."""
        query = counted_elsewhere(count_sheet_number).where(
            COUNT_LINES.c.lot_id == lot_id, COUNT_LINES.c.account == account
        )
        return self._connection.execute(query.limit(1)).scalar()

    def lines(self, count_sheet_number: str) -> Sequence[CountLine]:
        """Read what was counted on a sheet, by place and lot."""
        return self._lines(COUNT_LINES.c.count_sheet_number == count_sheet_number)

    def line(
        self, count_sheet_number: str, lot_id: UUID, account: str
    ) -> CountLine | None:
        """Read one line; it is certain once its lot is open."""
        found = self._lines(
            (COUNT_LINES.c.count_sheet_number == count_sheet_number)
            & (COUNT_LINES.c.lot_id == lot_id)
            & (COUNT_LINES.c.account == account)
        )
        return found[0] if found else None

    def save(self, line: CountLine, entry: CountEntry | None) -> None:
        """Store a line as it is now, and the count that changed it."""
        insert_or_update(self._connection, COUNT_LINES, line_row(line))
        if entry is not None:
            self._connection.execute(
                COUNT_ENTRIES.insert().values(
                    entry_id=entry.entry_id,
                    count_sheet_number=line.count_sheet_number,
                    lot_id=line.lot_id,
                    account=line.account,
                    became=entry.became,
                    **asdict(entry.finding),
                )
            )

    def settle(self, line: CountLine, outcome: CountOutcome) -> None:
        """Write beside a line what the books said and what was done."""
        self._connection.execute(
            COUNT_LINES.update()
            .where(COUNT_LINES.c.count_id == line.count_id)
            .values(**asdict(outcome))
        )

    def close(self, count_sheet_number: str, closing: Closing) -> None:
        """Finish a sheet for good."""
        self._connection.execute(
            COUNT_SHEETS.update()
            .where(COUNT_SHEETS.c.count_sheet_number == count_sheet_number)
            .values(status="finished", **asdict(closing))
        )

    def standing(self, sheet: CountSheet) -> Iterable[LotPlace]:
        """Name every lot the books expect where a sheet counts."""
        return standing_rows(self._connection, sheet)

    def waiting(self, count_sheet_number: str) -> Sequence[UUID]:
        """Name the scans of a sheet that wait for a person."""
        return [
            row.scan_id for row in waiting_rows(self._connection, count_sheet_number)
        ]

    def is_counted_after(self, line: CountLine, instant: datetime) -> bool:
        """Tell whether another count of the same lot and place came later."""
        query = select(COUNTS.c.count_id).where(
            COUNTS.c.lot_id == line.lot_id,
            COUNTS.c.account == line.account,
            COUNTS.c.counted_at > instant,
            COUNTS.c.undone_at.is_(None),
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def _lines(self, condition: ColumnElement[bool]) -> Sequence[CountLine]:
        rows = self._connection.execute(
            select(COUNT_LINES)
            .where(condition)
            .order_by(COUNT_LINES.c.account, COUNT_LINES.c.lot_id)
        )
        return [line_of(row) for row in rows]


def _sheet_of(row: Row[Any]) -> CountSheet:
    return CountSheet(
        row.count_sheet_number,
        row.location_code,
        row.product_code,
        row.status == "open",
    )


def waiting_rows(connection: Connection, count_sheet_number: str) -> Sequence[Row[Any]]:
    """Read the scans of a sheet that wait for a person, oldest first."""
    rows = connection.execute(
        select(ATTENTION)
        .where(ATTENTION.c.resolved_at.is_(None))
        .where(ATTENTION.c.line["action"].as_string() == "count")
        .order_by(ATTENTION.c.position)
    )
    return [
        row for row in rows if row.line.get("count_sheet_number") == count_sheet_number
    ]


def line_row(line: CountLine) -> dict[str, Any]:
    """Write a line as its row; what the books said is not part of it."""
    return {
        "count_sheet_number": line.count_sheet_number,
        "lot_id": line.lot_id,
        "account": line.account,
        "product_code": line.product_code,
        "count_id": line.count_id,
        **_finding_row("first", line.first),
        **_finding_row("second", line.second),
        "decided_counted": line.decision and line.decision.counted,
        "decided_at": line.decision and line.decision.counted_at,
        "decided_by": line.decision and line.decision.counted_by,
    }


def line_of(row: Any) -> CountLine:
    """Read a line from its row."""
    decision = None
    if row.decided_by is not None:
        decision = Finding(
            row.decided_counted, row.decided_at, row.decided_by, row.decided_at
        )
    return CountLine(
        count_sheet_number=row.count_sheet_number,
        lot_id=row.lot_id,
        account=row.account,
        product_code=row.product_code,
        count_id=row.count_id,
        first=Finding(
            row.first_counted, row.first_at, row.first_by, row.first_recorded_at
        ),
        second=None
        if row.second_by is None
        else Finding(
            row.second_counted, row.second_at, row.second_by, row.second_recorded_at
        ),
        decision=decision,
    )


def _finding_row(name: str, finding: Finding | None) -> dict[str, Any]:
    return {
        f"{name}_counted": finding and finding.counted,
        f"{name}_at": finding and finding.counted_at,
        f"{name}_by": finding and finding.counted_by,
        f"{name}_recorded_at": finding and finding.recorded_at,
    }
