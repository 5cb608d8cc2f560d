"""Prove from the rows that the books are right; ``komek verify`` asks for it."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, or_, select, union_all

from services.inventory.adapters.ledger_rows import lot_of, stock_changed
from services.inventory.adapters.stock.kit_contents import contents_of_all
from services.inventory.adapters.tables import (
    BALANCES,
    LOCATIONS,
    LOTS,
    MESSAGING,
    MOVEMENTS,
)
from services.inventory.domain.ledger import Balance, LotAccounts
from services.inventory.domain.movement import AccountKind, place_of
from shared.contracts.registry import body_of

Check = dict[str, Any]
STOCK_CHANGED = "inventory.stock_changed.v1"
_ROWS_AT_ONCE = 1000


def verify_ledger(connection: Connection) -> list[Check]:
    """Run every check on the moment the connection reads."""
    return [
        _check(connection, "every lot sums to zero", BALANCES, _uneven()),
        _check(connection, "balances are sums of movements", MOVEMENTS, _drifted()),
        _check(connection, "nothing is below zero or overpromised", BALANCES, _bad()),
        _check(connection, "reversals are exact opposites", MOVEMENTS, _crooked()),
        _announced(connection),
    ]


def _check(connection: Connection, name: str, table: Any, query: Select[Any]) -> Check:
    looked_at = connection.execute(select(func.count()).select_from(table)).scalar_one()
    rows = connection.execute(query).mappings()
    violations = [{key: str(value) for key, value in row.items()} for row in rows]
    return {"name": name, "rows": looked_at, "violations": violations}


def _uneven() -> Select[Any]:
    total = func.sum(BALANCES.c.on_hand)
    return (
        select(BALANCES.c.lot_id, total.label("sum"))
        .group_by(BALANCES.c.lot_id)
        .having(total != 0)
    )


def _drifted() -> Select[Any]:
    """Take off each balance what its movements say; nothing may be left."""
    moved = MOVEMENTS.c
    parts = union_all(
        select(BALANCES.c.lot_id, BALANCES.c.account, BALANCES.c.on_hand.label("left")),
        select(moved.lot_id, moved.target, -moved.quantity),
        select(moved.lot_id, moved.source, moved.quantity),
    ).subquery()
    left = func.sum(parts.c.left)
    return (
        select(parts.c.lot_id, parts.c.account, left.label("difference"))
        .group_by(parts.c.lot_id, parts.c.account)
        .having(left != 0)
    )


def _bad() -> Select[Any]:
    """INV-02, asked of the rows although CHECK constraints refuse such rows."""
    row = BALANCES.c
    is_supply = row.kind == AccountKind.SUPPLY
    return select(row.lot_id, row.account, row.on_hand, row.reserved).where(
        or_(
            is_supply & (row.on_hand > 0),
            ~is_supply & (row.on_hand < 0),
            row.reserved < 0,
            ~is_supply & (row.reserved > row.on_hand),
            (row.kind != AccountKind.LOCATION) & (row.reserved != 0),
        )
    )


def _crooked() -> Select[Any]:
    first = MOVEMENTS.alias("first")
    back = MOVEMENTS.c
    return (
        select(back.movement_id, back.reverses)
        .outerjoin_from(MOVEMENTS, first, first.c.movement_id == back.reverses)
        .where(back.reverses.is_not(None))
        .where(
            or_(
                first.c.movement_id.is_(None),
                first.c.lot_id != back.lot_id,
                first.c.quantity != back.quantity,
                first.c.source != back.target,
                first.c.target != back.source,
            )
        )
    )


def _announced(connection: Connection) -> Check:
    """Compare the newest ``stock_changed`` of each lot with its accounts."""
    kinds = {
        row.location_code: row.kind for row in connection.execute(select(LOCATIONS))
    }
    newest = _newest(connection)
    violations = []
    count = 0
    books, in_kits = _all_accounts(connection), contents_of_all(connection)
    for accounts in books.values():
        count += 1
        version = accounts.lot.version
        kits = {
            account: books[UUID(place_of(account))] for account in accounts.in_kits()
        }
        contents = in_kits.get(accounts.lot.lot_id, {})
        expected = body_of(stock_changed(accounts, kinds, version, kits, contents))
        said = newest.get(accounts.lot.lot_id, {})
        wrong = [key for key, value in expected.items() if said.get(key) != value]
        if wrong:
            violations.append({"lot_id": str(accounts.lot.lot_id), "differs": wrong})
    return {
        "name": "the newest stock_changed tells the balances",
        "rows": count,
        "violations": violations,
    }


def _newest(connection: Connection) -> dict[UUID, dict[str, Any]]:
    outbox = MESSAGING.outbox.c
    rows = connection.execute(
        select(outbox.envelope)
        .where(outbox.message_type == STOCK_CHANGED)
        .order_by(outbox.position)
    ).yield_per(_ROWS_AT_ONCE)
    newest: dict[UUID, dict[str, Any]] = {}
    for (envelope,) in rows:
        body = json.loads(envelope)["body"]
        lot_id = UUID(body["lot_id"])
        if body["version"] > newest.get(lot_id, {"version": 0})["version"]:
            newest[lot_id] = body
    return newest


def _all_accounts(connection: Connection) -> dict[UUID, LotAccounts]:
    accounts = {
        row.lot_id: LotAccounts(lot_of(row)) for row in connection.execute(select(LOTS))
    }
    for row in connection.execute(select(BALANCES)):
        balance = Balance(row.on_hand, row.reserved, row.latest_at)
        accounts[row.lot_id].balances[row.account] = balance
    return accounts
