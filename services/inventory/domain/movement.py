"""The accounts of the stock ledger and the movements between them.

A movement takes whole units of one lot out of one account and puts them into
another, so nothing appears or vanishes: over all its accounts a lot sums to zero.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

SUPPLY = "supply"
"""The world outside, where goods come from; the one account below zero."""

RETURNS = "RETURNS"
"""The location that takes back what was refused at a gate or given back."""

DISPATCH = "DISPATCH"
"""The location where picked goods wait for their vehicle."""


class AccountKind(StrEnum):
    """What an account says about the goods on it."""

    SUPPLY = "supply"
    LOCATION = "location"
    TRANSIT = "transit"
    DELIVERED = "delivered"
    ASSEMBLY = "assembly"
    LOSS = "loss"
    RETURNED = "returned"


class Reason(StrEnum):
    """Why goods moved (DOMAIN.md 2.2)."""

    RECEIPT = "RECEIPT"
    RETURN_FROM_FACILITY = "RETURN_FROM_FACILITY"
    FOUND = "FOUND"
    KIT_BUILT = "KIT_BUILT"
    COUNT_PLUS = "COUNT_PLUS"
    OPENING = "OPENING"
    PICK = "PICK"
    DISPATCH = "DISPATCH"
    HANDOVER = "HANDOVER"
    GATE_REFUSAL = "GATE_REFUSAL"
    KIT_USED = "KIT_USED"
    KIT_TAKEN_APART = "KIT_TAKEN_APART"
    EXPIRED = "EXPIRED"
    DAMAGED = "DAMAGED"
    COLD_CHAIN = "COLD_CHAIN"
    LOST = "LOST"
    STOLEN = "STOLEN"
    RECALLED_DESTROYED = "RECALLED_DESTROYED"
    SAMPLE = "SAMPLE"
    COUNT_MINUS = "COUNT_MINUS"
    RETURN_TO_DONOR = "RETURN_TO_DONOR"
    DONATED_ON = "DONATED_ON"
    MOVE = "MOVE"
    REVERSAL = "REVERSAL"


@dataclass(frozen=True, slots=True)
class Movement:
    """Whole units of one lot on their way from one account to another.

    ``document`` is the number of the paper behind it (GRN, pick list, waybill,
    incident) or the id of its count. ``recorded_by`` is the account id of the
    person. ``reverses`` names the movement this one takes back.
    """

    movement_id: UUID
    lot_id: UUID
    quantity: int
    source: str
    target: str
    reason: Reason
    occurred_at: datetime
    recorded_by: str
    document: str | None = None
    reverses: UUID | None = None

    def __post_init__(self) -> None:
        assert self.quantity > 0, "INV-01: direction is said by source and target"
        assert self.source != self.target, "INV-01: a movement goes somewhere"


def location(location_code: str) -> str:
    """Name the account of goods that stand at a location."""
    return f"location:{location_code}"


def transit(consignment_number: str) -> str:
    """Name the account of goods on their way to a place."""
    return f"transit:{consignment_number}"


def delivered(unit_code: str) -> str:
    """Name the account of goods a unit accepted; never sent to donors."""
    return f"delivered:{unit_code}"


def assembly(kit_lot_id: UUID) -> str:
    """Name the account of units that were put into the kits of a kit lot."""
    return f"assembly:{kit_lot_id}"


def loss(reason: str) -> str:
    """Name the account of goods that were lost for a reason."""
    return f"loss:{reason}"


def returned(gift_number: str) -> str:
    """Name the account of goods given back to the donor of a gift."""
    return f"returned:{gift_number}"


def kind_of(account: str) -> AccountKind:
    """Tell the kind of an account; ValueError for a name no one may use."""
    return AccountKind(account.partition(":")[0])


def place_of(account: str) -> str:
    """Give what follows the kind: a location, consignment, unit or reason."""
    return account.partition(":")[2]
