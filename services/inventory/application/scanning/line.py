"""One line of a batch of scans, read once and trusted afterwards."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.inventory.domain.errors import QuantityOutOfRangeError
from shared.kernel.errors import MalformedError
from shared.kernel.free_text import check_free_text

QUANTITY_MAX = 1_000_000
YEARS = range(2000, 2101)
COUNT_MODES = ("add", "replace")
ACTIONS = ("receive", "refuse", "move", "count", "pick", "return")

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_LOT_NUMBER = re.compile(r"[A-Za-z0-9!\"%&'()*+,\-./_:;<=>?]{1,20}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TEXT_MAX = 500
DESCRIPTION_MAX = 120
_CELSIUS_MAX = 100
_CELSIUS_WANTED = "a temperature in degrees Celsius"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanLine:
    """What a scan says and what its person added, well formed."""

    scan_id: UUID
    action: str
    quantity: int
    occurred_at: datetime
    raw: str | None = None
    second_raw: str | None = None
    product_code: str | None = None
    location_code: str | None = None
    to_location_code: str | None = None
    gift_number: str | None = None
    lot_number: str | None = None
    expires_on: date | None = None
    lot_id: UUID | None = None
    temperature_celsius: float | None = None
    reason: str | None = None
    unit_code: str | None = None
    pick_list_number: str | None = None
    other_lot_reason: str | None = None
    pack_quantity: int | None = None
    description: str | None = None
    count_sheet_number: str | None = None
    count_mode: str | None = None


def scan_id_of(line: Mapping[str, Any]) -> UUID:
    """Read the id a line is answered under; MalformedError without one."""
    return _uuid("scan_id", line.get("scan_id"))


def read_line(line: Mapping[str, Any]) -> ScanLine:
    """Read a line; MalformedError names the field that does not fit.

    Fields we do not know are passed over; null is the same as absent.
    """
    action = line.get("action")
    if action not in ACTIONS:
        raise MalformedError(
            f"The action is one of {', '.join(ACTIONS)}.", field="action"
        )
    optional = {
        name: reader(name, line[name])
        for name, reader in _OPTIONAL.items()
        if line.get(name) is not None
    }
    if "raw" not in optional and "product_code" not in optional:
        raise MalformedError(
            "A scan needs what was scanned, or the code of a product.", field="raw"
        )
    if "second_raw" in optional and "raw" not in optional:
        raise MalformedError(
            "A second code stands beside a first one.", field="second_raw"
        )
    return ScanLine(
        scan_id=scan_id_of(line),
        action=action,
        quantity=checked_quantity(line.get("quantity"), lowest=action != "count"),
        occurred_at=_instant("occurred_at", line.get("occurred_at")),
        **optional,
    )


def checked_quantity(value: object, *, lowest: int = 1) -> int:
    """Give a whole number of units back, or raise QuantityOutOfRangeError."""
    if type(value) is not int or not lowest <= value <= QUANTITY_MAX:
        raise QuantityOutOfRangeError(value, lowest=int(lowest))
    return value


def _uuid(name: str, value: object) -> UUID:
    try:
        return UUID(value if isinstance(value, str) else "")
    except ValueError:
        raise _wrong(name, "a UUID") from None


def _instant(name: str, value: object) -> datetime:
    wanted = "a time with its offset, such as 2026-11-22T10:00:00+05:00"
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None or read.tzinfo is None or read.year not in YEARS:
        raise _wrong(name, wanted)
    return read


def _day(name: str, value: object) -> date:
    wanted = "a date such as 2027-03-31"
    try:
        is_day = isinstance(value, str) and _DAY.fullmatch(value)
        read = date.fromisoformat(str(value)) if is_day else None
    except ValueError:
        read = None
    if read is None or read.year not in YEARS:
        raise _wrong(name, wanted)
    return read


def _code(name: str, value: object) -> str:
    if isinstance(value, str) and _CODE.fullmatch(value.strip()):
        return value.strip()
    raise _wrong(name, "a code of letters, digits, dot, dash and underscore")


def _lot_number(name: str, value: object) -> str:
    if isinstance(value, str) and _LOT_NUMBER.fullmatch(value.strip()):
        return value.strip()
    raise _wrong(name, "1 to 20 characters that GS1 allows in a lot number")


def _text(name: str, value: object) -> str:
    if isinstance(value, str) and 0 < len(value.strip()) <= _TEXT_MAX:
        return check_free_text(name, value.strip())
    raise _wrong(name, f"a text of 1 to {_TEXT_MAX} characters")


def _raw(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    raise _wrong(name, "the text a scanner sent")


def _description(name: str, value: object) -> str:
    if isinstance(value, str) and 0 < len(value.strip()) <= DESCRIPTION_MAX:
        return check_free_text(name, value.strip())
    raise _wrong(name, f"a text of 1 to {DESCRIPTION_MAX} characters")


def _pack_quantity(_: str, value: object) -> int:
    return checked_quantity(value)


def _celsius(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _wrong(name, _CELSIUS_WANTED)
    # NaN and infinity are within no bounds
    if not -_CELSIUS_MAX <= value <= _CELSIUS_MAX:
        raise _wrong(name, _CELSIUS_WANTED)
    return float(value)


def _count_mode(name: str, value: object) -> str:
    if value in COUNT_MODES:
        return str(value)
    raise _wrong(name, f"one of {', '.join(COUNT_MODES)}")


def _wrong(name: str, wanted: str) -> MalformedError:
    return MalformedError(f"{name} has to be {wanted}.", field=name)


_OPTIONAL: Mapping[str, Callable[[str, object], Any]] = {
    "raw": _raw,
    "second_raw": _raw,
    "product_code": _code,
    "location_code": _code,
    "to_location_code": _code,
    "gift_number": _code,
    "lot_number": _lot_number,
    "expires_on": _day,
    "lot_id": _uuid,
    "temperature_celsius": _celsius,
    "reason": _text,
    "unit_code": _code,
    "pick_list_number": _code,
    "other_lot_reason": _text,
    "pack_quantity": _pack_quantity,
    "description": _description,
    "count_sheet_number": _code,
    "count_mode": _count_mode,
}
