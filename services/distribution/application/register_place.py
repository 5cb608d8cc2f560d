"""Register facilities and units, or say how they are from now on."""

from dataclasses import replace

from services.distribution.application.close_unit import close_unit
from services.distribution.application.ports import DistributionWork
from services.distribution.application.tell_unit import people_in_tens, tell_unit
from services.distribution.domain.places import EVERY_UNIT, Facility, Unit


def register_facility(facility: Facility, work: DistributionWork) -> dict[str, object]:
    """Keep the whole present state of a facility; the same again is harmless."""
    work.places.save_facility(facility)
    return work.views.facility(facility.facility_code)


def open_or_close(
    unit_code: str, work: DistributionWork, *, is_closed: bool
) -> dict[str, object]:
    """Close a unit or open it again, all else as it is; raises UnknownUnitError."""
    unit = work.places.unit(unit_code)
    return register_unit(replace(unit, is_closed=is_closed), work)


def register_unit(unit: Unit, work: DistributionWork) -> dict[str, object]:
    """Keep the whole present state of a unit and tell the other services.

    One that is closed lets go of what was meant for it (``close_unit``). Raises
    UnknownFacilityError.
    """
    work.places.facility(unit.facility_code)
    version = work.places.save_unit(unit)
    tell_unit(unit, version, people_in_tens(unit.unit_code, work), work)
    if unit.is_closed:
        close_unit(unit.unit_code, work)
    return work.views.unit(unit.unit_code, EVERY_UNIT)
