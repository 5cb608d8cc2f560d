"""Losses with a paper: incidents in chosen words, and goods destroyed by two people.

Nothing about people is typed freely (DOMAIN.md 5.4): what happened is chosen.
"""

from dataclasses import dataclass
from datetime import date

from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import Reason
from shared.kernel.errors import DomainError, MalformedError, NotFoundError

CAUSES = ("lost", "stolen", "recalled", "damaged")
DISCOVERIES = ("counting", "picking", "round", "handover", "receiving", "recall")
FACTS = (
    "not_found",
    "packing_open",
    "lock_forced",
    "vehicle",
    "water",
    "heat",
    "recalled",
    "unknown",
)
ACTIONS = (
    "searched",
    "police_told",
    "lock_changed",
    "kept_apart",
    "donor_told",
    "none",
)
VALUE_MAX = 1_000_000_000
METHODS = ("incinerated", "pharmacy_return", "crushed", "landfill", "diluted")
CONFIRMING_ROLES = ("reviewer", "coordinator", "volunteer")
DESTROYED = (Reason.EXPIRED, Reason.RECALLED_DESTROYED)
"""Goods that leave for these reasons leave by a destruction record (DOMAIN.md 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFacts:
    """What happened, in words of the lists above; the value is in whole tenge."""

    cause: str
    discovered: str
    facts: str
    action: str
    happened_on: date
    value_tenge: int | None = None

    def check(self, today: date) -> None:
        """Refuse words that are not on the lists, and days still to come."""
        for field, allowed in _LISTS.items():
            if getattr(self, field) not in allowed:
                raise MalformedError(
                    f"{field} is one of {', '.join(allowed)}.", field=field
                )
        if self.happened_on > today:
            raise MalformedError(
                "happened_on has not come yet. Enter the day it happened.",
                field="happened_on",
            )


_LISTS = {
    "cause": CAUSES,
    "discovered": DISCOVERIES,
    "facts": FACTS,
    "action": ACTIONS,
}


def destruction_reason(lot: Lot, today: date) -> Reason | None:
    """Say why a lot has to be destroyed; None while it has not."""
    if lot.hold is LotStatus.RECALLED:
        return Reason.RECALLED_DESTROYED
    return Reason.EXPIRED if lot.is_expired_on(today) else None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who saw goods being destroyed, and in which role."""

    account: str
    role: str

    def check_beside(self, first: "Confirmation", destruction_number: str) -> None:
        """Refuse a second confirmation by the same person or the same role."""
        if self.account == first.account or self.role == first.role:
            raise SecondRoleNeededError(destruction_number, first_role=first.role)


class SecondRoleNeededError(DomainError):
    """Two different people of two different roles destroy goods."""

    code = "second_role_needed"

    def __init__(self, destruction_number: str, *, first_role: str) -> None:
        super().__init__(
            f"{destruction_number} was confirmed as {first_role}. Another person with "
            "another role confirms it too.",
            destruction_number=destruction_number,
            first_role=first_role,
        )


class DestructionUnknownError(NotFoundError):
    """There is no such destruction record."""

    code = "destruction_unknown"

    def __init__(self, destruction_number: str) -> None:
        super().__init__(
            f"There is no destruction record {destruction_number}. Choose one of the "
            "list.",
            destruction_number=destruction_number,
        )


class DestructionClosedError(DomainError):
    """The record was confirmed twice, or given up."""

    code = "destruction_closed"

    def __init__(self, destruction_number: str) -> None:
        super().__init__(
            f"Destruction record {destruction_number} is closed. Start a new one for "
            "what is still there.",
            destruction_number=destruction_number,
        )


class NothingToDestroyError(DomainError):
    """Nothing expired or recalled stands free in the warehouse."""

    code = "nothing_to_destroy"

    def __init__(self) -> None:
        super().__init__(
            "Nothing expired or recalled waits to be destroyed. Free what is reserved, "
            "or look at the open records."
        )


class DestructionNeededError(DomainError):
    """Expired and recalled goods leave by a destruction record alone."""

    code = "destruction_needed"

    def __init__(self, reason: Reason) -> None:
        super().__init__(
            f"{reason} needs a destruction record that two people confirm. Start one.",
            reason=str(reason),
        )


class IncidentUnknownError(NotFoundError):
    """There is no incident of that number."""

    code = "incident_unknown"

    def __init__(self, incident_number: str) -> None:
        super().__init__(
            f"There is no incident {incident_number}. Open it first.",
            incident_number=incident_number,
        )


class IncidentDescribedError(DomainError):
    """A loss report that somebody completed is a document."""

    code = "incident_described"

    def __init__(self, incident_number: str) -> None:
        super().__init__(
            f"Incident {incident_number} was described before. Load it again to see "
            "by whom.",
            incident_number=incident_number,
        )


class WriteOffUnknownError(NotFoundError):
    """There is no such write-off."""

    code = "write_off_unknown"

    def __init__(self, write_off_id: object) -> None:
        super().__init__(
            f"There is no write-off {write_off_id}. Load the list again.",
            write_off_id=str(write_off_id),
        )


class WriteOffDecidedError(DomainError):
    """Somebody has approved or rejected it already."""

    code = "write_off_decided"

    def __init__(self, write_off_id: object) -> None:
        super().__init__(
            f"Write-off {write_off_id} was decided already. Load the list again.",
            write_off_id=str(write_off_id),
        )


class OwnWriteOffError(DomainError):
    """Nobody approves what they recorded themselves."""

    code = "own_write_off"

    def __init__(self, lot_number: str) -> None:
        super().__init__(
            f"You recorded the write-off of lot {lot_number} yourself. Ask another "
            "coordinator to approve it.",
            lot_number=lot_number,
        )
