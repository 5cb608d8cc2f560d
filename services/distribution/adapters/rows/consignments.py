"""Consignments and handovers as rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

from services.distribution.adapters.tables.asking import NUMBERS
from services.distribution.adapters.tables.giving import (
    CONSIGNMENT_LINES,
    CONSIGNMENTS,
    HANDOVERS,
)
from services.distribution.domain.consignment import (
    ConsignmentHead,
    ConsignmentState,
)
from services.distribution.domain.errors import UnknownConsignmentError
from services.distribution.domain.handover import (
    GateLine,
    HandOver,
    Key,
    RefusalReason,
)
from shared.database.upsert import count_up


class SqlConsignments:
    """Keeps deliveries, what was on them and how they ended."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def next_number(self, year: int) -> str:
        last = count_up(self._connection, NUMBERS, "last", {"series": f"C-{year}"})
        return f"C-{year}-{last:04d}"

    def add(
        self,
        number: str,
        facility_code: str,
        planned_on: date,
        *,
        lines: Mapping[Key, int],
        recorded_by: str,
    ) -> None:
        self._connection.execute(
            CONSIGNMENTS.insert().values(
                consignment_number=number,
                facility_code=facility_code,
                planned_on=planned_on,
                state=ConsignmentState.PLANNED,
                recorded_by=recorded_by,
                recorded_at=self._now,
            )
        )
        self._connection.execute(
            CONSIGNMENT_LINES.insert(),
            [
                {"consignment_number": number, "quantity": quantity, **_named(key)}
                for key, quantity in lines.items()
            ],
        )

    def locked(self, consignment_number: str) -> ConsignmentHead:
        row = self._connection.execute(
            CONSIGNMENTS.select()
            .where(CONSIGNMENTS.c.consignment_number == consignment_number)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise UnknownConsignmentError(consignment_number)
        return ConsignmentHead(
            row.consignment_number,
            row.facility_code,
            ConsignmentState(row.state),
            row.planned_on,
            row.moves,
        )

    def unit_codes(self, consignment_number: str) -> frozenset[str]:
        query = select(CONSIGNMENT_LINES.c.unit_code).where(
            CONSIGNMENT_LINES.c.consignment_number == consignment_number
        )
        return frozenset(self._connection.scalars(query))

    def dispatched(self, consignment_number: str) -> Mapping[Key, int]:
        rows = self._connection.execute(
            CONSIGNMENT_LINES.select().where(
                CONSIGNMENT_LINES.c.consignment_number == consignment_number
            )
        )
        return {
            (row.unit_code, row.product_code, row.lot_id): row.dispatched or 0
            for row in rows
        }

    def note_dispatch(
        self,
        consignment_number: str,
        lines: Mapping[Key, int],
        *,
        waybill_number: str,
        short_reason: str | None,
        occurred_at: datetime,
    ) -> None:
        for key in self.dispatched(consignment_number):
            self._change_line(consignment_number, key, dispatched=lines.get(key, 0))
        known = self.dispatched(consignment_number)
        for key, quantity in lines.items():
            if key not in known:
                self._connection.execute(
                    CONSIGNMENT_LINES.insert().values(
                        consignment_number=consignment_number,
                        quantity=0,
                        dispatched=quantity,
                        **_named(key),
                    )
                )
        self._change(
            consignment_number,
            state=ConsignmentState.IN_TRANSIT,
            waybill_number=waybill_number,
            short_reason=short_reason,
            dispatched_at=occurred_at,
        )

    def note_handover(self, seen: HandOver, recorded_by: str) -> None:
        number, lines = seen.consignment_number, seen.lines
        self._connection.execute(
            HANDOVERS.insert().values(
                handover_id=seen.handover_id,
                consignment_number=number,
                occurred_at=seen.occurred_at,
                recorded_at=self._now,
                recorded_by=recorded_by,
                corrects=seen.corrects,
                receiver_role=seen.receiver.role,
                receiver_number=seen.receiver.service_number,
                is_from_paper=seen.is_from_paper,
                lines=[{**_named(one.key, text=True), **_ends(one)} for one in lines],
            )
        )
        for line in lines:
            self._change_line(number, line.key, **_ends(line))
        self._change(
            number,
            state=ConsignmentState.HANDED_OVER,
            handed_over_at=seen.occurred_at,
        )

    def handover_lines(self, handover_id: UUID) -> Sequence[GateLine]:
        found = self._connection.scalar(
            select(HANDOVERS.c.lines).where(HANDOVERS.c.handover_id == handover_id)
        )
        return [read_gate_line(line) for line in found or ()]

    def last_handover(self, consignment_number: str) -> UUID | None:
        corrected = select(HANDOVERS.c.corrects).where(
            HANDOVERS.c.consignment_number == consignment_number,
            HANDOVERS.c.corrects.is_not(None),
        )
        last: UUID | None = self._connection.scalar(
            select(HANDOVERS.c.handover_id).where(
                HANDOVERS.c.consignment_number == consignment_number,
                HANDOVERS.c.handover_id.not_in(corrected),
            )
        )
        return last

    def move(self, head: ConsignmentHead) -> None:
        self._change(
            head.consignment_number, planned_on=head.planned_on, moves=head.moves
        )

    def cancel(self, consignment_number: str, reason: str) -> None:
        self._change(
            consignment_number,
            state=ConsignmentState.CANCELLED,
            cancel_reason=reason,
        )

    def _change(self, consignment_number: str, **values: Any) -> None:
        self._update(CONSIGNMENTS, values, consignment_number=consignment_number)

    def _change_line(self, consignment_number: str, key: Key, **values: Any) -> None:
        self._update(
            CONSIGNMENT_LINES,
            values,
            consignment_number=consignment_number,
            **_named(key),
        )

    def _update(self, table: Table, values: dict[str, Any], **where: Any) -> None:
        matches = [table.c[name] == value for name, value in where.items()]
        self._connection.execute(table.update().where(*matches).values(**values))


def _named(key: Key, *, text: bool = False) -> dict[str, Any]:
    unit_code, product_code, lot_id = key
    return {
        "unit_code": unit_code,
        "product_code": product_code,
        "lot_id": str(lot_id) if text else lot_id,
    }


def read_gate_line(kept: Mapping[str, Any]) -> GateLine:
    """Read a line of a handover as it was written down."""
    reason = kept["refusal_reason"]
    return GateLine(
        unit_code=kept["unit_code"],
        product_code=kept["product_code"],
        lot_id=UUID(kept["lot_id"]),
        accepted=kept["accepted"],
        refused=kept["refused"],
        refusal_reason=RefusalReason.read(reason) if reason else None,
        damaged=kept["damaged"],
        short=kept["short"],
    )


def _ends(line: GateLine) -> dict[str, Any]:
    return {
        "accepted": line.accepted,
        "refused": line.refused,
        "refusal_reason": line.refusal_reason if line.refused else None,
        "damaged": line.damaged,
        "short": line.short,
    }
