"""Where a lot number is and where it went, in SQL."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from services.inventory.adapters.kits.tables import KIT_CONTENTS
from services.inventory.adapters.outbound.consignments import SqlConsignments
from services.inventory.adapters.tables import (
    BALANCES,
    LOTS,
    MOVEMENTS,
    RECALLS,
    STANDING,
)
from services.inventory.application.ports.recall import (
    RecallRow,
    RecallView,
    TracedLot,
    TracedUnit,
)
from services.inventory.domain.movement import Reason, place_of
from shared.database.database import Database
from shared.kernel.clock import Clock

_LATER = MOVEMENTS.alias("later")


class SqlRecallQueries:
    """The port ``RecallQueries``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def recalls(self, *, limit: int) -> Sequence[RecallRow]:
        """List recalls, the latest first."""
        query = (
            select(
                RECALLS.c.product_code,
                RECALLS.c.lot_number,
                RECALLS.c.reason,
                RECALLS.c.recalled_at,
            )
            .order_by(RECALLS.c.recalled_at.desc(), RECALLS.c.lot_number)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [RecallRow(*row) for row in connection.execute(query)]

    def trace(self, product_code: str, lot_number: str) -> RecallView:
        """Find every lot of a number, kits with it, and the units that got some."""
        with self._database.reading() as connection:
            per_unit = _units_in(connection, product_code, lot_number)
            is_recall = (RECALLS.c.product_code == product_code) & (
                RECALLS.c.lot_number == lot_number
            )
            recall = connection.execute(select(RECALLS).where(is_recall)).one_or_none()
            return RecallView(
                product_code=product_code,
                lot_number=lot_number,
                lots=_lots(connection, per_unit),
                units=self._units(connection, per_unit),
                recalled_at=recall.recalled_at if recall else None,
                reason=recall.reason if recall else None,
            )

    def _units(
        self, connection: Connection, per_unit: Mapping[UUID, int]
    ) -> list[TracedUnit]:
        consignments = SqlConsignments(connection, self._clock)
        sent: dict[str, int] = defaultdict(int)
        numbers: dict[str, set[str]] = defaultdict(set)
        for lot_id, units in per_unit.items():
            for went in consignments.went_to([lot_id]):
                sent[went.unit_code] += units * went.quantity
                numbers[went.unit_code].add(went.consignment_number)
        returned = _returned(connection, per_unit)
        return [
            TracedUnit(unit, sorted(numbers[unit]), sent[unit], returned.get(unit, 0))
            for unit in sorted(sent)
        ]


def _units_in(
    connection: Connection, product_code: str, lot_number: str
) -> Mapping[UUID, int]:
    """Say how many units of the number one unit of each lot means: 1, or of a kit."""
    named = select(LOTS.c.lot_id).where(
        LOTS.c.product_code == product_code, LOTS.c.lot_number == lot_number
    )
    lots = connection.execute(named).scalars().all()
    in_kits = (
        select(KIT_CONTENTS.c.kit_lot_id, func.sum(KIT_CONTENTS.c.quantity))
        .where(KIT_CONTENTS.c.lot_id.in_(lots))
        .group_by(KIT_CONTENTS.c.kit_lot_id)
    )
    kits = {kit: int(units) for kit, units in connection.execute(in_kits)}
    return {**dict.fromkeys(lots, 1), **kits}


def _lots(connection: Connection, per_unit: Mapping[UUID, int]) -> list[TracedLot]:
    is_one = LOTS.c.lot_id.in_(list(per_unit))
    rows = connection.execute(
        select(LOTS).where(is_one).order_by(LOTS.c.is_kit, LOTS.c.received_on)
    ).all()
    standing = select(BALANCES.c.lot_id, BALANCES.c.account, BALANCES.c.on_hand).where(
        STANDING, BALANCES.c.lot_id.in_(list(per_unit))
    )
    places: dict[UUID, dict[str, int]] = defaultdict(dict)
    for lot_id, account, on_hand in connection.execute(standing):
        places[lot_id][place_of(account)] = on_hand
    return [_traced(row, places[row.lot_id], per_unit[row.lot_id]) for row in rows]


def _traced(row: Any, places: Mapping[str, int], units: int) -> TracedLot:
    return TracedLot(
        lot_id=row.lot_id,
        product_code=row.product_code,
        lot_number=row.lot_number,
        gift_number=row.gift_number,
        expires_on=row.expires_on,
        status=row.hold,
        places=places,
        per_kit=units if row.is_kit else None,
    )


def _returned(
    connection: Connection, per_unit: Mapping[UUID, int]
) -> Mapping[str, int]:
    query = (
        select(MOVEMENTS.c.lot_id, MOVEMENTS.c.source, func.sum(MOVEMENTS.c.quantity))
        .outerjoin(_LATER, _LATER.c.reverses == MOVEMENTS.c.movement_id)
        .where(MOVEMENTS.c.lot_id.in_(list(per_unit)), _LATER.c.movement_id.is_(None))
        .where(MOVEMENTS.c.reason == Reason.RETURN_FROM_FACILITY)
        .group_by(MOVEMENTS.c.lot_id, MOVEMENTS.c.source)
    )
    returned: dict[str, int] = defaultdict(int)
    for lot_id, source, quantity in connection.execute(query):
        returned[place_of(source)] += per_unit[lot_id] * int(quantity)
    return returned
