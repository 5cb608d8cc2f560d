"""Incidents, write-offs and destruction records in SQL."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, or_, select

from services.inventory.adapters.ledger_rows import lot_of
from services.inventory.adapters.losses.tables import (
    DESTRUCTION_LINES,
    DESTRUCTIONS,
    INCIDENTS,
    WRITE_OFFS,
)
from services.inventory.adapters.tables import (
    BALANCES,
    LOTS,
    MOVEMENTS,
    STANDING,
)
from services.inventory.application.ports.losses import (
    Destruction,
    DestructionLine,
    WriteOff,
)
from services.inventory.domain.incident import (
    Confirmation,
    IncidentFacts,
    destruction_reason,
)
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import Reason, place_of

HANDOVERS = "distribution"
"""Who opened an incident that a handover reported: the service that said so."""


class SqlLosses:
    """The port ``Losses`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_incident(
        self, incident_number: str, facts: IncidentFacts, opened_by: str, now: datetime
    ) -> None:
        """Store what happened under its number."""
        self._connection.execute(
            INCIDENTS.insert().values(
                incident_number=incident_number,
                opened_by=opened_by,
                opened_at=now,
                **_described(facts, opened_by, now),
            )
        )

    def open_at_handover(
        self, incident_number: str, consignment_number: str, now: datetime
    ) -> None:
        """Store an incident that nobody has described yet."""
        self._connection.execute(
            INCIDENTS.insert().values(
                incident_number=incident_number,
                consignment_number=consignment_number,
                opened_by=HANDOVERS,
                opened_at=now,
            )
        )

    def describe(
        self, incident_number: str, facts: IncidentFacts, account: str, now: datetime
    ) -> bool:
        """Complete an incident; False when somebody had described it before.

        A number that only movements know, because a program booked under it, is
        opened by whoever describes it.
        """
        is_it = INCIDENTS.c.incident_number == incident_number
        query = select(INCIDENTS.c.described_by).where(is_it).with_for_update()
        row = self._connection.execute(query).first()
        if row is None:
            self.add_incident(incident_number, facts, account, now)
            return True
        if row.described_by is not None:
            return False
        described = _described(facts, account, now)
        self._connection.execute(INCIDENTS.update().where(is_it).values(**described))
        return True

    def is_incident(self, incident_number: str) -> bool:
        """Tell whether a number was given out, here or by a handover."""
        opened = select(INCIDENTS.c.incident_number).where(
            INCIDENTS.c.incident_number == incident_number
        )
        booked = select(MOVEMENTS.c.document).where(
            MOVEMENTS.c.document == incident_number
        )
        found = self._connection.execute(opened.union_all(booked).limit(1))
        return found.first() is not None

    def add_write_off(self, write_off: WriteOff, now: datetime) -> None:
        """Store a write-off that waits."""
        self._connection.execute(
            WRITE_OFFS.insert().values(**asdict(write_off), recorded_at=now)
        )

    def write_off(self, write_off_id: UUID) -> WriteOff | None:
        """Lock and read a write-off."""
        row = self._connection.execute(
            select(WRITE_OFFS)
            .where(WRITE_OFFS.c.write_off_id == write_off_id)
            .with_for_update()
        ).first()
        if row is None:
            return None
        return WriteOff(
            write_off_id=row.write_off_id,
            lot_id=row.lot_id,
            product_code=row.product_code,
            location_code=row.location_code,
            quantity=row.quantity,
            reason=Reason(row.reason),
            incident_number=row.incident_number,
            recorded_by=row.recorded_by,
            status=row.status,
        )

    def decide(
        self,
        write_off_id: UUID,
        decided_by: str,
        now: datetime,
        movement_id: UUID | None,
    ) -> None:
        """Store the decision; with a movement it was approved, else rejected."""
        self._connection.execute(
            WRITE_OFFS.update()
            .where(WRITE_OFFS.c.write_off_id == write_off_id)
            .values(
                status="approved" if movement_id else "rejected",
                decided_by=decided_by,
                decided_at=now,
                movement_id=movement_id,
            )
        )

    def to_destroy(self, today: date) -> Iterable[DestructionLine]:
        """List what is expired or recalled, free, and on no open record."""
        return lines_to_destroy(self._connection, today)

    def add_destruction(
        self, record: Destruction, opened_by: str, now: datetime
    ) -> None:
        """Store a new record with its lines."""
        number = record.destruction_number
        self._connection.execute(
            DESTRUCTIONS.insert().values(
                destruction_number=number,
                method=record.method,
                incident_number=record.incident_number,
                status="open",
                opened_by=opened_by,
                opened_at=now,
            )
        )
        self._connection.execute(
            DESTRUCTION_LINES.insert(),
            [{"destruction_number": number, **asdict(line)} for line in record.lines],
        )

    def destruction(
        self, destruction_number: str, *, is_locked: bool = False
    ) -> Destruction | None:
        """Read a record with its lines."""
        query = select(DESTRUCTIONS).where(
            DESTRUCTIONS.c.destruction_number == destruction_number
        )
        row = self._connection.execute(
            query.with_for_update() if is_locked else query
        ).first()
        if row is None:
            return None
        lines = self._connection.execute(
            select(DESTRUCTION_LINES)
            .where(DESTRUCTION_LINES.c.destruction_number == destruction_number)
            .order_by(DESTRUCTION_LINES.c.lot_id, DESTRUCTION_LINES.c.location_code)
        )
        first = Confirmation(row.first_by, row.first_role) if row.first_by else None
        return Destruction(
            destruction_number=row.destruction_number,
            method=row.method,
            incident_number=row.incident_number,
            status=row.status,
            first=first,
            lines=[_line(each) for each in lines],
        )

    def confirm(
        self, record: Destruction, confirmation: Confirmation, now: datetime
    ) -> None:
        """Store a confirmation; the second one closes the record."""
        place = "first" if record.first is None else "second"
        closing = {} if record.first is None else {"status": "destroyed"}
        self._change(
            record.destruction_number,
            {
                f"{place}_by": confirmation.account,
                f"{place}_role": confirmation.role,
                f"{place}_at": now,
                **closing,
            },
        )

    def note_destroyed(
        self, destruction_number: str, line: DestructionLine, movement_id: UUID
    ) -> None:
        """Name the movement by which a line left the books."""
        row = DESTRUCTION_LINES.c
        self._connection.execute(
            DESTRUCTION_LINES.update()
            .where(row.destruction_number == destruction_number)
            .where(row.lot_id == line.lot_id, row.location_code == line.location_code)
            .values(movement_id=movement_id)
        )

    def cancel(self, destruction_number: str) -> None:
        """Give a record up."""
        self._change(destruction_number, {"status": "cancelled"})

    def _change(self, destruction_number: str, values: dict[str, Any]) -> None:
        self._connection.execute(
            DESTRUCTIONS.update()
            .where(DESTRUCTIONS.c.destruction_number == destruction_number)
            .values(**values)
        )


def _described(facts: IncidentFacts, account: str, now: datetime) -> dict[str, Any]:
    return {"described_by": account, "described_at": now, **asdict(facts)}


def lines_to_destroy(connection: Connection, today: date) -> list[DestructionLine]:
    """List what is expired or recalled, free, and on no open record."""
    on_record = (
        select(DESTRUCTION_LINES.c.lot_id)
        .join(DESTRUCTIONS)
        .where(DESTRUCTIONS.c.status == "open")
        .where(DESTRUCTION_LINES.c.lot_id == LOTS.c.lot_id)
    )
    query = (
        select(LOTS, BALANCES.c.account, BALANCES.c.on_hand, BALANCES.c.reserved)
        .join(BALANCES, BALANCES.c.lot_id == LOTS.c.lot_id)
        .where(STANDING, BALANCES.c.on_hand > BALANCES.c.reserved)
        .where(or_(LOTS.c.expires_on < today, LOTS.c.hold == LotStatus.RECALLED.value))
        .where(~on_record.exists())
        .order_by(LOTS.c.product_code, LOTS.c.lot_id, BALANCES.c.account)
    )
    lines = []
    for row in connection.execute(query):
        reason = destruction_reason(lot_of(row), today)
        assert reason is not None, "the question asked for these"
        lines.append(
            DestructionLine(
                lot_id=row.lot_id,
                location_code=place_of(row.account),
                product_code=row.product_code,
                quantity=row.on_hand - row.reserved,
                reason=reason,
            )
        )
    return lines


def _line(row: Row[Any]) -> DestructionLine:
    return DestructionLine(
        lot_id=row.lot_id,
        location_code=row.location_code,
        product_code=row.product_code,
        quantity=row.quantity,
        reason=Reason(row.reason),
    )
