"""What people counted, refused and decided, beside the ledger."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from services.inventory.adapters.tables import (
    COUNTS,
    LOCATIONS,
    LOT_DECISIONS,
    REFUSALS,
)
from services.inventory.application.ports.work import Count, Decision, Place, Refusal
from services.inventory.domain.movement import Movement
from shared.database.upsert import insert_if_new, insert_or_update


class SqlRecords:
    """Keeps the papers a movement alone does not tell of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._counts: list[dict[str, Any]] = []
        self._decisions: list[dict[str, Any]] = []

    def add_count(self, count: Count, now: datetime) -> None:
        """Keep a count, also one that agreed with the books."""
        self._counts.append({**asdict(count), "recorded_at": now})

    def undo_count(self, count_id: UUID, now: datetime) -> None:
        """Note that a count was taken back: it covers nothing any more."""
        self._connection.execute(
            COUNTS.update().where(COUNTS.c.count_id == count_id).values(undone_at=now)
        )

    def counted_since(
        self, movement: Movement, *, apart_from: UUID | None
    ) -> datetime | None:
        """Find the last count of a place the movement touched, at or after it.

        The count a movement came from does not cover it.
        """
        query = select(func.max(COUNTS.c.counted_at)).where(
            COUNTS.c.lot_id == movement.lot_id,
            COUNTS.c.account.in_([movement.source, movement.target]),
            COUNTS.c.counted_at >= movement.occurred_at,
            COUNTS.c.undone_at.is_(None),
        )
        if apart_from is not None:
            query = query.where(COUNTS.c.count_id != apart_from)
        return self._connection.execute(query).scalar()

    def add_refusal(self, refusal: Refusal) -> None:
        """Keep what was not taken in."""
        self._connection.execute(REFUSALS.insert().values(**asdict(refusal)))

    def add_decision(self, decision: Decision) -> None:
        """Keep who decided what about a lot."""
        self._decisions.append(asdict(decision))

    def save(self) -> None:
        """Write counts and decisions, once the lots they speak of are written."""
        for table, rows in ((COUNTS, self._counts), (LOT_DECISIONS, self._decisions)):
            if rows:
                self._connection.execute(table.insert(), rows)
        self._counts, self._decisions = [], []

    def ensure_places(self, places: Iterable[Place]) -> None:
        """Add the locations that are not there yet."""
        for place in places:
            insert_if_new(self._connection, LOCATIONS, asdict(place))

    def save_place(self, place: Place) -> None:
        """Add a location, or give the one of this code its new name and step."""
        insert_or_update(self._connection, LOCATIONS, asdict(place))
