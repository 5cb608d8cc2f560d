"""Register facilities and units, or say how they are from now on."""

from dataclasses import replace

from services.distribution.application.close_unit import close_unit
from services.distribution.application.ports import DistributionWork
from services.distribution.application.tell_unit import people_in_tens, tell_unit
from services.distribution.domain.errors import CodeTakenError
from services.distribution.domain.places import EVERY_UNIT, Facility, Unit


def register_facility(facility: Facility, work: DistributionWork) -> dict[str, object]:
    """Keep the whole present state of a facility; the same again is harmless."""
    work.places.save_facility(facility)
    return work.views.facility(facility.facility_code)


def add_facility(facility: Facility, work: DistributionWork) -> dict[str, object]:
    """Keep a new facility; raises CodeTakenError."""
    if not work.places.add_facility(facility):
        raise CodeTakenError(facility.facility_code)
    return work.views.facility(facility.facility_code)


def change_facility(facility: Facility, work: DistributionWork) -> dict[str, object]:
    """Keep what is said of a known facility from now on; its units go along.

    Another audience is also that of every unit that had the old one. Raises
    UnknownFacilityError.
    """
    before = work.places.facility(facility.facility_code).audience
    answer = register_facility(facility, work)
    for unit in work.places.held_units_of(facility.facility_code):
        if unit.audience == before != facility.audience:
            register_unit(replace(unit, audience=facility.audience), work)
    return answer


def add_unit(unit: Unit, work: DistributionWork) -> dict[str, object]:
    """Keep a new unit; raises CodeTakenError or UnknownFacilityError."""
    work.places.facility(unit.facility_code)
    version = work.places.add_unit(unit)
    if version is None:
        raise CodeTakenError(unit.unit_code)
    return _told(unit, version, work)


def change_unit(unit: Unit, work: DistributionWork) -> dict[str, object]:
    """Keep facility, kind and groups of a known unit; it stays open or closed.

    The audience changes with the facility only. Raises UnknownUnitError or
    UnknownFacilityError.
    """
    known = work.places.held_unit(unit.unit_code)
    stays = known.facility_code == unit.facility_code
    audience = known.audience if stays else unit.audience
    changed = replace(unit, audience=audience, is_closed=known.is_closed)
    return register_unit(changed, work)


def open_or_close(
    unit_code: str, work: DistributionWork, *, is_closed: bool
) -> dict[str, object]:
    """Close a unit or open it again, all else as it is; raises UnknownUnitError."""
    unit = work.places.held_unit(unit_code)
    return register_unit(replace(unit, is_closed=is_closed), work)


def register_unit(unit: Unit, work: DistributionWork) -> dict[str, object]:
    """Keep the whole present state of a unit and tell the other services.

    One that is closed lets go of what was meant for it (``close_unit``). Raises
    UnknownFacilityError.
    """
    work.places.facility(unit.facility_code)
    return _told(unit, work.places.save_unit(unit), work)


def _told(unit: Unit, version: int, work: DistributionWork) -> dict[str, object]:
    tell_unit(unit, version, people_in_tens(unit.unit_code, work), work)
    if unit.is_closed:
        close_unit(unit.unit_code, work)
    return work.views.unit(unit.unit_code, EVERY_UNIT)
