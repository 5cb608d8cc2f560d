"""Insert unless it is there: the one statement the two databases spell apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_if_new(
    connection: Connection, table: Table, values: Mapping[str, Any]
) -> bool:
    """Insert a row unless its key is taken; say whether it was new.

    Two transactions that race for one key meet at it: the second waits for the
    first and then sees the row.
    """
    inserted = connection.execute(
        _insert(connection, table)
        .values(**values)
        .on_conflict_do_nothing()
        .returning(*table.primary_key.columns)
    )
    return inserted.first() is not None


def insert_or_update(
    connection: Connection, table: Table, values: Mapping[str, Any], key: Sequence[str]
) -> None:
    """Insert a row, or set everything but its key on the row that is there."""
    changed = {name: value for name, value in values.items() if name not in key}
    connection.execute(
        _insert(connection, table)
        .values(**values)
        .on_conflict_do_update(index_elements=list(key), set_=changed)
    )


def _insert(connection: Connection, table: Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
