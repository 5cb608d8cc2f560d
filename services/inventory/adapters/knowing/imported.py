"""Tables that wait for their sender's word, and the places one of them brings."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, select

from services.inventory.adapters.knowing.tables import SENT_TABLES
from services.inventory.adapters.tables import LOCATIONS
from services.inventory.application.ports.importing import SentTable
from shared.database.upsert import insert_or_update
from shared.kernel.clock import Clock

KEPT = timedelta(days=1)


class SqlSentTables:
    """The port ``SentTables``."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def keep(self, table: SentTable) -> None:
        """Keep a table; those that nobody confirmed within a day are dropped."""
        now = self._clock.now()
        sent = SENT_TABLES.c
        self._connection.execute(SENT_TABLES.delete().where(sent.sent_at < now - KEPT))
        self._connection.execute(
            SENT_TABLES.insert().values(
                import_id=table.import_id,
                kind=table.kind,
                account=table.account,
                rows=[dict(row) for row in table.rows],
                sent_at=now,
                is_applied=False,
            )
        )

    def take(self, import_id: UUID, account: str) -> SentTable | None:
        """Give a waiting table and note that it was applied."""
        sent = SENT_TABLES.c
        row = self._connection.execute(
            select(SENT_TABLES)
            .where(sent.import_id == import_id, sent.account == account)
            .where(sent.is_applied.is_(False))
            .with_for_update()
        ).one_or_none()
        if row is None:
            return None
        self._connection.execute(
            SENT_TABLES.update()
            .where(sent.import_id == import_id)
            .values(is_applied=True, rows=[])
        )
        return SentTable(row.import_id, row.kind, row.account, row.rows)


class SqlPlaces:
    """The port ``Places``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, location_code: str, *, name: str, kind: str, sequence: int) -> None:
        """Add a place, or change its name and its step in the walk."""
        row = {
            "location_code": location_code,
            "name": name,
            "kind": kind,
            "sequence": sequence,
        }
        insert_or_update(self._connection, LOCATIONS, row)
