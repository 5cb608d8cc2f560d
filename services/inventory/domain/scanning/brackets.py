"""Cut what was typed or pasted from the print: ``(01)…(17)…(10)…`` (HRI)."""

import re
from collections.abc import Iterator

from services.inventory.domain.scanning.cleaning import GS
from services.inventory.domain.scanning.dictionary import Element, Rule, rule_at
from services.inventory.domain.scanning.faults import ScanError, ScanFault

_IDENTIFIER = re.compile(r"\(([0-9]{2,4})\)")
_AROUND = f" {GS}"


def cut_brackets(text: str) -> Iterator[Element]:
    """Give the elements one by one; spaces round a value are layout, not data.

    A bracket belongs to the value when the value may hold one and no digit
    follows: Russian serials such as ``5aB%c&D(e)1+2`` are printed like that.
    """
    position = 0
    while position < len(text):
        identifier = _IDENTIFIER.match(text, position)
        if identifier is None:
            raise ScanError(ScanFault.BAD_HRI, position=position + 1)
        rule = rule_at(identifier[1])
        if rule is None or rule.ai != identifier[1]:
            raise ScanError(ScanFault.UNKNOWN_AI, position=position + 2)
        start, position = identifier.end(), _end(text, identifier.end(), rule)
        yield Element(rule.ai, text[start:position].strip(_AROUND))


def _end(text: str, start: int, rule: Rule) -> int:
    """Find the bracket that opens the next identifier, or should have."""
    opening = r"\(" if rule.is_numeric else r"\((?=[0-9)]|$)"
    found = re.compile(opening).search(text, start)
    return found.start() if found else len(text)
