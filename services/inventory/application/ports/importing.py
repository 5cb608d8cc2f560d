"""What imports need from outside: tables that wait, and places to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SentTable:
    """A table that was looked at and waits for its sender's word."""

    import_id: UUID
    kind: str
    account: str
    rows: Sequence[Mapping[str, str]]


class SentTables(Protocol):
    """Keeps tables between the look and the word; a day at most."""

    def keep(self, table: SentTable) -> None: ...
    def take(self, import_id: UUID, account: str) -> SentTable | None:
        """Give a waiting table and note that it was applied."""


class Places(Protocol):
    """Adds a place, or changes the name and step of one that is there."""

    def save(
        self, location_code: str, *, name: str, kind: str, sequence: int
    ) -> None: ...
