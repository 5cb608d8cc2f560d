"""A product's stock card: its movements, newest first, with a running balance.

The balance is not stored: it is counted back from the present stock, and a page
begins with what the page before ended with. So a card costs the same with a
thousand movements and with a million, and a back-dated movement shows where it
belongs.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select, tuple_

from services.inventory.adapters.tables import BALANCES, LOTS, MOVEMENTS, STANDING
from services.inventory.application.queries import CardLine, CardPlace
from services.inventory.domain.movement import AccountKind, kind_of

_KEY = (MOVEMENTS.c.occurred_at, MOVEMENTS.c.position)
_LATER = MOVEMENTS.alias("later")


def stock_card(
    connection: Connection, product_code: str, after: CardPlace | None, limit: int
) -> list[CardLine]:
    """Read the next lines of a card."""
    query = _query(product_code).limit(limit)
    if after is None:
        balance = _present_stock(connection, product_code)
    else:
        balance = after.balance
        seen = (after.occurred_at, after.position)
        bound = [
            literal(value, column.type)
            for value, column in zip(seen, _KEY, strict=True)
        ]
        query = query.where(tuple_(*_KEY) < tuple_(*bound))
    return _lines(connection.execute(query), balance)


def _query(product_code: str) -> Select[Any]:
    return (
        select(
            MOVEMENTS,
            LOTS.c.lot_number,
            _LATER.c.movement_id.label("reversed_by"),
        )
        .join_from(MOVEMENTS, LOTS, MOVEMENTS.c.lot_id == LOTS.c.lot_id)
        .outerjoin(_LATER, _LATER.c.reverses == MOVEMENTS.c.movement_id)
        .where(MOVEMENTS.c.product_code == product_code)
        .order_by(*(column.desc() for column in _KEY))
    )


def _present_stock(connection: Connection, product_code: str) -> int:
    query = select(func.coalesce(func.sum(BALANCES.c.on_hand), 0)).where(
        BALANCES.c.product_code == product_code, STANDING
    )
    return int(connection.execute(query).scalar_one())


def _lines(rows: Iterable[Any], balance: int) -> list[CardLine]:
    lines = []
    for row in rows:
        change = row.quantity * (_is_inside(row.target) - _is_inside(row.source))
        lines.append(
            CardLine(
                movement_id=row.movement_id,
                lot_id=row.lot_id,
                lot_number=row.lot_number,
                occurred_at=row.occurred_at,
                recorded_at=row.recorded_at,
                reason=row.reason,
                document=row.document,
                source=row.source,
                target=row.target,
                quantity=row.quantity,
                change=change,
                balance=balance,
                recorded_by=row.recorded_by,
                reverses=row.reverses,
                reversed_by=row.reversed_by,
                position=row.position,
            )
        )
        balance -= change
    return lines


def _is_inside(account: str) -> bool:
    return kind_of(account) is AccountKind.LOCATION
