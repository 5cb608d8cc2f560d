"""State how many people of each band a unit has on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.distribution.application.own_units import own_unit
from services.distribution.application.ports import DistributionWork
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
    nobody. Raises UnknownUnitError, UnknownBandError or CountOutOfRangeError.
    """
    own_unit(unit_code, scope, work)
    headcount = Headcount(unit_code, as_of, checked_bands(bands))
    work.places.add_headcount(headcount, account)
    return work.views.unit(unit_code, scope)
