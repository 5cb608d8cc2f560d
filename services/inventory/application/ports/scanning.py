"""What scanning needs from outside beyond the ledger."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID


class Serials(Protocol):
    """The packs of medicine that were received, each by a keyed hash of its serial.

    What was received in this unit of work counts too, unless it was taken back.
    """

    def expect(self, digests: Iterable[str]) -> None: ...
    def is_received(self, digest: str) -> bool: ...
    def receive(self, digest: str, scan_id: UUID, movement_id: UUID) -> None: ...
    def free(self, movement_id: UUID) -> None:
        """Forget the pack a receipt was of: the receipt was taken back."""
