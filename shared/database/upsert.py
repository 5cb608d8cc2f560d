"""Insert unless it is there: the one statement the two databases spell apart."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
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


def insert_or_update(
    connection: Connection, table: Table, values: Mapping[str, Any], key: Sequence[str]
) -> None:
    """Insert a row, or set everything but its key on the row that is there."""
    statement = _insert_or_update(
        connection.dialect.name, table, tuple(sorted(values)), tuple(key)
    )
    connection.execute(statement, dict(values))


@cache
def _insert_if_new(dialect: str, table: Table) -> Any:
    """Build the statement once a table: building costs more than running it."""
    return (
        _DIALECTS[dialect]
        .insert(table)
        .on_conflict_do_nothing()
        .returning(*table.primary_key.columns)
    )


@cache
def _insert_or_update(
    dialect: str, table: Table, names: tuple[str, ...], key: tuple[str, ...]
) -> Any:
    insert = _DIALECTS[dialect].insert(table)
    changed = {name: insert.excluded[name] for name in names if name not in key}
    return insert.on_conflict_do_update(index_elements=list(key), set_=changed)
