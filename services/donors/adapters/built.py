"""The tables that hold nothing but what messages told.

``komek replay donors`` empties these and no others. A table that a hearing fills
belongs here; what a person entered, froze or was sent never does.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Table

from services.donors.adapters.tables import METADATA, changes

NAMES = frozenset(
    {
        *("lot_totals", "lot_days", "left_lots", "kit_parts"),
        *("refusals", "happenings", "deliveries"),
        *("products", "units", "needs_lists"),
    }
)


def built_from_messages() -> Sequence[Table]:
    """List them, every row before the row it points to."""
    return [table for table in reversed(METADATA.sorted_tables) if table.name in NAMES]


def wake_all(connection: Connection) -> None:
    """Let every open dashboard look again: its numbers were built anew."""
    connection.execute(changes.update().values(version=changes.c.version + 1))
