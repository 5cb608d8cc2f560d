"""What people look for in a long list by typing a part of a code or a name."""

from collections.abc import Mapping
from typing import Any

from services.distribution.entrypoints.calling import scope
from services.distribution.entrypoints.pages.forms import service
from services.distribution.entrypoints.pages.show import facility_name


def units_like(query: str) -> frozenset[str] | None:
    """Give the reader's units whose own or whose facility's name holds the text.

    None stands for every unit, when nothing is looked for by who may see all.
    """
    mine = scope().units
    if not query:
        return mine
    units = service().page_reads.units(mine)
    return frozenset(unit["unit_code"] for unit in units if _holds(unit, query))


def _holds(unit: Mapping[str, Any], query: str) -> bool:
    facility = unit["facility"]
    names = (unit["unit_code"], facility.facility_code, facility_name(facility))
    return any(query.casefold() in name.casefold() for name in names)
