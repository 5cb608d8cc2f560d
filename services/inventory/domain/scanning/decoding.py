"""Read a scan: the one door into this package."""

from collections.abc import Iterable, Sequence
from datetime import date

from services.inventory.domain.scanning.brackets import cut_brackets
from services.inventory.domain.scanning.cleaning import GS, clean
from services.inventory.domain.scanning.dictionary import Element, rule_at
from services.inventory.domain.scanning.elements import cut_element_string
from services.inventory.domain.scanning.faults import (
    ScanError,
    ScanFault,
    ScanWarning,
)
from services.inventory.domain.scanning.links import cut_link, is_link
from services.inventory.domain.scanning.numbers import (
    GTIN_ELEMENT_LENGTH,
    SSCC_LENGTH,
    has_length_of_number,
    is_glued,
    is_sound,
    opens_with_key,
    read_number,
)
from services.inventory.domain.scanning.pairing import check_pairing, has_key
from services.inventory.domain.scanning.scan import DecodedScan, Kind
from services.inventory.domain.scanning.separators import suspects_missing_separator
from services.inventory.domain.scanning.symbology import Carrier, split_prefix
from services.inventory.domain.scanning.values import judge
from shared.kernel.gs1 import GTIN, is_digits


def decode(raw: str, *, today: date, substitutes: Sequence[str] = ()) -> DecodedScan:
    """Read one scan; raise ScanError with the first fault in reading order.

    Years of two digits are read as of *today*.  *substitutes* are the texts that
    this device sends where the symbol holds a separator.
    """
    carrier, text = split_prefix(clean(raw, substitutes))
    text = text.strip(GS)
    if not text:
        raise ScanError(ScanFault.EMPTY)
    if carrier is Carrier.RETAIL and not is_digits(text):
        raise ScanError(ScanFault.INVALID_CHARACTER)
    if is_link(text):
        return _read("digital_link", cut_link(text), today)
    if text.startswith("("):
        return _read("hri", cut_brackets(text), today)
    if carrier is Carrier.GS1:
        return _read_gs1_symbol(text, today)
    return _read_unknown_symbol(text, carrier, today)


def _read_gs1_symbol(text: str, today: date) -> DecodedScan:
    """Read element strings; bare digits only where they make no element string.

    Label printers exist that put a naked EAN into a GS1-128.
    """
    try:
        return _read("element", cut_element_string(text), today)
    except ScanError:
        if not _is_number(text):
            raise
    return _read_number(text, today)


def _read_unknown_symbol(text: str, carrier: Carrier, today: date) -> DecodedScan:
    """Let the count of digits decide before anything else.

    4005808123452 is a German EAN-13, though (400) with an order number fits too.
    """
    if carrier is Carrier.RETAIL and len(text) not in GTIN.LENGTHS:
        raise _wrong_length(text)
    if _is_number(text):
        return _read_number(text, today)
    if _is_several_numbers(text):
        raise ScanError(ScanFault.MULTIPLE_CODES)
    if is_digits(text) and rule_at(text) is None:
        raise _wrong_length(text)
    return _read("element", cut_element_string(text), today)


def _is_number(text: str) -> bool:
    """Tell whether the length decides for one bare number.

    18 digits may also be a GTIN element and an identifier whose value got lost;
    then nothing is guessed, even if the check digit of an SSCC happens to fit.
    """
    if not is_digits(text) or not has_length_of_number(text):
        return False
    if not opens_with_key(text):
        return True
    return (
        is_sound(text, (SSCC_LENGTH,)) and rule_at(text[GTIN_ELEMENT_LENGTH:]) is None
    )


def _is_several_numbers(text: str) -> bool:
    digits = text.replace(GS, "").replace(" ", "")
    return is_digits(digits) and not opens_with_key(digits) and is_glued(digits)


def _wrong_length(digits: str) -> ScanError:
    if _is_several_numbers(digits):
        return ScanError(ScanFault.MULTIPLE_CODES)
    return ScanError(ScanFault.BAD_LENGTH, length=len(digits))


def _read_number(digits: str, today: date) -> DecodedScan:
    element = read_number(digits)
    kind: Kind = "sscc" if element.ai == "00" else "gtin"
    return DecodedScan.of(kind, {element.ai: element.value}, today=today, warnings=())


def _read(kind: Kind, elements: Iterable[Element], today: date) -> DecodedScan:
    """Judge each element as it is cut; the same one again must say the same."""
    values: dict[str, str] = {}
    for element in elements:
        judge(element, today=today)
        if values.setdefault(element.ai, element.value) != element.value:
            raise ScanError(ScanFault.DUPLICATE_AI, ai=element.ai)
    check_pairing(tuple(values))
    return DecodedScan.of(
        kind, values, today=today, warnings=tuple(_warnings(kind, values))
    )


def _warnings(kind: Kind, values: dict[str, str]) -> Iterable[ScanWarning]:
    """Brackets and addresses say where a value ends, so only bare strings suspect."""
    if kind == "element" and suspects_missing_separator(values):
        yield ScanWarning.SUSPECT_MISSING_GS
    if not has_key(values):
        yield ScanWarning.NO_KEY
