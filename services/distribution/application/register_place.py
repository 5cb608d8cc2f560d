"""Register facilities and units, or say how they are from now on."""

from services.distribution.application.ports import DistributionWork
from services.distribution.application.tell_unit import people_in_tens, tell_unit
from services.distribution.domain.places import EVERY_UNIT, Facility, Unit


def register_facility(facility: Facility, work: DistributionWork) -> dict[str, object]:
    """Keep the whole present state of a facility; the same again is harmless."""
    work.places.save_facility(facility)
    return work.views.facility(facility.facility_code)


def register_unit(unit: Unit, work: DistributionWork) -> dict[str, object]:
    """Keep the whole present state of a unit and tell the other services.

    Raises UnknownFacilityError.
    """
    work.places.facility(unit.facility_code)
    version = work.places.save_unit(unit)
    tell_unit(unit, version, people_in_tens(unit.unit_code, work), work)
    return work.views.unit(unit.unit_code, EVERY_UNIT)
