"""Keys of one installation: as its settings say, else made once and kept.

A key that is kept lies beside what it protects. So it hides things from readers of
logs and lists, but not from whoever takes the whole database: set it there.
"""

import secrets

from sqlalchemy import Column, MetaData, String, Table, select

from shared.database.database import Database
from shared.database.upsert import insert_if_new

KEY_BYTES = 32


def key_table(metadata: MetaData) -> Table:
    """Declare where a service keeps the keys that nobody has set."""
    return Table(
        "secrets",
        metadata,
        Column("name", String(40), primary_key=True),
        Column("value", String(128), nullable=False),
    )


def installation_key(
    database: Database, table: Table, name: str, given: str | None
) -> str:
    """Give the key of a name: the one that was set, else the one kept here.

    All copies of a service that start at once agree on the first one's.
    """
    if given:
        return given
    row = {"name": name, "value": secrets.token_hex(KEY_BYTES)}
    with database.writing() as connection:
        insert_if_new(connection, table, row)
        kept = select(table.c.value).where(table.c.name == name)
        return str(connection.execute(kept).scalar_one())
