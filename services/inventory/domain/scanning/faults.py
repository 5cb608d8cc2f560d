"""What can be wrong with a scan, and what the person holding the pack can do."""

from enum import StrEnum
from typing import Any

from shared.kernel.errors import MalformedError


class ScanFault(StrEnum):
    """The codes of DOMAIN.md 1.4, in capitals as the shared vectors spell them."""

    EMPTY = "EMPTY"
    TOO_LONG = "TOO_LONG"
    BAD_SYMBOLOGY_ID = "BAD_SYMBOLOGY_ID"
    WRONG_KEYBOARD_LAYOUT = "WRONG_KEYBOARD_LAYOUT"
    INVALID_CHARACTER = "INVALID_CHARACTER"
    BAD_LENGTH = "BAD_LENGTH"
    BAD_CHECK_DIGIT = "BAD_CHECK_DIGIT"
    ZERO_GTIN = "ZERO_GTIN"
    UNKNOWN_AI = "UNKNOWN_AI"
    TRUNCATED_ELEMENT = "TRUNCATED_ELEMENT"
    VALUE_TOO_LONG = "VALUE_TOO_LONG"
    BAD_DATE = "BAD_DATE"
    ZERO_COUNT = "ZERO_COUNT"
    DUPLICATE_AI = "DUPLICATE_AI"
    AI_CONFLICT = "AI_CONFLICT"
    MISSING_COMPANION = "MISSING_COMPANION"
    MULTIPLE_CODES = "MULTIPLE_CODES"
    BAD_HRI = "BAD_HRI"
    BAD_URI = "BAD_URI"
    UNSUPPORTED_URI = "UNSUPPORTED_URI"
    NOT_GS1 = "NOT_GS1"


class ScanWarning(StrEnum):
    """What a person should look at, though the scan was read."""

    SUSPECT_MISSING_GS = "SUSPECT_MISSING_GS"
    NO_KEY = "NO_KEY"


_SENTENCES = {
    ScanFault.EMPTY: "Nothing was scanned; aim again and wait for the beep.",
    ScanFault.TOO_LONG: (
        "The scan is longer than {limit} characters; scan one code at a time."
    ),
    ScanFault.BAD_SYMBOLOGY_ID: (
        "The scanner's prefix after ']' is unknown; scan again, "
        "or switch the symbology prefix off in the scanner."
    ),
    ScanFault.WRONG_KEYBOARD_LAYOUT: (
        "The scan holds Cyrillic letters; "
        "switch the keyboard to English and scan again."
    ),
    ScanFault.INVALID_CHARACTER: (
        "{item} holds a character that no GS1 code may hold; "
        "scan again, or type what is printed."
    ),
    ScanFault.BAD_LENGTH: (
        "{item} has {length} digits, but 8, 12, 13, 14 or 18 are needed; "
        "scan again, or type every digit."
    ),
    ScanFault.BAD_CHECK_DIGIT: (
        "{item} has a wrong last digit; scan again, or compare it with the print."
    ),
    ScanFault.ZERO_GTIN: (
        "{item} is only zeros, which names nothing; scan the maker's code instead."
    ),
    ScanFault.UNKNOWN_AI: (
        "No GS1 meaning is known for what begins at character {position}; "
        "scan again, or type the number under the bars."
    ),
    ScanFault.TRUNCATED_ELEMENT: (
        "{item} is cut short; scan again and keep the whole code in view."
    ),
    ScanFault.VALUE_TOO_LONG: (
        "{item} is longer than GS1 allows, so a separator was probably lost; "
        "type lot and dates from the print."
    ),
    ScanFault.BAD_DATE: (
        "{item} is no day of the calendar; type the date from the print."
    ),
    ScanFault.ZERO_COUNT: "{item} counts zero pieces; count and type the quantity.",
    ScanFault.DUPLICATE_AI: (
        "{item} is there twice with different values; scan one code at a time."
    ),
    ScanFault.AI_CONFLICT: (
        "{item} and element ({other}) exclude each other; "
        "scan the pack and its case one at a time."
    ),
    ScanFault.MISSING_COMPANION: (
        "{item} says nothing without {other}; scan the other code on the pack too."
    ),
    ScanFault.MULTIPLE_CODES: (
        "Several codes ran into one; scan them again one at a time, "
        "and let the scanner send Enter after each."
    ),
    ScanFault.BAD_HRI: (
        "The brackets do not close round an identifier; "
        "type it as printed, for example (01)…(17)…(10)…"
    ),
    ScanFault.BAD_URI: (
        "The web address holds no GS1 product number; scan another code on the pack."
    ),
    ScanFault.UNSUPPORTED_URI: (
        "This is a label of another kind, not a pack; scan it where it belongs."
    ),
    ScanFault.NOT_GS1: (
        "This is no GS1 code; scan another code on the pack or choose the product."
    ),
}


class ScanError(MalformedError):
    """The scan cannot be read; ``code`` is a ScanFault, not the usual snake case.

    Neither the sentence nor the facts repeat what was scanned: it may hold the
    secret part of a marking code.
    """

    def __init__(self, fault: ScanFault, **facts: Any) -> None:
        sentence = _SENTENCES[fault].format_map({"item": _item(facts), **facts})
        super().__init__(sentence, **facts)
        self.fault = fault
        self.code = fault.value  # type: ignore[misc]  # one class carries 21 codes


def _item(facts: dict[str, Any]) -> str:
    """Name the part of the scan that is at fault."""
    return f"Element ({facts['ai']})" if "ai" in facts else "The code"
