"""A caller sees the own units; every other unit is as if it were not there."""

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.errors import UnitClosedError, UnknownUnitError
from services.distribution.domain.places import Scope, Unit


def own_unit(unit_code: str, scope: Scope, work: DistributionWork) -> Unit:
    """Find a unit the caller may know of; raises UnknownUnitError."""
    if not scope.covers(unit_code):
        raise UnknownUnitError(unit_code)
    return work.places.unit(unit_code)


def open_unit(unit_code: str, scope: Scope, work: DistributionWork) -> Unit:
    """Find a unit that may ask for goods; raises UnitClosedError too."""
    unit = own_unit(unit_code, scope, work)
    if unit.is_closed:
        raise UnitClosedError(unit_code)
    return unit
