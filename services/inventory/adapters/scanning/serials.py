"""Packs of medicine that were received, and the key that hides their serials."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from services.inventory.adapters.scanning.tables import RECEIVED_SERIALS, SECRETS
from services.inventory.domain.pack_serial import SerialKey
from shared.database.database import Database
from shared.database.installation import installation_key

_KEY_NAME = "serial_key"

_RECEIVED = select(RECEIVED_SERIALS.c.digest).where(
    RECEIVED_SERIALS.c.digest.in_(bindparam("digests", expanding=True))
)
_ADD = RECEIVED_SERIALS.insert()
_FREE = RECEIVED_SERIALS.delete().where(
    RECEIVED_SERIALS.c.movement_id == bindparam("movement")
)


class SqlSerials:
    """Remembers received packs; two transactions that race for one meet at its key.

    The loser fails when it saves, is done again, and then sees the winner's row.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._asked: set[str] = set()
        self._received: set[str] = set()
        self._new: list[dict[str, Any]] = []

    def expect(self, digests: Iterable[str]) -> None:
        """Look many packs up at once."""
        wanted = sorted(set(digests) - self._asked)
        if wanted:
            rows = self._connection.execute(_RECEIVED, {"digests": wanted})
            self._received.update(rows.scalars())
            self._asked.update(wanted)

    def is_received(self, digest: str) -> bool:
        """Tell whether this very pack was received and not taken back."""
        self.expect([digest])
        return digest in self._received

    def receive(self, digest: str, scan_id: UUID, movement_id: UUID) -> None:
        """Note a pack; written with the rest when the work completes."""
        self._received.add(digest)
        self._new.append(
            {"digest": digest, "scan_id": scan_id, "movement_id": movement_id}
        )

    def free(self, movement_id: UUID) -> None:
        """Forget the pack a receipt was of, so that it may be received again."""
        self._connection.execute(_FREE, {"movement": movement_id})
        self._asked.clear()
        self._received = {row["digest"] for row in self._new}

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Take back what was noted inside when it ends with an exception."""
        noted = len(self._new)
        try:
            yield
        except BaseException:
            self._received -= {row["digest"] for row in self._new[noted:]}
            del self._new[noted:]
            raise

    def save(self) -> None:
        """Write the packs, once the movements they came with are written."""
        if self._new:
            self._connection.execute(_ADD, self._new)
        self._new = []


def serial_key(database: Database, given: str | None) -> SerialKey:
    """Give the key of this installation: as set, else made once and kept here."""
    return SerialKey(installation_key(database, SECRETS, _KEY_NAME, given).encode())
