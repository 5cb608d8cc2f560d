"""Tell the other services how a unit is, and of its people no more than tens."""

from services.distribution.application.ports import DistributionWork
from services.distribution.domain.bands import in_tens
from services.distribution.domain.places import Unit
from shared.contracts.distribution_v1 import UnitRegistered


def tell_unit(
    unit: Unit, version: int, people: int | None, work: DistributionWork
) -> None:
    """Announce the whole present state of a unit; ``people`` are in tens."""
    work.announce(
        UnitRegistered(
            unit_code=unit.unit_code,
            version=version,
            facility_code=unit.facility_code,
            kind=unit.kind,
            audience=unit.audience,
            groups=tuple(sorted(unit.groups)),
            is_closed=unit.is_closed,
            people_in_tens=people,
        )
    )


def people_in_tens(unit_code: str, work: DistributionWork) -> int | None:
    """Give today's people of a unit in tens; null while nobody has stated any."""
    headcount = work.places.headcount(unit_code, work.today())
    return None if headcount is None else in_tens(headcount.heads)
