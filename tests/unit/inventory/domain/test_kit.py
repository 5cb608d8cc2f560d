"""Kits are filled from what has to go first, and every kit of a lot is alike."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.domain.kit import (
    FreeUnits,
    Recipe,
    earliest_expiry,
    propose_kits,
    shared_earmark,
)
from services.inventory.domain.kit_errors import (
    ComponentShortError,
    EarmarksApartError,
    RecipeMalformedError,
)
from services.inventory.domain.lot import Lot

DIGNITY = Recipe("KIT-DIG", {"SOAP": 2, "PADS": 1})


def lot(number: int, product_code="SOAP", expires_on=None, earmark=None) -> Lot:
    return Lot(
        UUID(int=number),
        product_code,
        f"L{number}",
        expires_on,
        date(2026, 11, number % 28 + 1),
        "G-1",
        earmark=earmark,
    )


def free(number, quantity, product_code="SOAP", place="A-01", **facts) -> FreeUnits:
    return FreeUnits(lot(number, product_code, **facts), place, quantity)


def contents(batches) -> list[tuple[int, dict[int, int]]]:
    return [
        (each.kits, {lot_id.int: q for lot_id, q in each.contents.items()})
        for each in batches
    ]


class TestRecipe:
    @pytest.mark.parametrize(
        "components", [{}, {"SOAP": 0}, {"SOAP": -1}, {"KIT-DIG": 1}]
    )
    def test_refuses_what_is_no_kit(self, components):
        with pytest.raises(RecipeMalformedError):
            Recipe("KIT-DIG", components)


class TestProposal:
    def test_takes_the_lot_that_expires_first(self):
        batches = propose_kits(
            DIGNITY,
            3,
            [
                free(1, 10, expires_on=date(2028, 1, 1)),
                free(2, 10, expires_on=date(2027, 1, 1)),
                free(3, 10, "PADS"),
            ],
        )

        assert contents(batches) == [(3, {2: 2, 3: 1})]

    def test_gives_the_kit_with_the_odd_units_a_lot_of_its_own(self):
        batches = propose_kits(
            DIGNITY,
            4,
            [
                free(1, 5, expires_on=date(2027, 1, 1)),
                free(2, 10),
                free(3, 10, "PADS"),
            ],
        )

        assert contents(batches) == [
            (2, {1: 2, 3: 1}),
            (1, {1: 1, 2: 1, 3: 1}),
            (1, {2: 2, 3: 1}),
        ]

    def test_says_which_component_is_short(self):
        with pytest.raises(ComponentShortError) as refusal:
            propose_kits(DIGNITY, 4, [free(1, 7), free(3, 10, "PADS")])

        assert refusal.value.facts == {
            "component_code": "SOAP",
            "needed": 8,
            "free": 7,
        }

    @given(
        stock=st.lists(st.tuples(st.sampled_from(["SOAP", "PADS"]), st.integers(1, 9))),
        kits=st.integers(1, 12),
    )
    def test_every_kit_is_whole_and_nothing_is_taken_twice(self, stock, kits):
        offers = [free(n, q, code) for n, (code, q) in enumerate(stock, 1)]
        product_of = {each.lot.lot_id: each.lot.product_code for each in offers}
        there = {each.lot.lot_id: each.quantity for each in offers}
        enough = all(
            sum(q for code, q in stock if code == wanted) >= kits * per_kit
            for wanted, per_kit in DIGNITY.components.items()
        )
        if not enough:
            with pytest.raises(ComponentShortError):
                propose_kits(DIGNITY, kits, offers)
            return

        batches = propose_kits(DIGNITY, kits, offers)

        assert sum(each.kits for each in batches) == kits
        for each in batches:
            sums = {"SOAP": 0, "PADS": 0}
            for lot_id, quantity in each.contents.items():
                sums[product_of[lot_id]] += quantity
                there[lot_id] -= each.kits * quantity
            assert sums == DIGNITY.components
        assert min(there.values()) >= 0


class TestWhatAKitIs:
    def test_lasts_as_long_as_its_first_part(self):
        lots = [lot(1), lot(2, expires_on=date(2027, 5, 1))]

        assert earliest_expiry(lots) == date(2027, 5, 1)
        assert earliest_expiry([lot(1)]) is None

    def test_is_for_whom_all_its_parts_are_for(self):
        lots = [
            lot(1, earmark=("children", "women")),
            lot(2),
            lot(3, earmark=("women",)),
        ]

        assert shared_earmark(lots) == ("women",)
        assert shared_earmark([lot(2)]) is None

    def test_is_not_built_for_nobody(self):
        with pytest.raises(EarmarksApartError, match="L1, L3"):
            shared_earmark([lot(1, earmark=("boys",)), lot(3, earmark=("women",))])
