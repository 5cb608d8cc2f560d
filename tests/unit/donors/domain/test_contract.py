"""Contracts of a funding source leave gaps, and those are shown before they come."""

from datetime import date
from decimal import Decimal

import pytest

from services.donors.domain.contract import Contract, FundingSource, Gap, gaps
from shared.kernel.errors import MalformedError

TODAY = date(2026, 11, 20)


def a_contract(starts_on, ends_on, **more):
    facts = {
        "contract_number": "",
        "donor_code": "EX-D1",
        "source": FundingSource.STATE,
        "title": "Social contract",
    }
    return Contract(**facts | more, starts_on=starts_on, ends_on=ends_on)


def test_days_between_two_contracts_are_a_gap_and_so_is_the_open_end():
    contracts = [
        a_contract(date(2027, 2, 1), date(2027, 6, 30)),
        a_contract(date(2026, 1, 1), date(2026, 12, 31)),
    ]

    assert gaps(contracts, TODAY) == [
        Gap(date(2027, 1, 1), date(2027, 1, 31)),
        Gap(date(2027, 7, 1), None),
    ]


def test_contracts_that_touch_or_overlap_leave_none_between():
    contracts = [
        a_contract(date(2026, 1, 1), date(2026, 12, 31)),
        a_contract(date(2026, 3, 1), date(2026, 4, 30)),
        a_contract(date(2027, 1, 1), date(2027, 1, 31)),
    ]

    assert gaps(contracts, TODAY) == [Gap(date(2027, 2, 1), None)]


def test_a_gap_that_is_over_is_left_out_and_without_a_contract_there_is_none():
    contracts = [
        a_contract(date(2025, 1, 1), date(2025, 6, 30)),
        a_contract(date(2026, 1, 1), date(2026, 12, 31)),
    ]

    assert gaps(contracts, TODAY) == [Gap(date(2027, 1, 1), None)]
    assert gaps([], TODAY) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2025, 12, 31)},
        {"title": ""},
        {"source": FundingSource.NONE},
        {"amount": Decimal(5)},
        {"currency": "KZT"},
    ],
)
def test_what_cannot_be_a_contract_is_refused(wrong):
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    with pytest.raises(MalformedError):
        a_contract(**days | wrong)
