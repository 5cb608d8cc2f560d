"""The books as far as counts are judged by them, read without locking anything."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, or_, select

from services.inventory.adapters.ledger_rows import lot_of
from services.inventory.adapters.tables import BALANCES, LOTS, MOVEMENTS, PRODUCTS
from services.inventory.domain.counting import CountLine
from services.inventory.domain.ledger import Balance, Change, LotAccounts
from services.inventory.domain.lot import Lot
from services.inventory.domain.product import MEDICINE


def lots_of(connection: Connection, lot_ids: Iterable[UUID]) -> Mapping[UUID, Lot]:
    """Give lots by id, in one question."""
    query = select(LOTS).where(LOTS.c.lot_id.in_(sorted(lot_ids)))
    return {row.lot_id: lot_of(row) for row in connection.execute(query)}


def medicine_flags(connection: Connection, lots: Iterable[Lot]) -> Mapping[str, bool]:
    """Tell of each product among the lots whether it is medicine."""
    codes = {lot.product_code for lot in lots}
    query = select(PRODUCTS.c.product_code, PRODUCTS.c.flags).where(
        PRODUCTS.c.product_code.in_(sorted(codes))
    )
    return {code: MEDICINE in flags for code, flags in connection.execute(query)}


def books_of(
    connection: Connection, lots: Mapping[UUID, Lot], lines: Sequence[CountLine]
) -> Mapping[UUID, LotAccounts]:
    """Load what judges the lines: balances, and what changed since the first count."""
    changes = _changes(connection, lines)

    def history(lot_id: UUID, account: str, since: datetime) -> Sequence[Change]:
        return [each for each in changes[lot_id, account] if each[0] > since]

    books = {lot_id: LotAccounts(lot, history=history) for lot_id, lot in lots.items()}
    of_lots = BALANCES.c.lot_id.in_([line.lot_id for line in lines])
    for row in connection.execute(select(BALANCES).where(of_lots)):
        balance = Balance(row.on_hand, row.reserved, row.latest_at)
        books[row.lot_id].balances[row.account] = balance
    return books


def _changes(
    connection: Connection, lines: Sequence[CountLine]
) -> Mapping[tuple[UUID, str], Sequence[Change]]:
    changes: dict[tuple[UUID, str], list[Change]] = defaultdict(list)
    if not lines:
        return changes
    earliest = min(
        found.counted_at
        for line in lines
        for found in (line.first, line.second)
        if found
    )
    moved = MOVEMENTS.c
    accounts = {line.account for line in lines}
    query = (
        select(moved.lot_id, moved.source, moved.target, moved.quantity)
        .add_columns(moved.occurred_at)
        .where(moved.lot_id.in_({line.lot_id for line in lines}))
        .where(moved.occurred_at > earliest)
        .where(or_(moved.source.in_(accounts), moved.target.in_(accounts)))
        .order_by(moved.occurred_at)
    )
    for row in connection.execute(query):
        changes[row.lot_id, row.source].append((row.occurred_at, -row.quantity))
        changes[row.lot_id, row.target].append((row.occurred_at, row.quantity))
    return changes
