"""State how many people of each band a unit has on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.distribution.application.own_units import own_unit
from services.distribution.application.ports import DistributionWork
from services.distribution.application.tell_unit import people_in_tens, tell_unit
from services.distribution.domain.bands import Headcount, checked_bands
from services.distribution.domain.places import Scope


def state_headcount(
    unit_code: str,
    as_of: date,
    bands: Mapping[str, Any],
    work: DistributionWork,
    *,
    scope: Scope,
    account: str,
) -> dict[str, object]:
    """Add a headcount to the unit's history.

    It replaces what was stated for that day, as a whole: a band left out has
    nobody. The other services hear of it only when the tens change.
    Raises UnknownUnitError, UnknownBandError or CountOutOfRangeError.
    """
    own_unit(unit_code, scope, work)
    unit = work.places.held_unit(unit_code)
    headcount = Headcount(unit_code, as_of, checked_bands(bands))
    before = people_in_tens(unit_code, work)
    work.places.add_headcount(headcount, account)
    people = people_in_tens(unit_code, work)
    if people != before:
        tell_unit(unit, work.places.save_unit(unit), people, work)
    return work.views.unit(unit_code, scope)
