"""Inserts that give way: the statements the two databases spell apart.

A statement is built once for each table, because building costs more than running.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

_DIALECTS: Mapping[str, Any] = {"postgresql": postgresql, "sqlite": sqlite}


def insert_if_new(
    connection: Connection, table: Table, values: Mapping[str, Any]
) -> bool:
    """Insert a row unless its key is taken; say whether it was new.

    Two transactions that race for one key meet at it: the second waits for the
    first and then sees the row.
    """
    statement = _insert_if_new(connection.dialect.name, table)
    return connection.execute(statement, dict(values)).first() is not None


def insert_all_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Sequence[Row[Any]]:
    """Insert those rows whose key is not taken, at once; give the keys that were new.

    Give rows in the order of their keys: two transactions that race for several then
    never wait for each other.
    """
    if not rows:
        return []
    statement = _insert_if_new(connection.dialect.name, table)
    return connection.execute(statement, [dict(row) for row in rows]).all()


def insert_or_update(
    connection: Connection,
    table: Table,
    values: Mapping[str, Any],
    key: Sequence[str] | None = None,
) -> None:
    """Insert a row, or set everything but its key on the row that is there.

    The key is the primary key if not given.
    """
    insert_or_update_all(connection, table, [values], key)


def insert_or_update_all(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    key: Sequence[str] | None = None,
) -> None:
    """Do the same for many rows of the same columns; there must be at least one."""
    statement = _insert_or_update(
        connection.dialect.name,
        table,
        tuple(sorted(rows[0])),
        tuple(key or table.primary_key.columns.keys()),
    )
    connection.execute(statement, [dict(row) for row in rows])


def keep_newest(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Add a row, or replace the one of its key when its ``version`` is lower.

    Says whether anything was written: an old or repeated state is passed over, so
    the order in which states arrive does not matter.
    """
    statement = _keep_newest(connection.dialect.name, table, tuple(sorted(row)))
    return connection.execute(statement, dict(row)).first() is not None


def count_up(
    connection: Connection, table: Table, column: str, key: Mapping[str, Any]
) -> int:
    """Add one to a counter, starting at one; give the new value.

    The row stays locked until the transaction ends.
    """
    statement = _count_up(connection.dialect.name, table, column, tuple(key))
    return int(connection.execute(statement, {**key, column: 1}).scalar_one())


@cache
def _insert_if_new(dialect: str, table: Table) -> Any:
    insert = _DIALECTS[dialect].insert(table)
    return insert.on_conflict_do_nothing().returning(*table.primary_key.columns)


@cache
def _insert_or_update(
    dialect: str, table: Table, names: tuple[str, ...], key: tuple[str, ...]
) -> Any:
    insert = _DIALECTS[dialect].insert(table)
    changed = {name: insert.excluded[name] for name in names if name not in key}
    return insert.on_conflict_do_update(index_elements=list(key), set_=changed)


@cache
def _keep_newest(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    insert = _DIALECTS[dialect].insert(table)
    key = table.primary_key.columns.keys()
    replaced = {name: insert.excluded[name] for name in names if name not in key}
    return insert.on_conflict_do_update(
        index_elements=key,
        set_=replaced,
        where=table.c.version < insert.excluded["version"],
    ).returning(table.c.version)


@cache
def _count_up(dialect: str, table: Table, column: str, key: tuple[str, ...]) -> Any:
    insert = _DIALECTS[dialect].insert(table)
    return insert.on_conflict_do_update(
        index_elements=list(key), set_={column: table.c[column] + 1}
    ).returning(table.c[column])
