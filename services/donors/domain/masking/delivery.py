"""The atoms of a month: what of a product one unit accepted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

THRESHOLD = 10
"""People a told cell rests on at least; a setting, never below ``THRESHOLD_MIN``."""
THRESHOLD_MIN = 5
PLACES_MIN = 3

People = Mapping[str, int | None]
"""People of each unit in tens; null for fewer than the threshold. Exact headcounts
never leave distribution."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """So many units of a product that a unit accepted in a month.

    ``sensitivity`` is the product's, at least 1 under an earmark that fewer than
    three facilities can satisfy. ``month`` is the first of the month in Almaty.
    ``handover`` names what its donor saw accepted at the same moment; it is empty
    where that does not matter any more, in what a frozen month rests on.
    """

    product_code: str
    category: str
    sensitivity: int
    month: date
    unit_code: str
    audience: str
    quantity: int
    handover: str = ""


def people_of(deliveries: Iterable[Delivery], people: People) -> int:
    """Count the people some deliveries rest on, in tens; units below count none.

    So two small units together still count as few: nobody here knows better.
    """
    units = {delivery.unit_code for delivery in deliveries}
    return sum(people.get(unit) or 0 for unit in units)


def quantity_of(deliveries: Iterable[Delivery]) -> int:
    """Add the quantities up."""
    return sum(delivery.quantity for delivery in deliveries)
