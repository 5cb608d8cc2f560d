"""What came back and what units could give back, in SQL."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, literal, or_, select

from services.inventory.adapters.ledger_rows import lot_of
from services.inventory.adapters.outbound.tables import DISPATCHED_LINES
from services.inventory.adapters.receiving.tables import GIVEN_BACK
from services.inventory.adapters.tables import (
    BALANCES,
    LOTS,
    MOVEMENTS,
    PRODUCTS,
    STANDING,
)
from services.inventory.application.ports.returns import GivenGoods, ReturnedGoods
from services.inventory.domain.giving_back import Arrival, Condition
from services.inventory.domain.movement import (
    RETURNS,
    AccountKind,
    Reason,
    delivered,
    location,
    place_of,
)
from services.inventory.domain.product import MEDICINE
from shared.database.database import Database

_LATER = MOVEMENTS.alias("later")
_WITH_A_UNIT = and_(
    BALANCES.c.kind == AccountKind.DELIVERED,
    BALANCES.c.on_hand > 0,
    BALANCES.c.account != delivered(Reason.DONATED_ON),
)
_TABLE = location(RETURNS)


class SqlReturnQueries:
    """The port ``ReturnQueries``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def returns(self, today: date) -> Sequence[ReturnedGoods]:
        """List what stands on the returns table, the longest waiting first."""
        query = (
            select(
                LOTS,
                BALANCES.c.account,
                BALANCES.c.on_hand,
                BALANCES.c.latest_at,
                PRODUCTS.c.flags,
            )
            .join(LOTS, LOTS.c.lot_id == BALANCES.c.lot_id)
            .join(PRODUCTS, PRODUCTS.c.product_code == LOTS.c.product_code)
            .where(STANDING, BALANCES.c.account == _TABLE)
            .order_by(BALANCES.c.latest_at, LOTS.c.lot_id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            arrived = arrivals(connection, [row.lot_id for row in rows])
        return [_returned(row, arrived[row.lot_id], today) for row in rows]

    def units(self) -> Sequence[str]:
        """Name every unit that could give something back."""
        query = select(BALANCES.c.account).where(_WITH_A_UNIT).distinct()
        with self._database.reading() as connection:
            accounts = connection.execute(query).scalars()
            return sorted(map(place_of, accounts))

    def with_unit(self, sought: str) -> Sequence[GivenGoods]:
        """List what a unit, or the units of a consignment, could give back."""
        query = (
            select(LOTS, BALANCES.c.account, BALANCES.c.on_hand)
            .join(LOTS, LOTS.c.lot_id == BALANCES.c.lot_id)
            .where(_WITH_A_UNIT, _is_of(sought))
            .order_by(LOTS.c.product_code, LOTS.c.lot_number, BALANCES.c.account)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [
            GivenGoods(
                unit_code=place_of(row.account),
                lot_id=row.lot_id,
                product_code=row.product_code,
                lot_number=row.lot_number,
                expires_on=row.expires_on,
                quantity=row.on_hand,
            )
            for row in rows
        ]


def _is_of(sought: str) -> ColumnElement[bool]:
    line = DISPATCHED_LINES.c
    went: ColumnElement[str] = literal(delivered("")) + line.unit_code
    by_consignment = select(line.lot_id).where(
        line.consignment_number == sought,
        line.lot_id == BALANCES.c.lot_id,
        went == BALANCES.c.account,
    )
    return or_(BALANCES.c.account == delivered(sought), by_consignment.exists())


def arrivals(
    connection: Connection, lot_ids: Iterable[UUID]
) -> Mapping[UUID, Sequence[Arrival]]:
    """List what came of each lot since none of it stood there, and was not undone."""
    movement = MOVEMENTS.c
    query = (
        select(MOVEMENTS, GIVEN_BACK.c.condition)
        .outerjoin(GIVEN_BACK, GIVEN_BACK.c.movement_id == movement.movement_id)
        .outerjoin(_LATER, _LATER.c.reverses == movement.movement_id)
        .where(movement.lot_id.in_(list(lot_ids)))
        .where(or_(movement.source == _TABLE, movement.target == _TABLE))
        .where(movement.reverses.is_(None), _LATER.c.movement_id.is_(None))
        .order_by(movement.position)
    )
    found: dict[UUID, list[Arrival]] = defaultdict(list)
    standing: Counter[UUID] = Counter()
    for row in connection.execute(query):
        is_arrival = row.target == _TABLE
        standing[row.lot_id] += row.quantity if is_arrival else -row.quantity
        if is_arrival:
            found[row.lot_id].append(_arrival(row))
        elif standing[row.lot_id] <= 0:
            found[row.lot_id].clear()
    return found


def _arrival(row: Any) -> Arrival:
    seen = Condition(row.condition) if row.condition else None
    was_with_unit = row.reason == Reason.RETURN_FROM_FACILITY
    return Arrival(row.quantity, row.occurred_at, seen, was_with_unit)


def _returned(row: Any, arrived: Sequence[Arrival], today: date) -> ReturnedGoods:
    lot = lot_of(row)
    return ReturnedGoods(
        lot_id=lot.lot_id,
        product_code=lot.product_code,
        lot_number=lot.lot_number,
        expires_on=lot.expires_on,
        status=lot.status_on(today),
        is_medicine=MEDICINE in row.flags,
        location_code=place_of(row.account),
        quantity=row.on_hand,
        since=row.latest_at,
        arrivals=arrived,
    )
