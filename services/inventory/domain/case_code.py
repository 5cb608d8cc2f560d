"""Cases: a GTIN-14 whose first digit says that it holds several of one item."""

from shared.kernel.gs1 import GTIN, check_digit

_CASE_INDICATORS = frozenset("12345678")


def is_case(gtin: str) -> bool:
    """Tell a case; 9 is goods of variable measure, 0 the item itself."""
    return gtin[0] in _CASE_INDICATORS


def inner_item(gtin: str) -> GTIN | None:
    """Give the item a case holds, None for what is no case.

    How many it holds is never inferred (DOMAIN.md 1.1).
    """
    if not is_case(gtin):
        return None
    payload = f"0{gtin[1:13]}"
    return GTIN(f"{payload}{check_digit(payload)}")
