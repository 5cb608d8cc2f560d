"""Cut an element string at its fixed lengths and separators."""

from collections.abc import Iterator

from services.inventory.domain.scanning.cleaning import GS
from services.inventory.domain.scanning.dictionary import (
    CSET_82,
    Element,
    Rule,
    rule_at,
)
from services.inventory.domain.scanning.faults import ScanError, ScanFault
from shared.kernel.gs1 import is_digits


def cut_element_string(text: str) -> Iterator[Element]:
    """Give the elements one by one, so that the reader meets faults in order.

    A separator that was not needed is passed over, as are several in a row.
    """
    position = 0
    while position < len(text):
        if text[position] == GS:
            position += 1
            continue
        rule = rule_at(text, position)
        if rule is None:
            raise _unreadable(text, position)
        element = Element(rule.ai, _value(text, position + len(rule.ai), rule))
        yield element
        position += len(element.ai) + len(element.value)


def _value(text: str, start: int, rule: Rule) -> str:
    """Look no further than the value may reach, so that no place is read twice."""
    limit = len(text) if rule.has_separator else start + len(rule.places)
    end = text.find(GS, start, limit)
    return text[start:limit] if end < 0 else text[start:end]


def _unreadable(text: str, position: int) -> ScanError:
    """Say why no identifier begins here; without digits in front nothing did."""
    if not is_digits(text[:2]):
        return ScanError(ScanFault.NOT_GS1)
    if text[position] not in CSET_82:
        return ScanError(ScanFault.INVALID_CHARACTER, position=position + 1)
    return ScanError(ScanFault.UNKNOWN_AI, position=position + 1)
