"""Values are kept as stated; another currency keeps the rate it is counted at."""

from datetime import date
from decimal import Decimal

import pytest

from services.donors.domain.giving_errors import RateMissingError
from services.donors.domain.value import Basis, Rate, UnitValue
from shared.kernel.errors import MalformedError

DAY = date(2026, 11, 20)


def a_value(amount="1.50", currency="USD", rate="478.25"):
    kept = Rate(Decimal(rate), "National Bank", DAY) if rate else None
    return UnitValue(Decimal(amount), currency, Basis.MARKET_PRICE, kept)


def test_a_sum_stands_in_its_own_currency_and_at_the_stored_rate():
    value = a_value()

    assert value.of(3) == Decimal("4.50")
    assert value.in_tenge(3) == Decimal("2152.13")


def test_tenge_are_tenge():
    assert a_value("250", "KZT", None).in_tenge(4) == Decimal("1000.00")


def test_another_currency_without_a_rate_is_refused():
    with pytest.raises(RateMissingError, match="USD"):
        a_value(rate=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-1"},
        {"amount": "1.005"},
        {"amount": "NaN"},
        {"amount": "1e12"},
        {"currency": "usd"},
        {"currency": "KZT"},
        {"rate": "0"},
        {"rate": "1.2345678"},
    ],
)
def test_what_cannot_be_a_value_is_refused(wrong):
    with pytest.raises(MalformedError):
        a_value(**wrong)
