"""What loading and the gate need from outside, as use cases see it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.distribution.domain.consignment import Transport
from services.distribution.domain.handover import Key, ReceiverPolicy
from services.distribution.domain.packing import PackLine


class Loading(Protocol):
    """Vehicles, seals and what is ticked off, of consignments that are locked."""

    def describe(self, consignment_number: str, transport: Transport) -> None:
        """Keep it in place of what was said before; bags only of lines it names."""

    def seal(
        self, consignment_number: str, seals: Mapping[Key, tuple[str, ...]]
    ) -> None:
        """Keep the seals of some lines in place of those they had."""

    def start_picking(self, consignment_number: str, at: datetime) -> None: ...

    def lines(self, consignment_number: str) -> Sequence[PackLine]:
        """Give the list to pack by, in the order of units, products and lots."""

    def tick_off(self, consignment_number: str, lines: Iterable[PackLine]) -> None: ...

    def untick(self, consignment_number: str) -> None:
        """Begin the check anew."""


class Gates(Protocol):
    """What each gate lets be kept, and the photographs of what was signed."""

    def receiver_policy(self, facility_code: str) -> ReceiverPolicy: ...

    def set_receiver_policy(
        self, facility_code: str, policy: ReceiverPolicy, recorded_by: str
    ) -> None: ...

    def add_photo(
        self, photo_id: UUID, consignment_number: str, sealed: bytes, account: str
    ) -> None:
        """Keep an encrypted picture; the same id again changes nothing."""

    def photo(self, photo_id: UUID) -> tuple[str, bytes]:
        """Give its consignment and the encrypted picture; UnknownPhotoError."""

    def note_read(self, photo_id: UUID, account: str) -> None:
        """Remember who opened a picture, and when."""
