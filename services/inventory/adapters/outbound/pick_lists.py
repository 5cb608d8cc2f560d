"""Pick lists, their lines, and which lines a pick answered, in SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from services.inventory.adapters.outbound.left_over import picked_by_lot
from services.inventory.adapters.outbound.tables import PICK_LINES, PICK_LISTS, PICKS
from services.inventory.application.ports.outbound import PickList, RestoredPick
from services.inventory.domain.picking import (
    PickLine,
    PickListStatus,
    PlannedLine,
    Take,
)
from shared.kernel.identity import IdSource

_LINE = (
    PICK_LINES.c.line_id,
    PICK_LINES.c.run_id,
    PICK_LINES.c.unit_code,
    PICK_LINES.c.product_code,
    PICK_LINES.c.lot_id,
    PICK_LINES.c.location_code,
    PICK_LINES.c.planned,
    PICK_LINES.c.quantity,
    PICK_LINES.c.picked,
)


class SqlPickLists:
    """The port ``PickLists`` on one connection."""

    def __init__(self, connection: Connection, ids: IdSource) -> None:
        self._connection = connection
        self._ids = ids

    def open(
        self, pick_list: PickList, lines: Sequence[PlannedLine], opened_at: datetime
    ) -> None:
        """Store a new list with its lines, none of them picked."""
        self._connection.execute(
            PICK_LISTS.insert().values(
                pick_list_number=pick_list.pick_list_number,
                consignment_number=pick_list.consignment_number,
                facility_code=pick_list.facility_code,
                planned_on=pick_list.planned_on,
                moves=0,
                status=pick_list.status.value,
                opened_at=opened_at,
            )
        )
        for line in lines:
            self._insert(pick_list.pick_list_number, _unpicked(line))

    def find(self, pick_list_number: str) -> PickList | None:
        """Read a list; its status is certain once the lots of its lines are open."""
        return self._head(PICK_LISTS.c.pick_list_number == pick_list_number)

    def of_consignment(self, consignment_number: str) -> PickList | None:
        """Read the list of a consignment."""
        return self._head(PICK_LISTS.c.consignment_number == consignment_number)

    def move(self, consignment_number: str, planned_on: date, version: int) -> None:
        """Store when it goes, unless a later version is known."""
        self._connection.execute(
            PICK_LISTS.update()
            .where(
                PICK_LISTS.c.consignment_number == consignment_number,
                PICK_LISTS.c.moves < version,
            )
            .values(planned_on=planned_on, moves=version)
        )

    def close(
        self, pick_list: PickList, short_reason: str | None, closed_at: datetime
    ) -> None:
        """Store status and waybill of a list that is open no more."""
        self._connection.execute(
            PICK_LISTS.update()
            .where(PICK_LISTS.c.pick_list_number == pick_list.pick_list_number)
            .values(
                status=pick_list.status.value,
                waybill_number=pick_list.waybill_number,
                short_reason=short_reason,
                closed_at=closed_at,
            )
        )

    def lines(self, pick_list_number: str) -> Sequence[PickLine]:
        """Read the lines of a list in walking order."""
        query = select(*_LINE).where(PICK_LINES.c.pick_list_number == pick_list_number)
        return self._lines(query)

    def save(self, line: PickLine) -> None:
        """Store the present quantities of a line; one planned no more is dropped."""
        is_it = PICK_LINES.c.line_id == line.line_id
        if line.planned == 0:
            self._connection.execute(PICK_LINES.delete().where(is_it))
            return
        self._connection.execute(
            PICK_LINES.update()
            .where(is_it)
            .values(planned=line.planned, quantity=line.quantity, picked=line.picked)
        )

    def widen(self, pick_list_number: str, line: PlannedLine) -> PickLine:
        """Find or add the line of the same unit, run and source, and widen it."""
        query = select(*_LINE).where(_same_source(pick_list_number, line))
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return self._insert(pick_list_number, _unpicked(line))
        found = PickLine(*row)
        widened = replace(
            found,
            planned=found.planned + line.planned,
            quantity=found.quantity + line.quantity,
        )
        self.save(widened)
        return widened

    def open_lines_of(self, lot_id: UUID) -> Sequence[PickLine]:
        """Find lines of open lists that still wait for some of a lot."""
        return self._lines(
            _on_open_lists().where(
                PICK_LINES.c.lot_id == lot_id,
                PICK_LINES.c.picked < PICK_LINES.c.quantity,
            )
        )

    def open_lines_for(
        self, run_id: UUID, unit_codes: Iterable[str]
    ) -> Sequence[PickLine]:
        """Find the lines of open lists that a run has for some units, picked or not."""
        return self._lines(
            _on_open_lists().where(
                PICK_LINES.c.run_id == run_id,
                PICK_LINES.c.unit_code.in_(sorted(unit_codes)),
            )
        )

    def picked_of(self, lot_id: UUID) -> int:
        """Sum what open lists count as picked of a lot."""
        query = picked_by_lot().where(PICK_LINES.c.lot_id == lot_id)
        row = self._connection.execute(query).one_or_none()
        return row.picked if row else 0

    def leave_out(self, line: PickLine) -> None:
        """Let a line ask for nothing, and no pick stand for it any more."""
        self.save(replace(line, quantity=0, picked=0))
        self._connection.execute(PICKS.delete().where(PICKS.c.line_id == line.line_id))

    def note_pick(
        self, movement_id: UUID, takes: Iterable[Take], other_lot_reason: str | None
    ) -> None:
        """Remember which lines a movement answered."""
        for take in takes:
            self._connection.execute(
                PICKS.insert().values(
                    movement_id=movement_id,
                    line_id=take.line.line_id,
                    quantity=take.quantity,
                    other_lot_reason=other_lot_reason,
                )
            )

    def answered_by(self, movement_id: UUID) -> Sequence[RestoredPick]:
        """Find the lines a pick answered, with the list they stand on."""
        query = (
            select(PICK_LINES.c.pick_list_number, PICKS.c.quantity, *_LINE)
            .join(PICKS)
            .where(PICKS.c.movement_id == movement_id)
            .order_by(PICK_LINES.c.line_id)
        )
        return [
            RestoredPick(number, PickLine(*line), quantity)
            for number, quantity, *line in self._connection.execute(query)
        ]

    def forget_pick(self, movement_id: UUID) -> None:
        """Drop what a pick answered, after it was taken back."""
        self._connection.execute(
            PICKS.delete().where(PICKS.c.movement_id == movement_id)
        )

    def _head(self, condition: ColumnElement[bool]) -> PickList | None:
        head = PICK_LISTS.c
        query = select(
            head.pick_list_number,
            head.consignment_number,
            head.facility_code,
            head.planned_on,
            head.status,
            head.waybill_number,
        )
        row = self._connection.execute(query.where(condition)).one_or_none()
        if row is None:
            return None
        number, consignment, facility, planned_on, status, waybill = row
        return PickList(
            number, consignment, facility, planned_on, PickListStatus(status), waybill
        )

    def _lines(self, query: Select[Any]) -> Sequence[PickLine]:
        line = PICK_LINES.c
        ordered = query.order_by(
            line.location_code,
            line.product_code,
            line.lot_id,
            line.unit_code,
            line.run_id,
        )
        return [PickLine(*row) for row in self._connection.execute(ordered)]

    def _insert(self, pick_list_number: str, values: dict[str, Any]) -> PickLine:
        stored = {"line_id": self._ids.new_id(), **values}
        self._connection.execute(
            PICK_LINES.insert().values(pick_list_number=pick_list_number, **stored)
        )
        return PickLine(**stored)


def _on_open_lists() -> Select[Any]:
    is_open = PICK_LISTS.c.status == PickListStatus.OPEN.value
    return select(*_LINE).join(PICK_LISTS).where(is_open)


def _unpicked(line: PlannedLine) -> dict[str, Any]:
    return {
        "run_id": line.run_id,
        "unit_code": line.unit_code,
        "product_code": line.product_code,
        "lot_id": line.lot_id,
        "location_code": line.location_code,
        "planned": line.planned,
        "quantity": line.quantity,
        "picked": 0,
    }


def _same_source(pick_list_number: str, line: PlannedLine) -> ColumnElement[bool]:
    return and_(
        PICK_LINES.c.pick_list_number == pick_list_number,
        PICK_LINES.c.lot_id == line.lot_id,
        PICK_LINES.c.location_code == line.location_code,
        PICK_LINES.c.unit_code == line.unit_code,
        PICK_LINES.c.run_id == line.run_id,
    )
