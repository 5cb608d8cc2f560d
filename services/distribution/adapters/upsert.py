"""Insert a row or bring it up to date, alike on both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:
    """Give the dialect's INSERT, which knows ON CONFLICT."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def upsert(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Write a row whatever was there under its primary key."""
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in values.items() if name not in keys}
    connection.execute(
        insert(connection, table)
        .values(**values)
        .on_conflict_do_update(index_elements=keys, set_=changed)
    )


def upsert_newer(
    connection: Connection, table: Table, values: Mapping[str, Any]
) -> None:
    """Write a row unless one of the same or a later ``version`` is there."""
    keys = [column.name for column in table.primary_key]
    changed = {name: value for name, value in values.items() if name not in keys}
    connection.execute(
        insert(connection, table)
        .values(**values)
        .on_conflict_do_update(
            index_elements=keys,
            set_=changed,
            where=table.c.version < values["version"],
        )
    )
