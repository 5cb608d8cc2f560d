"""Allotments as rows."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, select, tuple_

from services.distribution.adapters.tables.asking import REQUISITIONS, UNITS
from services.distribution.adapters.tables.giving import ALLOTMENTS
from services.distribution.domain.allotment import Allotment, AllotmentState
from services.distribution.domain.handover import Key

_COLUMNS = tuple(column.name for column in ALLOTMENTS.columns)
_SAVE = ALLOTMENTS.update().where(ALLOTMENTS.c.allotment_id == bindparam("the_id"))
_STILL_HELD = (AllotmentState.APPROVED, AllotmentState.RESERVED)


class SqlAllotments:
    """Keeps the promises; rows are locked in one order everywhere."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, allotments: Iterable[Allotment]) -> None:
        rows = [_row(each) for each in allotments]
        if rows:
            self._connection.execute(ALLOTMENTS.insert(), rows)

    def save(self, allotments: Iterable[Allotment]) -> None:
        rows = [_row(each) | {"the_id": each.allotment_id} for each in allotments]
        if rows:
            self._connection.execute(_SAVE, rows)

    def of_run(
        self, run_id: UUID, product_code: str | None = None
    ) -> Sequence[Allotment]:
        query = _in_order().where(ALLOTMENTS.c.run_id == run_id)
        if product_code is not None:
            query = query.where(ALLOTMENTS.c.product_code == product_code)
        return self._locked(query)

    def of_consignment(self, consignment_number: str) -> Sequence[Allotment]:
        query = (
            select(ALLOTMENTS)
            .join(
                REQUISITIONS,
                REQUISITIONS.c.requisition_id == ALLOTMENTS.c.requisition_id,
            )
            .where(ALLOTMENTS.c.consignment_number == consignment_number)
            .order_by(
                REQUISITIONS.c.needed_by,
                REQUISITIONS.c.recorded_at,
                ALLOTMENTS.c.allotment_id,
            )
        )
        return self._locked(query)

    def to_send(
        self, facility_code: str, unit_codes: Collection[str] | None
    ) -> Sequence[Allotment]:
        of_facility = select(UNITS.c.unit_code).where(
            UNITS.c.facility_code == facility_code
        )
        query = _unsent().where(ALLOTMENTS.c.unit_code.in_(of_facility))
        if unit_codes is not None:
            query = query.where(ALLOTMENTS.c.unit_code.in_(sorted(unit_codes)))
        return self._locked(query)

    def unsent(self, lines: Collection[Key]) -> Sequence[Allotment]:
        mine = ALLOTMENTS.c
        key = tuple_(mine.unit_code, mine.product_code, mine.lot_id)
        return self._locked(_unsent().where(key.in_(sorted(lines))))

    def held_for(self, unit_code: str) -> Sequence[Allotment]:
        query = _in_order().where(
            ALLOTMENTS.c.unit_code == unit_code, ALLOTMENTS.c.state.in_(_STILL_HELD)
        )
        return self._locked(query)

    def set_state(
        self, run_id: UUID, product_code: str | None, state: AllotmentState
    ) -> None:
        change = ALLOTMENTS.update().where(
            ALLOTMENTS.c.run_id == run_id,
            ALLOTMENTS.c.state.in_(_STILL_HELD),
            ALLOTMENTS.c.consignment_number.is_(None),
        )
        if product_code is not None:
            change = change.where(ALLOTMENTS.c.product_code == product_code)
        self._connection.execute(change.values(state=state))

    def _locked(self, query: Select[Any]) -> Sequence[Allotment]:
        rows = self._connection.execute(query.with_for_update(of=ALLOTMENTS))
        return [_read(row) for row in rows]


def _in_order() -> Select[Any]:
    return select(ALLOTMENTS).order_by(ALLOTMENTS.c.allotment_id)


def _unsent() -> Select[Any]:
    return _in_order().where(
        ALLOTMENTS.c.state == AllotmentState.RESERVED,
        ALLOTMENTS.c.consignment_number.is_(None),
    )


def _row(allotment: Allotment) -> dict[str, Any]:
    return {name: getattr(allotment, name) for name in _COLUMNS}


def _read(row: Any) -> Allotment:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return Allotment(**{**values, "state": AllotmentState(row.state)})
