"""What is kept back of a product for emergencies, by policy."""

from dataclasses import dataclass
from datetime import date

RESERVE_REASON_CHARS_MAX = 200


@dataclass(frozen=True, slots=True)
class Reserve:
    """So many units of issue no run may give, from a day on, and why.

    A reserve of 0 ends one; what was before stays in the history.
    """

    product_code: str
    quantity: int
    effective_from: date
    reason: str
