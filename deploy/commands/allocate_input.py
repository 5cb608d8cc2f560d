"""Reading allocation problems from JSON: all of it is right, or none is used.

What would do harm if it were forgotten must be stated: a missing earmark or
expiry date is refused, not guessed. Only what has a documented default may be
left out: ``weight`` (1), ``class`` (1) and ``last_served_on`` (never).
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeVar

from services.distribution.domain.allocation import Claim, Lot, Problem
from shared.kernel.errors import MalformedError

QUANTITY_MAX: Final = 10**12
TEXT_CHARACTERS_MAX: Final = 200
_WEIGHT: Final = re.compile(r"[0-9]{1,18}(?:/[0-9]{1,18}|\.[0-9]{1,18})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HALF_A_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_SHOWN_CHARACTERS_MAX: Final = 60

_T = TypeVar("_T")
_Record = dict[str, Any]


class _FaultError(Exception):
    """What is wrong, and where; the place is filled in on the way out."""

    def __init__(self, complaint: str, place: str = "") -> None:
        super().__init__(complaint)
        self.complaint = complaint
        self.place = place

    def within(self, segment: str) -> "_FaultError":
        return _FaultError(self.complaint, segment + self.place)


def read_problems(text: bytes) -> list[Problem]:
    """Parse ``{"problems": [...]}``; fields that are not known are passed over.

    Raises MalformedError whose one sentence names the field, such as
    ``problems[0].claims[2].weight``.
    """
    try:
        document = json.loads(text, object_pairs_hook=_record_of)
        return _field(_record(document), "problems", _list_of(_problem))
    except _FaultError as fault:
        place = fault.place.removeprefix(".") or "The input"
        raise MalformedError(f"{place} {fault.complaint}.", field=place) from fault
    except (ValueError, RecursionError) as error:
        raise MalformedError(f"The input is not JSON in UTF-8: {error}.") from error


def _problem(value: Any) -> Problem:
    record = _record(value)
    lots = _field(record, "lots", _list_of(_lot))
    claims = _field(record, "claims", _list_of(_claim))
    _refuse_repeats("lots", [lot.id for lot in lots])
    _refuse_repeats("claims", [claim.id for claim in claims])
    return Problem(
        product_code=_field(record, "product_code", _text),
        handover_on=_field(record, "handover_on", _date),
        lots=tuple(lots),
        claims=tuple(claims),
    )


def _lot(value: Any) -> Lot:
    record = _record(value)
    return Lot(
        id=_field(record, "id", _text),
        quantity=_field(record, "quantity", _whole),
        expires_on=_field(record, "expires_on", _or_null(_date)),
        received_on=_field(record, "received_on", _date),
        earmark=_field(record, "earmark", _or_null(_names)),
    )


def _claim(value: Any) -> Claim:
    record = {"weight": "1", "class": 1, "last_served_on": None} | _record(value)
    return Claim(
        id=_field(record, "id", _text),
        entitlement=_field(record, "entitlement", _whole),
        received=_field(record, "received", _whole),
        requested=_field(record, "requested", _whole),
        weight=_field(record, "weight", _weight),
        priority_class=_field(record, "class", _whole),
        min_days=_field(record, "min_days", _whole),
        groups=_field(record, "groups", _names),
        last_served_on=_field(record, "last_served_on", _or_null(_date)),
    )


def _field(record: _Record, name: str, read: Callable[[Any], _T]) -> _T:
    if name not in record:
        raise _FaultError("is missing", f".{name}")
    try:
        return read(record[name])
    except _FaultError as fault:
        raise fault.within(f".{name}") from fault


def _list_of(read: Callable[[Any], _T]) -> Callable[[Any], list[_T]]:
    def read_all(value: Any) -> list[_T]:
        if not isinstance(value, list):
            raise _FaultError(f"must be a list; it is {_shown(value)}")
        items = []
        for index, item in enumerate(value):
            try:
                items.append(read(item))
            except _FaultError as fault:
                raise fault.within(f"[{index}]") from fault
        return items

    return read_all


def _or_null(read: Callable[[Any], _T]) -> Callable[[Any], _T | None]:
    return lambda value: None if value is None else read(value)


def _record(value: Any) -> _Record:
    if not isinstance(value, dict):
        raise _FaultError(f"must be an object; it is {_shown(value)}")
    return value


def _record_of(pairs: Iterable[tuple[str, Any]]) -> _Record:
    """Refuse a name given twice: one of the two values would be lost."""
    pairs = list(pairs)
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _FaultError(f"gives the field {_shown(twice)} twice in one object")
    return record


def _whole(value: Any) -> int:
    """Read a count; True and 1.0 are none here, though Python thinks so."""
    if type(value) is int and 0 <= value <= QUANTITY_MAX:
        return value
    raise _FaultError(
        f"must be a whole number from 0 to {QUANTITY_MAX}; it is {_shown(value)}"
    )


def _text(value: Any) -> str:
    if (
        isinstance(value, str)
        and 0 < len(value) <= TEXT_CHARACTERS_MAX
        and not _HALF_A_CHARACTER.search(value)
    ):
        return value
    raise _FaultError(
        f"must be a text of 1 to {TEXT_CHARACTERS_MAX} characters; "
        f"it is {_shown(value)}"
    )


def _names(value: Any) -> frozenset[str]:
    return frozenset(_list_of(_text)(value))


def _date(value: Any) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _FaultError(f"must be a date as YYYY-MM-DD; it is {_shown(value)}")


def _weight(value: Any) -> Fraction:
    if isinstance(value, str) and _WEIGHT.fullmatch(value):
        weight = _fraction(value)
        if weight:
            return weight
    raise _FaultError(
        'must be a fraction above 0 as text, such as "1", "3/2" or "0.5"; '
        f"it is {_shown(value)}"
    )


@cache
def _fraction(text: str) -> Fraction | None:
    """Parse a checked weight; None for a denominator of nought."""
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def _refuse_repeats(name: str, ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            place = f".{name}[{index}].id"
            raise _FaultError(f"repeats {_shown(each)}, ids must differ", place)
        seen.add(each)


def _shown(value: Any) -> str:
    """Show a value in its JSON form, short enough for one sentence."""
    text = json.dumps(value)
    if len(text) > _SHOWN_CHARACTERS_MAX:
        return f"{text[:_SHOWN_CHARACTERS_MAX]}..."
    return text
