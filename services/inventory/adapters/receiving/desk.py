"""Goods received notes and what was expected, in SQL, to write."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from services.inventory.adapters.receiving.returns import arrivals
from services.inventory.adapters.receiving.tables import (
    DAMAGES,
    EXPECTED_GOODS,
    GIVEN_BACK,
    TEMPERATURES,
)
from services.inventory.adapters.tables import GOODS_RECEIVED_NOTES, MOVEMENTS
from services.inventory.application.ports.receiving import Damage, GoodsReceivedNote
from services.inventory.domain.giving_back import Arrival, Condition
from services.inventory.domain.movement import Reason
from shared.database.upsert import insert_if_new

_LATER = MOVEMENTS.alias("later")


class SqlReceiving:
    """The port ``Receiving`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def expect(self, gift_number: str, quantities: Mapping[str, int]) -> None:
        """Remember what a donor said would come; a repeat changes nothing."""
        for product_code, quantity in quantities.items():
            row = {
                "gift_number": gift_number,
                "product_code": product_code,
                "quantity": quantity,
            }
            insert_if_new(self._connection, EXPECTED_GOODS, row)

    def note_temperature(self, movement_id: UUID, celsius: float) -> None:
        """Keep the reading a receipt came with."""
        self._connection.execute(
            TEMPERATURES.insert().values(movement_id=movement_id, celsius=celsius)
        )

    def note_condition(self, movement_id: UUID, condition: Condition) -> None:
        """Keep how goods looked that a unit gave back."""
        self._connection.execute(
            GIVEN_BACK.insert().values(movement_id=movement_id, condition=condition)
        )

    def arrived_on_table(self, lot_id: UUID) -> Sequence[Arrival]:
        """List what came since none of the lot stood on RETURNS, the oldest first."""
        return arrivals(self._connection, [lot_id])[lot_id]

    def lock_note(self, grn_number: str) -> GoodsReceivedNote | None:
        """Give a note to change it; receipts of its gift wait meanwhile."""
        is_it = GOODS_RECEIVED_NOTES.c.grn_number == grn_number
        query = select(GOODS_RECEIVED_NOTES).where(is_it).with_for_update()
        row = self._connection.execute(query).one_or_none()
        return None if row is None else note_of(row)

    def save_note(self, note: GoodsReceivedNote) -> None:
        """Store how far a note got."""
        is_it = GOODS_RECEIVED_NOTES.c.grn_number == note.grn_number
        self._connection.execute(
            GOODS_RECEIVED_NOTES.update().where(is_it).values(**asdict(note))
        )

    def whole(self, grn_number: str, lot_id: UUID) -> int:
        """Count the units of a lot on a note that nobody called damaged."""
        received = standing(Reason.RECEIPT).where(
            MOVEMENTS.c.document == grn_number, MOVEMENTS.c.lot_id == lot_id
        )
        damaged = (
            select(func.coalesce(func.sum(DAMAGES.c.quantity), 0))
            .outerjoin(_LATER, _LATER.c.reverses == DAMAGES.c.movement_id)
            .where(DAMAGES.c.grn_number == grn_number, DAMAGES.c.lot_id == lot_id)
            .where(_LATER.c.movement_id.is_(None))
        )
        count = self._connection.execute
        return int(count(received).scalar_one() - count(damaged).scalar_one())

    def add_damage(self, damage: Damage) -> None:
        """Keep what arrived damaged."""
        self._connection.execute(DAMAGES.insert().values(**asdict(damage)))


def standing(reason: Reason) -> Any:
    """Sum the movements of a reason that nobody took back."""
    return (
        select(func.coalesce(func.sum(MOVEMENTS.c.quantity), 0))
        .outerjoin(_LATER, _LATER.c.reverses == MOVEMENTS.c.movement_id)
        .where(MOVEMENTS.c.reason == reason, MOVEMENTS.c.reverses.is_(None))
        .where(_LATER.c.movement_id.is_(None))
    )


def note_of(row: Any) -> GoodsReceivedNote:
    """Read a note from its row."""
    return GoodsReceivedNote(
        grn_number=row.grn_number,
        gift_number=row.gift_number,
        account=row.account,
        received_on=row.received_on,
        part=row.part,
        donor_document=row.donor_document,
        condition=row.condition,
        finished_at=row.finished_at,
        counted_by=row.counted_by,
        checked_at=row.checked_at,
        checked_by=row.checked_by,
    )
