"""Movements as they were recorded, for those who want to take one back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from services.inventory.adapters.tables import MOVEMENTS
from services.inventory.domain.movement import Movement, Reason


class SqlMovements:
    """Reads what can never change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, movement_id: UUID) -> Movement | None:
        """Give a movement, or None when there is none of that id."""
        return next(iter(self._where(MOVEMENTS.c.movement_id == movement_id)), None)

    def of_document(self, document: str) -> Sequence[Movement]:
        """Give every movement behind a document, oldest first."""
        return self._where(MOVEMENTS.c.document == document)

    def is_reversed(self, movement_id: UUID) -> bool:
        """Tell whether another movement took this one back."""
        return bool(self._where(MOVEMENTS.c.reverses == movement_id))

    def was_received_by(self, lot_id: UUID, account: str) -> bool:
        """Tell whether this account recorded a receipt of the lot."""
        return bool(
            self._where(
                (MOVEMENTS.c.lot_id == lot_id)
                & (MOVEMENTS.c.recorded_by == account)
                & (MOVEMENTS.c.reason == Reason.RECEIPT)
            )
        )

    def _where(self, condition: ColumnElement[bool]) -> Sequence[Movement]:
        rows = self._connection.execute(
            select(MOVEMENTS).where(condition).order_by(MOVEMENTS.c.position)
        )
        return [_movement(row) for row in rows]


def _movement(row: Any) -> Movement:
    return Movement(
        movement_id=row.movement_id,
        lot_id=row.lot_id,
        quantity=row.quantity,
        source=row.source,
        target=row.target,
        reason=Reason(row.reason),
        occurred_at=row.occurred_at,
        recorded_by=row.recorded_by,
        document=row.document,
        reverses=row.reverses,
    )
