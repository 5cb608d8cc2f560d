"""Hand the dictionary of application identifiers to the browser's decoder.

Run as a module (``python -m``, see docs/scanning.md) it writes the browser's table
anew from the one table there is; a test fails while the two differ.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from string import ascii_letters, digits

from services.inventory.domain.scanning.dictionary import Rule, rule_at
from services.inventory.domain.scanning.faults import ScanError
from services.inventory.domain.scanning.symbology import Carrier, split_prefix

TARGET = Path(__file__).parents[2] / "static/parts/gs1/identifiers.js"
_COMMAND = "python -m services.inventory.adapters.scanning.browser_identifiers"
_DIGITS_OF_IDENTIFIERS = (2, 3, 4)


def module_text() -> str:
    """Write the table as JavaScript; the same dictionary gives the same bytes."""
    shapes = sorted(_shapes().items(), key=lambda shape: shape[1][0])
    rows = [[" ".join(_ranges(named)), *shape] for shape, named in shapes]
    lines = "".join(f"  {json.dumps(row)},\n" for row in rows)
    letters, messages = _symbologies()
    return (
        f"// Written by `{_COMMAND}`; do not edit.\n"
        "// Identifiers; alphabet of each place; least length; ends at a separator;"
        " pattern.\n"
        f"export const SHAPES = [\n{lines}];\n"
        f"export const SYMBOLOGY_LETTERS = {json.dumps(letters)};\n"
        f"export const GS1_PREFIXES = {json.dumps(messages)};\n"
    )


def rules() -> Iterator[Rule]:
    """Give every rule of the dictionary, in the order of their identifiers."""
    for length in _DIGITS_OF_IDENTIFIERS:
        for number in range(10**length):
            identifier = f"{number:0{length}}"
            rule = rule_at(identifier)
            if rule is not None and rule.ai == identifier:
                yield rule


def _shapes() -> dict[tuple[str, int, bool, str], list[str]]:
    found: dict[tuple[str, int, bool, str], list[str]] = {}
    for rule in rules():
        pattern = rule.pattern.pattern.removeprefix(f"^{rule.ai}").removesuffix("$")
        shape = (_runs(rule.places), rule.length_min, rule.has_separator, pattern)
        found.setdefault(shape, []).append(rule.ai)
    return found


def _runs(places: str) -> str:
    """Write ``NNNX`` as ``N3X1``."""
    return "".join(f"{place}{len(list(run))}" for place, run in groupby(places))


def _ranges(identifiers: Iterable[str]) -> Iterator[str]:
    """Write identifiers that follow one another as ``3100-3105``."""
    numbered = enumerate(identifiers)
    for _, run in groupby(numbered, lambda it: (len(it[1]), int(it[1]) - it[0])):
        named = [identifier for _, identifier in run]
        yield named[0] if len(named) == 1 else f"{named[0]}-{named[-1]}"


def _symbologies() -> tuple[str, list[str]]:
    """Give the letters that may follow ``]``, and the prefixes of GS1 messages."""
    letters: dict[str, None] = {}
    messages = []
    for letter in ascii_letters:
        for modifier in digits + ascii_letters:
            try:
                carrier, _ = split_prefix(f"]{letter}{modifier}")
            except ScanError:
                continue
            letters[letter] = None
            if carrier is Carrier.GS1:
                messages.append(letter + modifier)
    return "".join(letters), messages


if __name__ == "__main__":
    TARGET.write_text(module_text(), encoding="utf-8")
