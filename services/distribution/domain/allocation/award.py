"""What the rule answers: a quantity per claim, from which lots, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ReasonCode(StrEnum):
    """Why an award is what it is; published, never renamed (DOMAIN 4.4)."""

    FULL = "FULL"
    SCARCE = "SCARCE"
    LAST_UNIT = "LAST_UNIT"
    CAP = "CAP"
    SHELF_LIFE = "SHELF_LIFE"
    EARMARK = "EARMARK"
    NO_ENTITLEMENT = "NO_ENTITLEMENT"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with the facts that were true when the award was made.

    Facts hold counts, shares and rule codes, never what another unit is called
    or gets, so that they can be shown to whoever asked.
    """

    code: ReasonCode
    facts: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class LotShare:
    """Part of an award that comes from one lot; never zero."""

    lot: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Award:
    """What one claim gets. The lots add up to the quantity, first expiry first."""

    claim: str
    quantity: int
    lots: tuple[LotShare, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Allocation:
    """One award per claim, zero included, in the order of the claims' ids."""

    product_code: str
    awards: tuple[Award, ...]
