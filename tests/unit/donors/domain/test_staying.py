"""Every unit that is still in the warehouse has one reason."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.donors.domain.lot_state import LotStatus
from services.donors.domain.staying import Stay, why_here
from tests.unit.donors.builders import LOT, a_lot

TODAY = date(2026, 11, 20)
REASONS = ["shelf_life", "earmark", "reserve", "not_needed", "said by a newer sender"]


def free(received=10, **more):
    return a_lot(received=received, **{"available": received} | more)


@pytest.mark.parametrize(
    ("lot", "stay"),
    [
        (free(), Stay.NEXT),
        (free(status=LotStatus.QUARANTINED, available=0), Stay.IN_REVIEW),
        (free(status=LotStatus.RECALLED, available=0), Stay.RECALLED),
        (free(status=LotStatus.AWAITING_GIFT, available=0), Stay.NO_PAPERS),
        (free(expires_on=date(2026, 11, 19)), Stay.EXPIRED),
        (free(available=0), Stay.SET_ASIDE),
        (free(reserved=10, available=0), Stay.RESERVED),
    ],
)
def test_a_lot_itself_says_what_keeps_it(lot, stay):
    assert why_here([lot], {}, TODAY) == {stay: 10}


@pytest.mark.parametrize(
    ("reason", "stay"),
    [
        ("shelf_life", Stay.SHELF_LIFE),
        ("earmark", Stay.EARMARK),
        ("reserve", Stay.RESERVE),
        ("not_needed", Stay.NOT_NEEDED),
        ("said by a newer sender", Stay.NEXT),
    ],
)
def test_of_free_goods_the_last_sharing_out_says_it(reason, stay):
    assert why_here([free()], {LOT: reason}, TODAY) == {stay: 10}


def test_what_was_left_and_is_held_since_is_held():
    held = free(status=LotStatus.QUARANTINED, available=0)

    assert why_here([held], {LOT: "not_needed"}, TODAY) == {Stay.IN_REVIEW: 10}


lots = st.builds(
    lambda number, received, reserved, available, status, expires_on: replace(
        a_lot(
            received=received,
            reserved=min(reserved, received),
            available=available,
            status=status,
            expires_on=expires_on,
        ),
        lot_id=UUID(int=number),
    ),
    st.integers(1, 9),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 90),
    st.sampled_from(LotStatus),
    st.sampled_from([None, date(2026, 11, 19), date(2026, 11, 20), date(2028, 1, 1)]),
)


@given(
    lots=st.lists(lots, max_size=6),
    left=st.dictionaries(
        st.integers(1, 9).map(lambda number: UUID(int=number)), st.sampled_from(REASONS)
    ),
)
def test_the_reasons_add_up_to_the_stock(lots, left):
    """Also where what is told late says that more is free than is there."""
    stays = why_here(lots, left, TODAY)

    assert sum(stays.values()) == sum(lot.totals.in_stock for lot in lots)
    assert min(stays.values(), default=1) > 0
