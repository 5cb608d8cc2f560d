"""What may be given out, on which day."""

from datetime import date
from uuid import UUID

import pytest

from services.inventory.domain.lot import Lot, LotStatus

LAST_DAY = date(2026, 11, 22)
DAY_AFTER = date(2026, 11, 23)


def a_lot(**facts):
    known = {"lot_id": UUID(int=1), "lot_number": "L1", "expires_on": LAST_DAY}
    given = {"product_code": "SOAP", "received_on": date(2026, 1, 1)}
    return Lot(**{**known, **given, "gift_number": "G-1", **facts})


def test_the_last_day_of_use_is_still_a_day_of_use():
    assert a_lot().status_on(LAST_DAY) is LotStatus.RELEASED
    assert a_lot().status_on(DAY_AFTER) is LotStatus.EXPIRED


def test_undated_goods_never_expire():
    assert a_lot(expires_on=None).status_on(date(2126, 1, 1)) is LotStatus.RELEASED


@pytest.mark.parametrize("hold", [LotStatus.QUARANTINED, LotStatus.RECALLED])
def test_a_decision_goes_before_the_calendar(hold):
    lot = a_lot(hold=hold, awaits_gift=True)

    assert lot.status_on(DAY_AFTER) is hold
    assert lot.stored_status is hold


def test_an_unheard_gift_holds_only_what_nothing_else_holds():
    lot = a_lot(awaits_gift=True)

    assert lot.status_on(LAST_DAY) is LotStatus.AWAITING_GIFT
    assert lot.status_on(DAY_AFTER) is LotStatus.EXPIRED
    assert lot.announced(("women",)).status_on(LAST_DAY) is LotStatus.RELEASED


@pytest.mark.parametrize(
    "other",
    [
        {"product_code": "COMB"},
        {"lot_number": "L2"},
        {"expires_on": None},
        {"gift_number": "G-2"},
        {"grn_number": "GRN-2026-000001"},
    ],
)
def test_another_fact_makes_another_lot(other):
    assert a_lot(**other).identity != a_lot().identity


def test_what_changes_later_is_no_part_of_the_identity():
    changed = a_lot(version=7, hold=LotStatus.RECALLED, earmark=("boys",))

    assert changed.identity == a_lot().identity
