"""What inventory refuses to take back or to write off, and why."""

from datetime import date, datetime
from uuid import UUID

from shared.kernel.errors import DomainError, MalformedError, NotFoundError


class UnknownMovementError(NotFoundError):
    """There is no such movement."""

    code = "unknown_movement"

    def __init__(self, movement_id: UUID) -> None:
        super().__init__(
            f"There is no movement {movement_id}. Choose it on the stock card.",
            movement_id=str(movement_id),
        )


class AlreadyReversedError(DomainError):
    """The movement was taken back before, or is itself a taking back."""

    code = "already_reversed"

    def __init__(self, movement_id: UUID) -> None:
        super().__init__(
            f"Movement {movement_id} was already taken back. Record what is true now "
            "as a new movement.",
            movement_id=str(movement_id),
        )


class CoveredByCountError(DomainError):
    """A later count has already set this right."""

    code = "covered_by_count"

    def __init__(self, movement_id: UUID, counted_at: datetime) -> None:
        super().__init__(
            f"A count at {counted_at.isoformat()} already covers movement "
            f"{movement_id}. Count again instead of taking it back.",
            movement_id=str(movement_id),
            counted_at=counted_at,
        )


class ReversalWouldGoNegativeError(DomainError):
    """The goods are no longer where the movement put them, or are promised."""

    code = "reversal_would_go_negative"

    def __init__(self, movement_id: UUID, *, needed: int, available: int) -> None:
        super().__init__(
            f"Taking movement {movement_id} back needs {needed}, only {available} are "
            "still free there. Take back what came after it first.",
            movement_id=str(movement_id),
            needed=needed,
            available=available,
        )


class CorrectedByDocumentError(DomainError):
    """Dispatch and settlement are corrected only through their document."""

    code = "corrected_by_document"

    def __init__(self, movement_id: UUID, reason: str) -> None:
        super().__init__(
            f"Movement {movement_id} ({reason}) belongs to a consignment. Correct the "
            "handover of the consignment instead.",
            movement_id=str(movement_id),
            reason=reason,
        )


class IncidentNumberNeededError(MalformedError):
    """Stolen, lost and destroyed goods are written off under an incident number."""

    code = "incident_number_needed"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"A write-off as {reason} needs an incident number. Enter the number of "
            "the loss report.",
            reason=reason,
        )


class NotExpiredError(DomainError):
    """Goods can be written off as expired only after their last day of use."""

    code = "not_expired"

    def __init__(self, lot_number: str, expires_on: date | None) -> None:
        super().__init__(
            f"Lot {lot_number} may be used until {expires_on or 'any day'}. Choose "
            "the reason that is true.",
            lot_number=lot_number,
            expires_on=expires_on,
        )


class ReceiverMayNotWriteOffError(DomainError):
    """Nobody both records a receipt and approves its write-off (DOMAIN.md 0)."""

    code = "receiver_may_not_write_off"

    def __init__(self, lot_number: str) -> None:
        super().__init__(
            f"You recorded the receipt of lot {lot_number} yourself. Ask another "
            "coordinator to write it off.",
            lot_number=lot_number,
        )
