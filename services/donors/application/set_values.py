"""Say what goods of a gift are worth, by estimate."""

from collections.abc import Mapping
from typing import Any

from services.donors.application.ports import Work
from services.donors.domain.errors import UnknownGiftError
from services.donors.domain.giving_errors import NotInGiftError
from services.donors.domain.value import UnitValue


def set_values(
    work: Work, gift_number: str, values: Mapping[str, UnitValue]
) -> dict[str, Any]:
    """Keep the value of one unit of some products, all or none.

    Receipts already issued keep what they say. Raises UnknownGiftError, and
    NotInGiftError for goods neither announced nor come.
    """
    account = work.giving.account(gift_number)
    if account is None:
        raise UnknownGiftError(gift_number)
    parts = {line.product_code for line in account.expected}
    parts |= {lot.product_code for lot in account.lots}
    for product_code, value in values.items():
        if product_code not in parts:
            raise NotInGiftError(gift_number, product_code)
        work.giving.set_value(gift_number, product_code, value)
    return {"gift_number": gift_number}
