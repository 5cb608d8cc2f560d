"""What is kept back of a product for emergencies, by policy."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReserveReason(StrEnum):
    """Why something is kept back; published, never renamed."""

    EMERGENCY = "emergency"
    WINTER = "winter"
    NEW_ARRIVALS = "new_arrivals"
    GAP_AHEAD = "gap_ahead"
    NEEDED_NO_MORE = "needed_no_more"


@dataclass(frozen=True, slots=True)
class Reserve:
    """So many units of issue no run may give, from a day on, and why.

    A reserve of 0 ends one; what was before stays in the history.
    """

    product_code: str
    quantity: int
    effective_from: date
    reason: ReserveReason
