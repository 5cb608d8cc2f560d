"""Register facilities and units, or say how they are from now on."""

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.places import EVERY_UNIT, Facility, Unit
from shared.contracts.distribution_v1 import UnitRegistered


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
    work.announce(
        UnitRegistered(
            unit_code=unit.unit_code,
            version=version,
            facility_code=unit.facility_code,
            kind=unit.kind,
            audience=unit.audience,
            groups=tuple(sorted(unit.groups)),
            is_closed=unit.is_closed,
        )
    )
    return work.views.unit(unit.unit_code, EVERY_UNIT)
