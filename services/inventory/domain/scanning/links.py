"""Cut a GS1 Digital Link: ``https://any.host/01/…/10/…?17=…``.

The address is read, never fetched: who scans what is nobody else's business.
Rules: GS1 Digital Link, URI syntax 1.2+; where it leaves room we do as GS1's own
syntax engine (key searched from the end, malformed percents taken literally).
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus

from services.inventory.domain.scanning.dictionary import Element, rule_at
from services.inventory.domain.scanning.faults import ScanError, ScanFault
from shared.kernel.gs1 import GTIN, is_digits

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SPELLINGS = frozenset({"http", "https", "HTTP", "HTTPS"})
_QUALIFIERS = {
    "00": (),
    "01": ("22", "10", "21", "235"),
    "8006": ("22", "10", "21"),
}
"""The keys of goods, each with what may follow in the path, in this order only."""


def is_link(text: str) -> bool:
    """Tell whether the text begins as a URI; no element string begins with a letter."""
    return _SCHEME.match(text) is not None


def cut_link(text: str) -> Iterator[Element]:
    """Give the elements of the path, then those of the query, one by one."""
    path, _, query = _body(text).partition("?")
    yield from _cut_path(path.rstrip("/").split("/")[1:])
    yield from _cut_query(query)


def _body(text: str) -> str:
    """Take off the scheme, which may be in small or capital letters, not mixed."""
    scheme, _, rest = text.partition(":")
    if scheme.lower() not in _SPELLINGS:
        raise ScanError(ScanFault.UNSUPPORTED_URI)
    host = rest.removeprefix("//")
    if scheme not in _SPELLINGS or host == rest or host.startswith("/"):
        raise ScanError(ScanFault.BAD_URI)
    return host.partition("#")[0]


def _cut_path(segments: list[str]) -> Iterator[Element]:
    start = _key_position(segments)
    key = segments[start]
    yield Element(key, _padded(key, unquote(segments[start + 1])))
    awaited = iter(_QUALIFIERS[key])
    for place in range(start + 2, len(segments), 2):
        if segments[place] not in awaited:
            raise ScanError(ScanFault.BAD_URI, ai=key)
        yield Element(segments[place], unquote(segments[place + 1]))


def _key_position(segments: list[str]) -> int:
    """Search from the end, by pairs: a shop's own path may hold ``/01/`` too."""
    for place in range(len(segments) - 2, -1, -2):
        if segments[place] in _QUALIFIERS:
            return place
    raise ScanError(ScanFault.BAD_URI)


def _padded(key: str, value: str) -> str:
    """Bring a GTIN of 8, 12 or 13 digits to the 14 of an element."""
    if key != "01" or not is_digits(value):
        return value
    if len(value) not in GTIN.LENGTHS:
        raise ScanError(ScanFault.BAD_LENGTH, ai=key, length=len(value))
    return value.zfill(14)


def _cut_query(query: str) -> Iterator[Element]:
    """Names of digits are reserved for GS1; all others belong to the shop."""
    for parameter in re.split("[&;]", query):
        name, _, value = parameter.partition("=")
        if not is_digits(name):
            continue
        rule = rule_at(name)
        if rule is None or rule.ai != name:
            raise ScanError(ScanFault.UNKNOWN_AI, position=1)
        yield Element(name, _padded(name, unquote_plus(value)))
