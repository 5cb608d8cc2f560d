"""What people look for in a long list by typing a part of a code or a name."""

from collections.abc import Mapping
from typing import Any

from services.distribution.entrypoints.calling import scope
from services.distribution.entrypoints.pages.forms import service
from services.distribution.entrypoints.pages.show import facility_name
from services.distribution.wiring import Sought

QUERY_CHARS_MAX = 60


def units_like(query: str) -> frozenset[str] | None:
    """Give the reader's units whose own or whose facility's name holds the text.

    None stands for every unit, when nothing is looked for by who may see all.
    """
    mine = scope().units
    if not query:
        return mine
    units = service().page_reads.units(mine)
    return frozenset(unit["unit_code"] for unit in units if _holds(unit, query))


def consignments_like(query: str) -> Sought | None:
    """Look for a text in numbers, waybills, and codes and names of facilities.

    None stands for every consignment.
    """
    if not query:
        return None
    wanted = query.casefold()
    found = {
        each.facility_code
        for each in service().page_reads.facilities()
        if wanted in f"{each.facility_code}\n{facility_name(each)}".casefold()
    }
    return Sought(query, found)


def _holds(unit: Mapping[str, Any], query: str) -> bool:
    facility = unit["facility"]
    names = (unit["unit_code"], facility.facility_code, facility_name(facility))
    return any(query.casefold() in name.casefold() for name in names)
