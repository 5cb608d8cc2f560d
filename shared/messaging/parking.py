"""Messages we gave up on: listed, shown, and released by a person."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, func, select

from shared.database.database import Database
from shared.kernel.clock import Clock
from shared.kernel.errors import NotFoundError
from shared.messaging.tables import MessagingTables


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """A message that has not taken effect, and why."""

    message_id: UUID
    message_type: str
    attempts: int
    last_error: str
    next_try_at: datetime
    parked_at: datetime | None
    envelope: str


class UnknownParkedMessageError(NotFoundError):
    """No message of that id is parked here."""

    code = "unknown_parked_message"


class Parking:
    """One service's messages that wait for a person or for another try."""

    def __init__(
        self, database: Database, tables: MessagingTables, clock: Clock
    ) -> None:
        self._database = database
        self._waiting = tables.waiting
        self._clock = clock

    def parked(self) -> Sequence[WaitingMessage]:
        """List what is parked, oldest first."""
        waiting = self._waiting.c
        query = (
            select(*_columns(self._waiting))
            .where(waiting.parked_at.is_not(None))
            .order_by(waiting.parked_at, waiting.message_id)
        )
        with self._database.reading() as connection:
            return [WaitingMessage(*row) for row in connection.execute(query)]

    def counts(self) -> tuple[int, int]:
        """Give how many messages are parked and how many wait for another try."""
        query = select(func.count(), func.count(self._waiting.c.parked_at))
        with self._database.reading() as connection:
            everything, parked = connection.execute(query).one()
        return parked, everything - parked

    def show(self, message_id: UUID) -> WaitingMessage:
        """Give one message whole. Raises UnknownParkedMessageError."""
        query = select(*_columns(self._waiting)).where(
            self._waiting.c.message_id == message_id
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownParkedMessageError(
                f"No message {message_id} is parked here. "
                "`komek parked list` shows those that are.",
                message_id=str(message_id),
            )
        return WaitingMessage(*row)

    def release(self, message_id: UUID) -> None:
        """Let a parked message be tried again at once, with all its attempts."""
        self.show(message_id)
        with self._database.writing() as connection:
            connection.execute(
                self._waiting.update()
                .where(self._waiting.c.message_id == message_id)
                .values(attempts=0, parked_at=None, next_try_at=self._clock.now())
            )


def _columns(waiting: Table) -> list[Column[Any]]:
    """Choose the columns in the order of WaitingMessage's fields."""
    return [waiting.c[field.name] for field in fields(WaitingMessage)]
