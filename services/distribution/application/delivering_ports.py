"""What loading and the gate need from outside, as use cases see it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.distribution.domain.consignment import ConsignmentHead, Transport
from services.distribution.domain.handover import (
    GateLine,
    HandOver,
    Key,
    ReceiverPolicy,
)
from services.distribution.domain.packing import PackLine


class Consignments(Protocol):
    """Deliveries to one facility."""

    def next_number(self, year: int) -> str: ...

    def add(
        self,
        number: str,
        facility_code: str,
        planned_on: date,
        *,
        lines: Mapping[Key, int],
        recorded_by: str,
    ) -> None: ...

    def locked(self, consignment_number: str) -> ConsignmentHead:
        """Lock one and give its head; raises UnknownConsignmentError."""

    def unit_codes(self, consignment_number: str) -> frozenset[str]: ...

    def dispatched(self, consignment_number: str) -> Mapping[Key, int]: ...

    def note_dispatch(
        self,
        consignment_number: str,
        lines: Mapping[Key, int],
        *,
        waybill_number: str,
        short_reason: str | None,
        occurred_at: datetime,
    ) -> None: ...

    def note_handover(self, seen: HandOver, recorded_by: str) -> None: ...

    def last_handover(self, consignment_number: str) -> UUID | None: ...

    def handover_lines(self, handover_id: UUID) -> Sequence[GateLine]: ...

    def move(self, head: ConsignmentHead) -> None:
        """Keep the day it goes on now, and how often that changed."""

    def cancel(self, consignment_number: str, reason: str) -> None: ...


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

    def tick_off(
        self, consignment_number: str, tick_id: UUID, parts: Mapping[Key, int]
    ) -> None:
        """Add to what is ticked off, and remember which tick added it."""

    def take_back(self, consignment_number: str, tick_id: UUID) -> bool:
        """Undo one tick; false when nothing of it is there."""

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
