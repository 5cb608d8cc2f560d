"""Read a scan: the one door into this package."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.inventory.domain.scanning.brackets import cut_brackets
from services.inventory.domain.scanning.cleaning import GS, clean
from services.inventory.domain.scanning.combining import combine
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


@dataclass(frozen=True, slots=True)
class _Terms:
    """``is_alone``: no other symbol of the pack can bring what an element needs."""

    today: date
    is_alone: bool = True


def decode(raw: str, *, today: date, substitutes: Sequence[str] = ()) -> DecodedScan:
    """Read one scan; raise ScanError with the first fault in reading order.

    Years of two digits are read as of *today*.  *substitutes* are the texts that
    this device sends where the symbol holds a separator.
    """
    return _decode(raw, substitutes, _Terms(today))


def decode_pair(
    raw: str, second_raw: str, *, today: date, substitutes: Sequence[str] = ()
) -> DecodedScan:
    """Read two symbols of one pack as one; pairing is judged over both.

    So an element may stand in one symbol and what it needs in the other.
    """
    terms = _Terms(today, is_alone=False)
    return combine(
        _decode(raw, substitutes, terms), _decode(second_raw, substitutes, terms)
    )


def _decode(raw: str, substitutes: Sequence[str], terms: _Terms) -> DecodedScan:
    carrier, text = split_prefix(clean(raw, substitutes))
    text = text.strip(GS)
    if not text:
        raise ScanError(ScanFault.EMPTY)
    if carrier is Carrier.RETAIL and not is_digits(text):
        raise ScanError(ScanFault.INVALID_CHARACTER)
    if is_link(text):
        return _read("digital_link", cut_link(text), terms)
    if text.startswith("("):
        return _read("hri", cut_brackets(text), terms)
    if carrier is Carrier.GS1:
        return _read_gs1_symbol(text, terms)
    return _read_unknown_symbol(text, carrier, terms)


def _read_gs1_symbol(text: str, terms: _Terms) -> DecodedScan:
    """Read element strings; bare digits only where they make no element string.

    Label printers exist that put a naked EAN into a GS1-128.
    """
    if not _is_number(text):
        return _read("element", cut_element_string(text), terms)
    try:
        return _read("element", cut_element_string(text), _Terms(terms.today))
    except ScanError:
        return _read_number(text, terms)


def _read_unknown_symbol(text: str, carrier: Carrier, terms: _Terms) -> DecodedScan:
    """Let the count of digits decide before anything else.

    4005808123452 is a German EAN-13, though (400) with an order number fits too.
    """
    if carrier is Carrier.RETAIL and len(text) not in GTIN.LENGTHS:
        raise _wrong_length(text)
    if _is_number(text):
        return _read_number(text, terms)
    if _is_several_numbers(text):
        raise ScanError(ScanFault.MULTIPLE_CODES)
    if is_digits(text) and rule_at(text) is None:
        raise _wrong_length(text)
    return _read("element", cut_element_string(text), terms)


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


def _read_number(digits: str, terms: _Terms) -> DecodedScan:
    element = read_number(digits)
    kind: Kind = "sscc" if element.ai == "00" else "gtin"
    values = {element.ai: element.value}
    return DecodedScan.of(kind, values, today=terms.today, warnings=())


def _read(kind: Kind, elements: Iterable[Element], terms: _Terms) -> DecodedScan:
    """Judge each element as it is cut; the same one again must say the same."""
    values: dict[str, str] = {}
    for element in elements:
        judge(element, today=terms.today)
        if values.setdefault(element.ai, element.value) != element.value:
            raise ScanError(ScanFault.DUPLICATE_AI, ai=element.ai)
    if terms.is_alone:
        check_pairing(tuple(values))
    return DecodedScan.of(
        kind, values, today=terms.today, warnings=tuple(_warnings(kind, values))
    )


def _warnings(kind: Kind, values: dict[str, str]) -> Iterable[ScanWarning]:
    """Brackets and addresses say where a value ends, so only bare strings suspect."""
    if kind == "element" and suspects_missing_separator(values):
        yield ScanWarning.SUSPECT_MISSING_GS
    if not has_key(values):
        yield ScanWarning.NO_KEY
