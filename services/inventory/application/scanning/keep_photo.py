"""A photograph of goods that wait, kept until somebody has settled them."""

from dataclasses import dataclass, field
from uuid import UUID

from services.inventory.application.ports.work import Work
from services.inventory.application.scanning.resolve_attention import NotWaitingError


@dataclass(frozen=True, slots=True)
class KeepPhoto:
    """A small JPEG without metadata, of the goods of a waiting scan."""

    scan_id: UUID
    account: str
    jpeg: bytes = field(repr=False)


def keep_photo(work: Work, wish: KeepPhoto) -> None:
    """Keep a photograph in place of an earlier one; raises NotWaitingError."""
    if work.scans.waiting(wish.scan_id) is None:
        raise NotWaitingError(wish.scan_id)
    work.scans.keep_photo(wish.scan_id, wish.jpeg, wish.account, work.clock.now())
