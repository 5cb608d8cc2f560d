"""The places of the story: codes and headcounts, nothing else (DOMAIN.md 7.1).

The stated counts of who menstruates, learns or leaves are invented to fit the
heads; an outreach team would ask each unit for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from deploy.demo.people import CENTRE_UNITS
from deploy.demo.stage import Stage

REGION = "Almaty"
WOMEN, BOYS, RELEASE = "EX-WF", "EX-BF", "EX-WR"
HALFWAY, CENTRE, SHELTER = "EX-HH", "EX-CC", "EX-SH"
BEHIND_BARS = (WOMEN, BOYS, RELEASE)

FACILITIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    WOMEN: ("EX Women's Facility A (example)", ("prison-restricted",)),
    BOYS: ("EX Boys' Facility (example)", ("prison-restricted",)),
    RELEASE: ("EX Work Release House (example)", ()),
    HALFWAY: ("EX Halfway House (example)", ()),
    CENTRE: ("EX Crisis Centre (example)", ()),
    SHELTER: ("EX Shelter, protected (example)", ()),
}
"""Each facility's name, and the flags its gate does not let in."""


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit, the groups an earmark may name it by, and who lives in it."""

    unit_code: str
    facility_code: str
    kind: str
    groups: tuple[str, ...]
    bands: Mapping[str, int]

    @property
    def team(self) -> str:
        """Who visits it: the outreach team, or the team of the centre."""
        return "centre" if self.unit_code in CENTRE_UNITS else "outreach"

    @property
    def audience(self) -> str:
        """The finest label a donor may ever see."""
        return "detention" if self.facility_code in BEHIND_BARS else "community"


def _ward(letter: str, younger: int = 104) -> DemoUnit:
    bands = {"women_18_49": younger, "women_50_plus": 20, "menstruating": 96}
    return DemoUnit(f"W-{letter}", WOMEN, "ward", ("women",), bands)


def _boys(unit_code: str, heads: int, kind: str = "ward") -> DemoUnit:
    groups = ("boys", "medical") if kind == "medical" else ("boys",)
    bands = {"boys_14_17": heads, "learners": 0 if kind == "medical" else heads}
    return DemoUnit(unit_code, BOYS, kind, groups, bands)


_MOTHERS_AND_CHILDREN = {
    "women_18_49": 33,
    "menstruating": 24,
    "post_partum": 2,
    "children_0_2m": 3,
    "children_3_5m": 3,
    "children_6_11m": 8,
    "children_12_23m": 11,
    "children_24_35m": 9,
}

_CENTRE_RESIDENTS = {
    "women_18_49": 12,
    "women_50_plus": 1,
    "menstruating": 11,
    "children_6_11m": 1,
    "children_12_23m": 2,
    "children_24_35m": 2,
    "children_3_11y": 5,
}

_HALFWAY_HOUSE = {
    "women_18_49": 14,
    "menstruating": 12,
    "learners": 6,
    "children_12_23m": 1,
    "children_24_35m": 1,
    "children_3_11y": 3,
}

UNITS: tuple[DemoUnit, ...] = (
    *(_ward(letter) for letter in "ABCDEF"),
    _ward("G", younger=103),
    DemoUnit(
        "W-GIRL",
        WOMEN,
        "ward",
        ("women",),
        {"girls_14_17": 12, "menstruating": 12, "learners": 12},
    ),
    DemoUnit(
        "W-NEW", WOMEN, "arrival", ("women",), {"new_arrivals": 24, "menstruating": 18}
    ),
    DemoUnit(
        "W-REL",
        WOMEN,
        "release",
        ("women", "release"),
        {"women_18_49": 40, "menstruating": 32, "leaving": 9},
    ),
    DemoUnit(
        "W-MED",
        WOMEN,
        "medical",
        ("women", "medical"),
        {"women_18_49": 9, "women_50_plus": 6, "incontinent": 2},
    ),
    DemoUnit(
        "W-ANT",
        WOMEN,
        "antenatal",
        ("women", "medical"),
        {"women_18_49": 9, "pregnant": 9},
    ),
    DemoUnit(
        "W-MCU",
        WOMEN,
        "mother_child",
        ("women", "children"),
        _MOTHERS_AND_CHILDREN,
    ),
    _boys("B-1", 100),
    _boys("B-2", 100),
    _boys("B-3", 92),
    _boys("B-MED", 8, "medical"),
    DemoUnit(
        "R-W",
        RELEASE,
        "work_release",
        ("women", "release"),
        {"women_18_49": 78, "women_50_plus": 12, "menstruating": 70},
    ),
    DemoUnit("R-M", RELEASE, "work_release", ("release",), {"men_18_plus": 210}),
    DemoUnit("H-1", HALFWAY, "household", ("women", "children"), _HALFWAY_HOUSE),
    DemoUnit("C-RES", CENTRE, "residents", ("women", "children"), _CENTRE_RESIDENTS),
    DemoUnit(
        "C-DAY",
        CENTRE,
        "visitors",
        ("women",),
        {"women_18_49": 88, "women_50_plus": 12, "menstruating": 78},
    ),
    DemoUnit(
        "S-1",
        SHELTER,
        "shelter",
        ("women",),
        {"women_18_49": 6, "men_18_plus": 2, "menstruating": 5},
    ),
)

AUTUMN: Mapping[str, Mapping[str, int]] = {
    "W-NEW": {"new_arrivals": 31, "menstruating": 24},
    "W-REL": {"women_18_49": 28, "menstruating": 22, "leaving": 9},
}
"""Who came and left by October; the other units stayed as they were."""


def bands_of(unit: DemoUnit, as_of: str) -> Mapping[str, int]:
    """Give a unit's headcount on a day: summer's until October."""
    is_autumn = as_of >= "2026-10-01"
    return AUTUMN.get(unit.unit_code, unit.bands) if is_autumn else unit.bands


def register_places(stage: Stage) -> None:
    """Register the facilities and their units."""
    coordinator = stage.person("coordinator")
    for facility_code, (name, not_admitted) in FACILITIES.items():
        audience = "detention" if facility_code in BEHIND_BARS else "community"
        coordinator.post(
            "distribution",
            "/facilities",
            {
                "command_id": coordinator.new_id(),
                "facility_code": facility_code,
                "name": name,
                "region": REGION,
                "audience": audience,
                "not_admitted": list(not_admitted),
            },
        )
    for unit in UNITS:
        _register_unit(stage, unit)


def _register_unit(stage: Stage, unit: DemoUnit) -> None:
    coordinator = stage.person("coordinator")
    coordinator.post(
        "distribution",
        "/units",
        {
            "command_id": coordinator.new_id(),
            "unit_code": unit.unit_code,
            "facility_code": unit.facility_code,
            "kind": unit.kind,
            "audience": unit.audience,
            "groups": list(unit.groups),
        },
    )


def count_heads(stage: Stage, as_of: str) -> None:
    """Let the teams state what every unit has on a day."""
    for unit in UNITS:
        team = stage.person(unit.team)
        team.put(
            "distribution",
            f"/units/{unit.unit_code}/headcounts",
            {
                "command_id": team.new_id(),
                "as_of": as_of,
                "bands": dict(bands_of(unit, as_of)),
            },
        )
