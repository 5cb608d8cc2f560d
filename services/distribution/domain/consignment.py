"""A delivery to one facility on one day."""

from dataclasses import dataclass
from enum import StrEnum


class ConsignmentState(StrEnum):
    """How far a consignment has come; published, never renamed.

    ``picking`` is inventory's to know: no message says it, so distribution goes
    from planned to in transit.
    """

    PLANNED = "planned"
    PICKING = "picking"
    IN_TRANSIT = "in_transit"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ConsignmentHead:
    """A consignment without its lines."""

    consignment_number: str
    facility_code: str
    state: ConsignmentState
