"""A delivery to one facility on one day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.distribution.domain.errors import (
    BagNumberError,
    TransportError,
    VehicleError,
)

OWN_CAR = "own_car"
"""The vehicle where no registration is written down: somebody's own car."""

PACKAGES_MAX = 10_000
GRAMS_MAX = 20_000_000
BAGS_MAX = 50
_PLATE = re.compile(r"(?=.*\d)[^\W_](?:[^\W_]|[ -]){1,14}")
_BAG = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./-]{0,19}")


class ConsignmentState(StrEnum):
    """How far a consignment has come; published, never renamed."""

    PLANNED = "planned"
    PICKING = "picking"
    IN_TRANSIT = "in_transit"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"


NOT_LEFT = frozenset({ConsignmentState.PLANNED, ConsignmentState.PICKING})
"""What can still be moved to another day, or cancelled."""


class DriverRole(StrEnum):
    """Who drives, as a role: no name of a driver is ever kept (DOMAIN 5.4)."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"
    HIRED = "hired"
    FACILITY = "facility"


@dataclass(frozen=True, slots=True)
class ConsignmentHead:
    """A consignment without its lines; ``moves`` is how often its day changed."""

    consignment_number: str
    facility_code: str
    state: ConsignmentState
    planned_on: date
    moves: int

    def moved(self, planned_on: date) -> "ConsignmentHead":
        """Give it as it goes on another day."""
        return replace(self, planned_on=planned_on, moves=self.moves + 1)


@dataclass(frozen=True, slots=True)
class Transport:
    """What a waybill says of the way, and the seals on each line's bags.

    ``vehicle`` is a registration or ``own_car``; a registration has a digit, so a
    person's name cannot be one. ``bags`` names only the lines it changes.
    """

    vehicle: str | None = None
    driver_role: DriverRole | None = None
    packages: int | None = None
    gross_weight_grams: int | None = None
    bags: Mapping[tuple[str, str, UUID], tuple[str, ...]] = field(default_factory=dict)

    def checked(self) -> "Transport":
        """Give it as it is kept: capitals, no stray spaces, each seal once.

        Raises VehicleError, TransportError or BagNumberError.
        """
        for value, most in (
            (self.packages, PACKAGES_MAX),
            (self.gross_weight_grams, GRAMS_MAX),
        ):
            if value is not None and not 0 < value <= most:
                raise TransportError(value, most)
        return Transport(
            _vehicle(self.vehicle),
            self.driver_role,
            self.packages,
            self.gross_weight_grams,
            {key: bag_ids(given) for key, given in self.bags.items()},
        )


UNKNOWN_WAY = Transport()
"""Nothing is known of the way yet; it can be said until the handover."""


def _vehicle(given: str | None) -> str | None:
    plain = " ".join((given or "").split())
    if not plain or plain == OWN_CAR:
        return plain or None
    if not _PLATE.fullmatch(plain):
        raise VehicleError
    return plain.upper()


def bag_ids(given: tuple[str, ...]) -> tuple[str, ...]:
    """Give the seals of a line as they are kept; raises BagNumberError."""
    plain = tuple(dict.fromkeys(each.strip().upper() for each in given if each.strip()))
    for each in plain:
        if not _BAG.fullmatch(each):
            raise BagNumberError(each)
    if len(plain) > BAGS_MAX:
        raise BagNumberError(plain[BAGS_MAX])
    return plain
