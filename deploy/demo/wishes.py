"""What the teams ask for: in round numbers, as people do.

Some wishes go beyond what the quota rules give and some stay below, so that an
allocation has something to explain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from deploy.demo.places import DemoUnit, bands_of

GROWN = ("women_18_49", "women_50_plus", "men_18_plus", "new_arrivals")
FROM_THREE = (*GROWN, "girls_14_17", "boys_14_17", "children_3_11y")
BABIES = ("children_0_2m", "children_3_5m", "children_6_11m")
TODDLERS = ("children_12_23m", "children_24_35m")
ROUND_FROM = 30
"""From here on people ask in tens."""


@dataclass(frozen=True, slots=True)
class PerHead:
    """So much for each head of some bands."""

    quantity: str
    bands: tuple[str, ...]

    def of(self, bands: Mapping[str, int]) -> int:
        """Work the wish out, rounded up to tens when it is not small."""
        heads = sum(bands.get(band, 0) for band in self.bands)
        exact = ceil(Fraction(self.quantity) * heads)
        return exact if exact < ROUND_FROM else -(-exact // 10) * 10


PER_HEAD: Mapping[str, PerHead] = {
    "HYG-SOAP-B": PerHead("5/2", FROM_THREE),
    "HYG-SOAP-L": PerHead("1", FROM_THREE),
    "HYG-TPASTE": PerHead("1", FROM_THREE),
    "HYG-TBRUSH-A": PerHead("1/3", FROM_THREE),
    "HYG-SHAM": PerHead("1/2", FROM_THREE),
    "HYG-TPAPER": PerHead("3", FROM_THREE),
    "HYG-POWDER": PerHead("1", BABIES + TODDLERS),
    "HYG-RAZOR": PerHead("2", GROWN),
    "MEN-PAD": PerHead("3/2", ("menstruating",)),
    "MEN-PAD-N": PerHead("1/2", ("menstruating",)),
    "MEN-UNDER": PerHead("1/2", (*GROWN, "girls_14_17")),
    "INF-NAP-2": PerHead("11", ("children_0_2m",)),
    "INF-NAP-3": PerHead("10", ("children_3_5m",)),
    "INF-NAP-4": PerHead("7", ("children_6_11m", "children_12_23m")),
    "INF-NAP-5": PerHead("4", ("children_24_35m",)),
    "INF-WIPES": PerHead("3", BABIES + TODDLERS),
    "INF-SOAP": PerHead("1", BABIES + TODDLERS),
    "INF-CREAM": PerHead("1", (*BABIES, "children_12_23m")),
    "INF-ROMP": PerHead("1/2", BABIES + TODDLERS),
    "MED-PREN": PerHead("1", ("pregnant",)),
    "EDU-NOTE": PerHead("2", ("learners",)),
    "EDU-PEN": PerHead("2", ("learners",)),
}

MEDICINE: Mapping[str, Mapping[str, int]] = {
    "W-MED": {"MED-PARA": 30, "MED-ORS": 10, "MED-CHLOR": 12, "MED-BAND": 20},
    "B-MED": {"MED-PARA": 16, "MED-ORS": 6, "MED-BAND": 12},
    "W-MCU": {"MED-SUPP": 6, "MED-VITD": 8},
    "H-1": {"MED-PARA": 6},
}
"""Medicine is asked for by the pack, as the medical reviewer set it."""

_COMMON = "HYG-SOAP-B HYG-SOAP-L HYG-TPASTE HYG-SHAM HYG-TPAPER"
_WARD = f"{_COMMON} HYG-TBRUSH-A MEN-PAD MEN-PAD-N MEN-UNDER"
_BOYS = f"{_COMMON} HYG-TBRUSH-A EDU-NOTE EDU-PEN"
_CHILDREN = "INF-NAP-4 INF-NAP-5 INF-WIPES HYG-POWDER"

ASKED_FOR: Mapping[str, str] = {
    **{f"W-{letter}": _WARD for letter in "ABCDEFG"},
    "W-GIRL": f"{_WARD} EDU-NOTE EDU-PEN",
    "W-NEW": f"{_COMMON} HYG-TBRUSH-A MEN-PAD MEN-PAD-N",
    "W-REL": f"{_COMMON} MEN-PAD MEN-PAD-N",
    "W-MED": "HYG-SOAP-B HYG-TPAPER",
    "W-ANT": "HYG-SOAP-B HYG-SOAP-L HYG-TPASTE HYG-TPAPER MEN-UNDER MED-PREN",
    "W-MCU": (
        "INF-NAP-2 INF-NAP-3 INF-NAP-4 INF-NAP-5 INF-WIPES INF-SOAP INF-CREAM "
        "INF-ROMP HYG-POWDER HYG-SOAP-B MEN-PAD"
    ),
    "B-1": _BOYS,
    "B-2": _BOYS,
    "B-3": _BOYS,
    "B-MED": "HYG-SOAP-B HYG-TPAPER",
    "R-W": f"{_COMMON} HYG-TBRUSH-A MEN-PAD MEN-PAD-N HYG-RAZOR",
    "R-M": f"{_COMMON} HYG-TBRUSH-A HYG-RAZOR",
    "H-1": f"{_COMMON} MEN-PAD {_CHILDREN} EDU-NOTE",
    "C-RES": f"{_COMMON} MEN-PAD {_CHILDREN}",
    "C-DAY": "HYG-SOAP-B HYG-TPASTE MEN-PAD MEN-UNDER",
    "S-1": f"{_COMMON} MEN-PAD",
}


def wished(unit: DemoUnit, on: str) -> dict[str, int]:
    """Give what a unit asks for on a day, by product."""
    bands = bands_of(unit, on)
    asked = {
        product_code: PER_HEAD[product_code].of(bands)
        for product_code in ASKED_FOR[unit.unit_code].split()
    }
    return asked | dict(MEDICINE.get(unit.unit_code, {}))
