"""The rules a product brings to the door."""

from datetime import date

import pytest

from services.inventory.domain.product import Pack, Product
from shared.kernel.gs1 import GTIN

ITEM, CASE = GTIN("09520000000011"), GTIN("19520000000018")


def a_product(*flags, days=0, packs=()):
    names = dict.fromkeys(("kk", "ru", "en"), "soap")
    return Product(
        "SOAP",
        "hygiene",
        names,
        "bar",
        packs=packs,
        min_days_at_receipt=days,
        flags=flags,
    )


def test_a_case_counts_as_our_table_says():
    product = a_product(packs=(Pack(ITEM, 1), Pack(CASE, 48)))

    assert (product.units_in(ITEM), product.units_in(CASE)) == (1, 48)


def test_medicine_lacks_its_lot_and_its_expiry():
    missing = a_product("medicine").missing(lot_number=None, expires_on=None)

    assert missing == ("lot", "expiry")


def test_other_dated_goods_lack_only_their_expiry():
    missing = a_product(days=90).missing(lot_number=None, expires_on=None)

    assert missing == ("expiry",)


def test_undated_goods_lack_nothing():
    assert a_product().missing(lot_number=None, expires_on=None) == ()


@pytest.mark.parametrize("flag", ["refuse", "bms"])
def test_milk_substitutes_and_controlled_substances_are_never_taken(flag):
    assert a_product(flag).is_refused
    assert not a_product("medicine").is_refused


@pytest.mark.parametrize(
    ("flag", "reading", "holds"),
    [
        ("cold-15C", 15.0, True),
        ("cold-15C", 15.1, False),
        ("cold-2-8C", 1.9, False),
        ("cold-2-8C", 8.0, True),
    ],
)
def test_a_cold_chain_flag_says_its_range(flag, reading, holds):
    assert a_product(flag).temperature_range.holds(reading) is holds


def test_most_products_have_no_cold_chain():
    assert a_product("medicine", "sized").temperature_range is None


def test_the_earliest_expiry_leaves_the_days_asked_for():
    assert a_product(days=90).earliest_expiry(date(2026, 11, 22)) == date(2027, 2, 20)
