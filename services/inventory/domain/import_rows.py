"""Rows of the tables that set a warehouse up: its places and its opening stock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.inventory.domain.catalogue_row import QUANTITY_MAX, code
from services.inventory.domain.cells import (
    Cells,
    Fault,
    day,
    one_of,
    text_up_to,
    whole,
)

LOCATION_COLUMNS = ("location_code", "name", "kind", "sequence")
LOCATION_REQUIRED = ("location_code", "name", "kind")
KINDS = ("storage", "hold", "dispatch")
PLACE_NAME_CHARS_MAX = 100
SEQUENCE_MAX = 1_000_000

OPENING_COLUMNS = (
    "product_code",
    "lot_number",
    "expires_on",
    "quantity",
    "location_code",
    "gift_number",
)
OPENING_REQUIRED = ("product_code", "quantity", "location_code")
LOT_CHARS_MAX = 20
GIFT_CHARS_MAX = 40


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place to add, or one whose name or step in the walk changes."""

    location_code: str
    name: str
    kind: str
    sequence: int


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """So many units that were here before the books began."""

    product_code: str
    lot_number: str
    expires_on: date | None
    quantity: int
    location_code: str
    gift_number: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What may stand in a table once."""
        return (
            self.product_code,
            self.lot_number,
            self.expires_on,
            self.location_code,
            self.gift_number,
        )


def read_location(row: Mapping[str, str]) -> tuple[LocationRow, list[Fault]]:
    """Read a place; it is of use only without faults."""
    cells = Cells(row, LOCATION_REQUIRED)
    found = LocationRow(
        location_code=cells.read("location_code", code, ""),
        name=cells.read("name", text_up_to(PLACE_NAME_CHARS_MAX), ""),
        kind=cells.read("kind", one_of(*KINDS), ""),
        sequence=cells.read("sequence", whole(0, SEQUENCE_MAX), 0),
    )
    cells.note_unknown(LOCATION_COLUMNS)
    return found, cells.faults


def read_opening(row: Mapping[str, str]) -> tuple[OpeningRow, list[Fault]]:
    """Read a line of opening stock; it is of use only without faults."""
    cells = Cells(row, OPENING_REQUIRED)
    found = OpeningRow(
        product_code=cells.read("product_code", code, ""),
        lot_number=cells.read("lot_number", text_up_to(LOT_CHARS_MAX), ""),
        expires_on=cells.read("expires_on", day, None),
        quantity=cells.read("quantity", whole(1, QUANTITY_MAX), 0),
        location_code=cells.read("location_code", code, ""),
        gift_number=cells.read("gift_number", text_up_to(GIFT_CHARS_MAX), ""),
    )
    cells.note_unknown(OPENING_COLUMNS)
    return found, cells.faults
