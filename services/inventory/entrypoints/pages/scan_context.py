"""What stays the same from scan to scan, and the station before anybody is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from services.inventory.application.page_views import DayTotals, PlaceView

MODES = ("receive", "move", "count", "look", "pick")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanContext:
    """What stays the same from scan to scan; it is part of the page's address."""

    mode: str = "receive"
    gift_number: str = ""
    location_code: str = ""
    to_location_code: str = ""
    temperature_celsius: str = ""
    pick_list_number: str = ""
    count_sheet_number: str = ""


def shell_facts(context: ScanContext) -> dict[str, Any]:
    """Give what ``scan.html`` shows when nobody is known yet: nothing of anybody."""
    return {
        "context": context,
        "places": (),
        "gifts": (),
        "log": (),
        "totals": DayTotals(units=0, products=0, waiting=0),
        "card": None,
        "counted_at": None,
        "look": None,
        "pick_list": None,
        "dispatch_error": "",
        "asks_why": False,
    }


def context_of(given: Mapping[str, str], places: Iterable[PlaceView]) -> ScanContext:
    """Read the context of an address; without a place it is the first for storage."""
    storage = (one.location_code for one in places if one.kind == "storage")
    said = {name: given.get(name, "").strip() for name in _KEPT}
    mode = given.get("mode", "receive")
    return ScanContext(
        mode=mode if mode in MODES else "receive",
        **said | {"location_code": said["location_code"] or next(storage, "")},
    )


_KEPT = tuple(one.name for one in fields(ScanContext) if one.name != "mode")
