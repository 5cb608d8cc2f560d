"""Vehicle and driver's role, as two forms ask for them."""

from dataclasses import dataclass

from flask import request

from services.distribution.domain.consignment import OWN_CAR, DriverRole, Transport
from services.distribution.entrypoints.pages.forms import text_field
from services.distribution.entrypoints.words.terms import DRIVER_ROLES


@dataclass(frozen=True, slots=True)
class Way:
    """What stands in the fields; a registration counts unless it is an own car."""

    vehicle: str = ""
    is_own_car: bool = False
    driver_role: str = ""

    def to_transport(self) -> Transport:
        """Give what it says; an unknown role is none."""
        is_known = self.driver_role in DRIVER_ROLES
        return Transport(
            vehicle=OWN_CAR if self.is_own_car else self.vehicle or None,
            driver_role=DriverRole(self.driver_role) if is_known else None,
        )


def typed_way() -> Way:
    """Read the fields of the form that was sent."""
    return Way(
        vehicle=text_field("vehicle", 40),
        is_own_car="is_own_car" in request.form,
        driver_role=text_field("driver_role", 20),
    )


def kept_way(vehicle: str | None, driver_role: str | None) -> Way:
    """Fill the fields with what a consignment says."""
    is_own_car = vehicle == OWN_CAR
    return Way("" if is_own_car else vehicle or "", is_own_car, driver_role or "")
