"""Keep or drop a funding contract, and say which contract paid for a gift."""

from dataclasses import replace
from typing import Any

from services.donors.application.known import (
    known_gift,
    next_number,
    refuse_unknown_donor,
)
from services.donors.application.ports import Work
from services.donors.domain.contract import Contract
from services.donors.domain.giving_errors import (
    ContractInUseError,
    NotOfThisDonorError,
    UnknownContractError,
)


def keep_contract(work: Work, contract: Contract) -> dict[str, Any]:
    """Give a contract its number and keep it. Raises UnknownDonorError."""
    refuse_unknown_donor(work, contract.donor_code)
    number = next_number(work, "F")
    work.giving.add_contract(replace(contract, contract_number=number))
    return {"contract_number": number}


def fund_gift(
    work: Work, gift_number: str, contract_number: str | None
) -> dict[str, Any]:
    """Book a gift to a contract of its donor, or to none.

    Raises UnknownGiftError, UnknownContractError and NotOfThisDonorError.
    """
    gift = known_gift(work, gift_number)
    if contract_number is not None:
        contract = work.giving.contract(contract_number)
        if contract is None:
            raise UnknownContractError(contract_number)
        if contract.donor_code != gift.donor_code:
            raise NotOfThisDonorError(contract_number, gift.donor_code)
    work.giving.fund(gift_number, contract_number)
    return {"gift_number": gift_number, "contract_number": contract_number}


def drop_contract(work: Work, contract_number: str) -> dict[str, Any]:
    """Forget a contract that was kept by mistake.

    Raises UnknownContractError, and ContractInUseError when it paid for a gift.
    """
    if work.giving.contract(contract_number) is None:
        raise UnknownContractError(contract_number)
    if gifts := work.giving.gifts_paid_by(contract_number):
        raise ContractInUseError(contract_number, gifts)
    work.giving.drop_contract(contract_number)
    return {"contract_number": contract_number}
