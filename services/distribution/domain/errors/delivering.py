"""What is refused about consignments and handovers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class NothingToSendError(DomainError):
    """Nothing is reserved for the facility that is not on a consignment yet."""

    code = "nothing_to_send"
    may_be_on_its_way = True

    def __init__(self, facility_code: str) -> None:
        super().__init__(
            f"Nothing is reserved for {facility_code} that is not already on a "
            "consignment. Approve an allocation run first, or wait for the "
            "warehouse to confirm it.",
            facility_code=facility_code,
        )


class UnknownConsignmentError(NotFoundError):
    """No consignment has this number, or not all its units are the caller's own."""

    code = "unknown_consignment"

    def __init__(self, consignment_number: str) -> None:
        super().__init__(
            f"There is no consignment {consignment_number} here.",
            consignment_number=consignment_number,
        )


class ConsignmentStateError(DomainError):
    """The consignment has gone past, or not reached, the step that is wished."""

    code = "consignment_state"
    may_be_on_its_way = True

    def __init__(self, consignment_number: str, state: str, wish: str) -> None:
        super().__init__(
            f"Consignment {consignment_number} is {state}, so it cannot be {wish}.",
            consignment_number=consignment_number,
            state=state,
        )


class AlreadyHandedOverError(DomainError):
    """Somebody recorded the handover before; a second one must correct it."""

    code = "already_handed_over"

    def __init__(
        self, consignment_number: str, handover_id: UUID, *, has_same_numbers: bool
    ) -> None:
        numbers = "the same" if has_same_numbers else "other"
        super().__init__(
            f"Consignment {consignment_number} is already handed over, with {numbers} "
            "numbers. Look at what was recorded; send a correction if it is wrong.",
            consignment_number=consignment_number,
            handover_id=str(handover_id),
            has_same_numbers=has_same_numbers,
        )


class NotTheLastHandoverError(DomainError):
    """A correction names a handover that is not the one that counts now."""

    code = "not_the_last_handover"

    def __init__(self, corrects: UUID) -> None:
        super().__init__(
            f"Handover {corrects} is not the one that counts for this consignment. "
            "Look at the latest and correct that.",
            corrects=str(corrects),
        )


class HandoverLinesError(DomainError):
    """A handover names exactly the lines that were dispatched."""

    code = "handover_lines"

    def __init__(self, unit_code: str, product_code: str, lot_id: UUID) -> None:
        super().__init__(
            f"{product_code} for {unit_code}, lot {lot_id}, is missing from the "
            "handover or was not dispatched. Name every dispatched line once.",
            unit_code=unit_code,
            product_code=product_code,
            lot_id=str(lot_id),
        )


class DoesNotAddUpError(DomainError):
    """Accepted, refused, damaged and short make what was dispatched, per line."""

    code = "does_not_add_up"

    def __init__(
        self, unit_code: str, product_code: str, *, dispatched: int, found: int
    ) -> None:
        super().__init__(
            f"{product_code} for {unit_code}: {dispatched} were dispatched, the line "
            f"accounts for {found}. Say what became of each.",
            unit_code=unit_code,
            product_code=product_code,
            dispatched=dispatched,
            found=found,
        )


class RefusalReasonMissingError(MalformedError):
    """What the gate refuses, it refuses for a reason."""

    code = "refusal_reason_missing"

    def __init__(self, product_code: str, reasons: Iterable[str]) -> None:
        super().__init__(
            f"Say why {product_code} was refused: one of {', '.join(reasons)}.",
            product_code=product_code,
        )


class OccurredInFutureError(MalformedError):
    """Something cannot have happened later than now."""

    code = "occurred_in_future"

    def __init__(self, occurred_at: Any) -> None:
        super().__init__(
            f"{occurred_at} lies in the future. Check the clock of the device.",
            occurred_at=str(occurred_at),
        )


class ReceiverNotKeptError(DomainError):
    """At this gate nothing about who received is kept."""

    code = "receiver_not_kept"

    def __init__(self, facility_code: str) -> None:
        super().__init__(
            f"At {facility_code} nothing about the receiving officer is kept. Leave "
            "role and number out.",
            facility_code=facility_code,
        )


class ReceiverMissingError(DomainError):
    """The facility asks for the receiving officer's role and service number."""

    code = "receiver_missing"

    def __init__(self, facility_code: str) -> None:
        super().__init__(
            f"At {facility_code} role and service number of the receiving officer "
            "are asked for. No name is kept.",
            facility_code=facility_code,
        )


class ServiceNumberError(MalformedError):
    """A service number has digits, so no name is mistaken for one."""

    code = "malformed_service_number"

    def __init__(self) -> None:
        super().__init__(
            "Write the service number as it is on the badge: up to 20 letters and "
            "digits. No name is kept.",
            field="receiver_number",
        )


class UnknownPhotoError(NotFoundError):
    """There is no such photograph, or it is not the caller's to see."""

    code = "unknown_photo"

    def __init__(self) -> None:
        super().__init__("There is no such photograph here.")
