"""Statements that read the same on both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def keep_newest(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Add a row, or replace the one of its key when its version is lower.

    Says whether anything was written: an old or repeated state is passed over, so
    the order in which states arrive does not matter.
    """
    insert = _insert(connection, table).values(**row)
    key = [column.name for column in table.primary_key]
    replaced = {name: insert.excluded[name] for name in row if name not in key}
    written = connection.execute(
        insert.on_conflict_do_update(
            index_elements=key,
            set_=replaced,
            where=table.c.version < insert.excluded["version"],
        ).returning(table.c.version)
    )
    return written.first() is not None


def count_up(
    connection: Connection, table: Table, column: str, key: Mapping[str, Any]
) -> int:
    """Add one to a counter, starting at one; give the new value.

    The row stays locked until the transaction ends.
    """
    insert = _insert(connection, table).values(**key, **{column: 1})
    counted = connection.execute(
        insert.on_conflict_do_update(
            index_elements=list(key), set_={column: table.c[column] + 1}
        ).returning(table.c[column])
    )
    return int(counted.scalar_one())


def _insert(connection: Connection, table: Table) -> Any:
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
