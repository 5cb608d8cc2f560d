"""Layer 5, second half: whether the value of one element is possible."""

from datetime import date

from services.inventory.domain.scanning.dates import (
    DATE_LENGTH,
    check_instant,
    read_date,
)
from services.inventory.domain.scanning.dictionary import Element, rule_at
from services.inventory.domain.scanning.faults import ScanError, ScanFault
from shared.kernel.gs1 import InvalidKeyError, KeyFault, check_key

WHOLE_DAYS = frozenset({"11", "12", "13", "15", "16", "17"})
_INSTANTS = frozenset({"4326", "7003", "7006", "7007", "7011", "8008"})
_RANGE = "7007"
_LONG_YEARS = frozenset({"7250", "7251"})
_COUNTS = frozenset({"30", "37"})
_KEY_LENGTHS = {
    "00": 18,
    **dict.fromkeys(("01", "02", "03", "8003", "8006", "8026"), 14),
    **dict.fromkeys(("253", "255", *(str(ai) for ai in range(410, 418))), 13),
    "402": 17,
    **dict.fromkeys(("8017", "8018"), 18),
}
_KEY_FAULTS = {
    KeyFault.NOT_DIGITS: ScanFault.INVALID_CHARACTER,
    KeyFault.LENGTH: ScanFault.BAD_LENGTH,
    KeyFault.ALL_ZERO: ScanFault.ZERO_GTIN,
    KeyFault.CHECK_DIGIT: ScanFault.BAD_CHECK_DIGIT,
}


def judge(element: Element, *, today: date) -> None:
    """Refuse an element whose characters, check digit, date or count is wrong."""
    rule = rule_at(element.ai)
    assert rule is not None, "only identifiers of the dictionary become elements"
    rule.check(element.value)
    _check_key(element)
    _check_date(element, today)
    if element.ai in _COUNTS and int(element.value) == 0:
        raise ScanError(ScanFault.ZERO_COUNT, ai=element.ai)
    if not rule.fits(element.value):
        is_date = element.ai in _LONG_YEARS
        fault = ScanFault.BAD_DATE if is_date else ScanFault.INVALID_CHARACTER
        raise ScanError(fault, ai=element.ai)


def fault_of(error: InvalidKeyError) -> ScanFault:
    """Say in the words of a scan what is wrong with a key."""
    return _KEY_FAULTS[error.fault]


def _check_key(element: Element) -> None:
    length = _KEY_LENGTHS.get(element.ai)
    if length is None:
        return
    try:
        check_key(element.value[:length], (length,))
    except InvalidKeyError as error:
        raise ScanError(fault_of(error), ai=element.ai) from None


def _check_date(element: Element, today: date) -> None:
    try:
        if element.ai in WHOLE_DAYS:
            read_date(element.value, today=today)
        elif element.ai in _INSTANTS:
            for instant in _instants(element):
                check_instant(instant, today=today)
    except ValueError:
        raise ScanError(ScanFault.BAD_DATE, ai=element.ai) from None


def _instants(element: Element) -> tuple[str, ...]:
    """Part a harvest (7007) that lasted days; all else is one instant."""
    if element.ai != _RANGE:
        return (element.value,)
    first, last = element.value[:DATE_LENGTH], element.value[DATE_LENGTH:]
    return (first, last) if last else (first,)
