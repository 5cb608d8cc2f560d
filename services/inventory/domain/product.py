"""Products of the catalogue and the rules they bring to the door."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shared.kernel.gs1 import GTIN

LANGUAGES = ("kk", "ru", "en")

MEDICINE = "medicine"
REFUSED_FLAGS = frozenset({"refuse", "bms"})
COLD_FLAG = re.compile(r"cold-(?:(-?\d+)-)?(\d+)C")


@dataclass(frozen=True, slots=True)
class Pack:
    """A trade item number and how many units of issue one scan of it means."""

    gtin: GTIN
    quantity: int


@dataclass(frozen=True, slots=True)
class TemperatureRange:
    """What a cold-chain product endures, in degrees Celsius."""

    lowest: int | None
    highest: int

    def holds(self, reading: float) -> bool:
        """Tell whether a reading is within the range."""
        return reading <= self.highest and (
            self.lowest is None or reading >= self.lowest
        )


@dataclass(frozen=True, slots=True)
class Product:
    """What we keep and give out, counted in its unit of issue.

    ``names`` has an entry for each of ``LANGUAGES``. ``version`` grows with every
    change; 0 is a product that was never stored.
    """

    product_code: str
    category: str
    names: Mapping[str, str]
    unit_of_issue: str
    packs: tuple[Pack, ...] = ()
    min_days_at_receipt: int = 0
    min_days_at_dispatch: int = 0
    sensitivity: int = 0
    flags: tuple[str, ...] = ()
    version: int = 0

    @property
    def is_medicine(self) -> bool:
        """Medicine waits for a reviewer and needs its printed lot number."""
        return MEDICINE in self.flags

    @property
    def is_refused(self) -> bool:
        """Controlled substances and breast-milk substitutes are not taken in."""
        return not REFUSED_FLAGS.isdisjoint(self.flags)

    @property
    def is_dated(self) -> bool:
        """A product with a shelf-life rule, and every medicine, needs an expiry."""
        return self.is_medicine or bool(
            self.min_days_at_receipt or self.min_days_at_dispatch
        )

    @property
    def temperature_range(self) -> TemperatureRange | None:
        """The range of a cold-chain flag: ``cold-15C``, ``cold-2-8C``."""
        matches = (COLD_FLAG.fullmatch(flag) for flag in self.flags)
        found = next((match for match in matches if match), None)
        if found is None:
            return None
        lowest = None if found[1] is None else int(found[1])
        return TemperatureRange(lowest, int(found[2]))

    def units_in(self, gtin: str) -> int | None:
        """How many units of issue one pack with this number holds; None if not ours."""
        held = (pack.quantity for pack in self.packs if pack.gtin == gtin)
        return next(held, None)

    def missing(
        self, *, lot_number: str | None, expires_on: date | None
    ) -> tuple[str, ...]:
        """Name what a receipt of this product still needs a person to say."""
        needs = (
            ("lot", self.is_medicine and not lot_number),
            ("expiry", self.is_dated and expires_on is None),
        )
        return tuple(name for name, is_missing in needs if is_missing)

    def earliest_expiry(self, received_on: date) -> date:
        """Work out the first expiry date that leaves enough days after a receipt."""
        return received_on + timedelta(days=self.min_days_at_receipt)
