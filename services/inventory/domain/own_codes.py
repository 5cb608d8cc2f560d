"""The codes on our own labels: places, boxes and lots.

A place has AI 98, one of those GS1 leaves to each company (90 is for agreements
between partners, 91 to 93 are cut as secrets here). A box has an SSCC under the
company prefix of the installation. A lot has what a maker would print: product
number, last day and lot number.
"""

from collections.abc import Mapping
from datetime import date

from services.inventory.domain.scanning.dictionary import CSET_82
from shared.kernel.gs1 import GTIN, SSCC, check_digit

PLACE_AI = "98"
LOT_LENGTH_MAX = 20
_SSCC_DIGITS = 17
_EXTENSION = "0"


def place_elements(location_code: str) -> Mapping[str, str]:
    """Give what a place's label holds; nothing for a code no scanner can send."""
    return {PLACE_AI: location_code} if _can_be_coded(location_code) else {}


def place_of_scan(stated: Mapping[str, str]) -> str | None:
    """Name the place a scan means: a symbol that holds a place and nothing else."""
    return stated.get(PLACE_AI) if len(stated) == 1 else None


def lot_elements(
    gtin: GTIN, lot_number: str, expires_on: date | None
) -> Mapping[str, str]:
    """Give what a lot's label holds, values of fixed length first.

    A lot number that no code can hold, such as one in Cyrillic, is left out: the
    person who scans the label is then asked for it and reads it from the label.
    """
    elements = {"01": str(gtin)}
    if expires_on is not None:
        elements["17"] = expires_on.strftime("%y%m%d")
    if _can_be_coded(lot_number):
        elements["10"] = lot_number
    return elements


def box_elements(number: SSCC) -> Mapping[str, str]:
    """Give what the label of a box holds."""
    return {"00": str(number)}


def box_number(company_prefix: str, serial: int) -> SSCC:
    """Make the number of our box *serial*; raises ValueError when none is left."""
    room = _SSCC_DIGITS - len(_EXTENSION) - len(company_prefix)
    if serial >= 10**room:
        raise ValueError(
            f"prefix {company_prefix} leaves room for {10**room - 1} boxes"
        )
    payload = f"{_EXTENSION}{company_prefix}{serial:0{room}d}"
    return SSCC(payload + str(check_digit(payload)))


def _can_be_coded(text: str) -> bool:
    return 0 < len(text) <= LOT_LENGTH_MAX and CSET_82.issuperset(text)
