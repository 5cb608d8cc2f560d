"""What the broker lost is asked for again.

Every consumer regularly reads each source's outbox after the position it has
healed up to, and takes what its inbox has not seen. So an in-process broker
loses nothing when the process is killed, and a rebuilt RabbitMQ is repaired
without a person.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import bindparam, select

from shared.database.database import Database
from shared.database.upsert import insert_or_update
from shared.messaging.inbox import Inbox
from shared.messaging.journal import StoredEnvelope, read_envelope
from shared.messaging.tables import MessagingTables

HEAL_BATCH_MAX = 500

MessagesAfter = Callable[[int, Sequence[str], int], Sequence[StoredEnvelope]]
"""Asks a source: what did you say after this position, of these types, at most n?"""


class Healer:
    """Keeps, for one consumer, how far each source has been read."""

    def __init__(
        self, database: Database, tables: MessagingTables, inbox: Inbox
    ) -> None:
        self._database = database
        self._healed = tables.healed
        self._inbox = inbox
        self._position_of = select(tables.healed.c.position).where(
            tables.healed.c.source == bindparam("source")
        )

    def heal(self, source: str, messages_after: MessagesAfter) -> int:
        """Read on from where we were until the source has no more; count messages."""
        types = [
            each for each in self._inbox.message_types if each.startswith(f"{source}.")
        ]
        total = 0
        while batch := messages_after(self._position(source), types, HEAL_BATCH_MAX):
            unseen = self._inbox.unseen([stored.message_id for stored in batch])
            missed = [each for each in batch if each.message_id in unseen]
            if missed:
                self._inbox.take([read_envelope(each.envelope) for each in missed])
            self._remember(source, batch[-1].position)
            total += len(batch)
        return total

    def _position(self, source: str) -> int:
        with self._database.reading() as connection:
            return connection.scalar(self._position_of, {"source": source}) or 0

    def _remember(self, source: str, position: int) -> None:
        row = {"source": source, "position": position}
        with self._database.writing() as connection:
            insert_or_update(connection, self._healed, row, key=["source"])
