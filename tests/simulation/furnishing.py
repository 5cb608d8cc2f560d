"""What there is before anybody comes: goods to know, places and donors."""

from dataclasses import dataclass
from typing import Any

from tests.simulation.programme import Programme, Route

DONORS = ("EX-D1", "EX-D4", "EX-D6")


@dataclass(frozen=True, slots=True)
class Goods:
    """A product and how long its lots L1, L2 … are good for, in days."""

    product_code: str
    days_of_lots: tuple[int | None, ...]
    earmark: tuple[str, ...] | None = None
    flags: tuple[str, ...] = ()
    days: tuple[int, int] = (0, 0)


GOODS = (
    Goods("HYG-SOAP-B", (200, 300, 400, 500), days=(90, 30)),
    Goods("HYG-TBRUSH-A", (None, None)),
    Goods("INF-NAP-3", (300, 400), earmark=("children",), days=(180, 60)),
    Goods("MED-PARA", (500, 700), flags=("medicine",), days=(365, 90)),
    Goods("TRT-SWEET", (6, 8, 10, 14), days=(3, 1)),
)
"""Sweets expire while the run goes on; paracetamol waits for its reviewer."""

FACILITIES = {"EX-WF": "detention", "EX-HH": "community"}
UNITS: dict[str, dict[str, Any]] = {
    "W-A": {"facility_code": "EX-WF", "kind": "ward", "groups": ["women"]},
    "W-MCU": {
        "facility_code": "EX-WF",
        "kind": "mother_child",
        "groups": ["women", "children"],
    },
    "W-MED": {
        "facility_code": "EX-WF",
        "kind": "medical",
        "groups": ["women", "medical"],
    },
    "H-1": {"facility_code": "EX-HH", "kind": "house", "groups": ["release"]},
}
HEADS = {"women_18_49": 40, "children_3_5m": 3, "children_12_23m": 2}


def furnish(programme: Programme) -> None:
    """Register everything, over the API as everybody would."""
    for goods in GOODS:
        _coordinate(programme, "inventory", "/products", _product(goods))
    for code in DONORS:
        body = {"donor_code": code, "name": f"{code} (example)", "language": "en"}
        _coordinate(programme, "donors", "/donors", {**body, "kind": "organisation"})
    for code, audience in FACILITIES.items():
        body = {"facility_code": code, "name": f"{code} (example)"}
        _coordinate(
            programme, "distribution", "/facilities", {**body, "audience": audience}
        )
    for code, unit in UNITS.items():
        _coordinate(programme, "distribution", "/units", {"unit_code": code, **unit})
        count_heads(programme, code, HEADS)


def count_heads(programme: Programme, unit_code: str, heads: dict[str, int]) -> None:
    """State how many people a unit has today."""
    path = f"/units/{unit_code}/headcounts"
    programme.command(
        Route("outreach", "distribution", "PUT", path),
        {
            "command_id": programme.new_id(),
            "as_of": programme.day(),
            "bands": heads,
        },
    )


def _coordinate(
    programme: Programme, service: str, path: str, body: dict[str, Any]
) -> None:
    programme.command(
        Route("coordinator", service, "POST", path),
        {"command_id": programme.new_id(), **body},
    )


def _product(goods: Goods) -> dict[str, Any]:
    name = goods.product_code
    return {
        "product_code": name,
        "category": "medicine" if goods.flags else "hygiene",
        "names": {"en": name, "ru": name, "kk": name},
        "unit_of_issue": "piece",
        "min_days_at_receipt": goods.days[0],
        "min_days_at_dispatch": goods.days[1],
        "flags": list(goods.flags),
    }
