"""Say what goods of a gift are worth, by estimate."""

from typing import Any

from services.donors.application.ports import Work
from services.donors.domain.errors import UnknownGiftError
from services.donors.domain.giving_errors import NotInGiftError
from services.donors.domain.value import UnitValue


def set_value(
    work: Work, gift_number: str, product_code: str, value: UnitValue
) -> dict[str, Any]:
    """Keep the value of one unit; receipts already issued keep what they say.

    Raises UnknownGiftError, and NotInGiftError for goods neither announced nor come.
    """
    account = work.giving.account(gift_number)
    if account is None:
        raise UnknownGiftError(gift_number)
    parts = {line.product_code for line in account.expected}
    parts |= {lot.product_code for lot in account.lots}
    if product_code not in parts:
        raise NotInGiftError(gift_number, product_code)
    work.giving.set_value(gift_number, product_code, value)
    return {"gift_number": gift_number, "product_code": product_code}
