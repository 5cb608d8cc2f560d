"""Long lists a page at a time, by the key of the last row seen.

Rows that come or go meanwhile neither repeat nor hide others, and the tenth page
costs what the first does.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, validate

from shared.kernel.errors import MalformedError

LIMIT_MAX = 500
LIMIT_USUAL = 100
CURSOR_CHARS_MAX = 1000


class PagingSchema(Schema):
    """``?limit=`` and ``?cursor=`` of every list."""

    limit = fields.Integer(
        load_default=LIMIT_USUAL, validate=validate.Range(min=1, max=LIMIT_MAX)
    )
    cursor = fields.String(
        load_default=None, validate=validate.Length(max=CURSOR_CHARS_MAX)
    )


def encode_cursor(key: Sequence[object]) -> str:
    """Pack the sort key of a page's last row; callers treat it as opaque."""
    text = json.dumps([_plain(part) for part in key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, *kinds: type) -> list[Any] | None:
    """Unpack a cursor into values of these types, in this order; None for none.

    ``str int date datetime UUID`` can be asked for. Raises MalformedError for
    whatever ``encode_cursor`` did not make for this list.
    """
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = _listed(base64.urlsafe_b64decode(padded.encode("ascii")))
        return [_typed(part, kind) for part, kind in zip(parts, kinds, strict=True)]
    except (ValueError, TypeError, binascii.Error, RecursionError) as problem:
        raise _not_of_this_list() from problem


def cut_page(
    rows: Sequence[Mapping[str, Any]], asked: Mapping[str, Any], *key: str
) -> dict[str, Any]:
    """Give the page that was asked for of a list that was read whole.

    ``key`` names the fields that tell its rows apart. A cursor whose row is gone is
    refused as malformed: nobody can say what came after it.
    """
    first = 0
    if asked["cursor"]:
        cursors = [encode_cursor([row[name] for name in key]) for row in rows]
        if asked["cursor"] not in cursors:
            raise _not_of_this_list()
        first = cursors.index(asked["cursor"]) + 1
    shown = rows[first : first + asked["limit"]]
    if first + len(shown) >= len(rows):
        return {"items": shown, "next": None}
    return {"items": shown, "next": encode_cursor([shown[-1][name] for name in key])}


def _not_of_this_list() -> MalformedError:
    return MalformedError(
        "The cursor is not one this list gave. Begin again without it.", field="cursor"
    )


def _listed(text: bytes) -> list[object]:
    parts = json.loads(text)
    if not isinstance(parts, list):
        raise TypeError(text)
    return parts


def _plain(part: object) -> object:
    if isinstance(part, (date, datetime)):
        return part.isoformat()
    return str(part) if isinstance(part, UUID) else part


def _typed(part: object, kind: type) -> object:
    readers: dict[type, Callable[[str], object]] = {
        date: date.fromisoformat,
        datetime: _aware,
        UUID: UUID,
        str: _storable,
    }
    if kind in readers and isinstance(part, str):
        return readers[kind](part)
    if kind is int and type(part) is int and abs(part) < 2**63:
        return part
    raise ValueError(part)


def _aware(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError(text)
    text.encode()
    return text
