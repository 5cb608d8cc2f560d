"""Looking ahead from real books: what left, what is due, what stands here."""

from datetime import date, timedelta

import pytest

from services.inventory.application.ahead.forecasting import expiring, unusable
from services.inventory.application.counting.adjust_stock import (
    AdjustStock,
    adjust_stock,
)
from services.inventory.domain.forecast import Band, Basis
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import Reason
from shared.contracts.distribution_v1 import NeedsPublished, ProductNeed
from tests.support.store import MORNING, a_share, an_ending

TODAY = date(2026, 11, 22)


def needs(version, *items, as_of=TODAY):
    told = tuple(ProductNeed(code, month, 0) for code, month in items)
    return NeedsPublished(version, as_of, told)


def ahead_of(store, product_code="SOAP-BAR"):
    found = {each.product.product_code: each for each in store.app.forecasting.ahead()}
    return found[product_code]


def give(store, lot_id, quantity, *, number="C-2026-0001", accepted=None, **endings):
    """Send so many of a lot off and hand them over."""
    listed = store.list_of(a_share(lot_id, quantity), number=number)
    store.pick(listed, quantity)
    store.dispatch(listed)
    kept = quantity if accepted is None else accepted
    ending = an_ending(lot_id, kept, **endings)
    store.hand_over(ending, handover=number, number=number)


@pytest.fixture
def shelf(store):
    """A hundred bars that arrived forty days ago."""
    store.clock.instant = MORNING - timedelta(days=40)
    lot_id = store.shelve("old", {"A-01": 100}, expires_on=date(2027, 6, 1))
    store.clock.instant = MORNING
    return lot_id


def test_what_left_for_people_is_the_use(store, shelf):
    give(store, shelf, 30)

    found = ahead_of(store)

    assert found.usable == 70
    assert found.use.history_per_month == 25  # 3 x 30 over 3 x 30 + 2 x 10 days
    assert found.use.basis is Basis.HISTORY


def test_what_came_back_or_was_lost_is_no_use(store, shelf):
    give(store, shelf, 30, accepted=18, refused=6, damaged=4, short=2)

    assert store.app.forecasting.ahead()[0].use.history_per_month == 15


def test_a_write_off_is_no_use(store, shelf):
    with store.working() as work:
        wish = AdjustStock(shelf, "A-01", 50, Reason.DAMAGED, "account-berik")
        adjust_stock(work, wish)
        given = AdjustStock(shelf, "A-01", 20, Reason.DONATED_ON, "account-berik")
        adjust_stock(work, given)

    assert ahead_of(store).use.basis is Basis.NOTHING


def test_what_is_due_by_quota_counts_while_history_is_short(store):
    store.shelve("new", {"A-01": 100}, expires_on=date(2027, 6, 1))
    store.hear(needs(1, ("SOAP-BAR", 300)))

    found = ahead_of(store)

    assert (found.use.basis, found.use.per_month) == (Basis.NEED, 300)
    assert found.stock_out_on == TODAY + timedelta(days=10)
    assert found.band is Band.DAYS


def test_the_last_word_of_a_day_counts_in_whatever_order_it_comes(store, shelf):
    store.hear(needs(2, ("SOAP-BAR", 60)), needs(1, ("SOAP-BAR", 900)))
    give(store, shelf, 90)

    assert ahead_of(store).use.need_per_month == 60


def test_only_expired_left_is_a_stock_out_and_held_goods_stand_apart(store):
    store.shelve("gone", {"A-01": 40}, expires_on=TODAY - timedelta(days=1))
    store.shelve("held", {"A-02": 7}, hold=LotStatus.QUARANTINED)
    store.shelve("back", {"RETURNS": 3})
    store.hear(needs(1, ("SOAP-BAR", 30)))

    found = ahead_of(store)

    assert (found.usable, found.held, found.barred) == (0, 10, 40)
    assert found.band is Band.OUT


def test_promised_and_picked_goods_still_serve_the_expected_use(store, shelf):
    listed = store.list_of(a_share(shelf, 30))
    store.pick(listed, 10)

    assert ahead_of(store).usable == 100


def test_what_cannot_be_used_in_time_is_named_by_lot(store):
    store.shelve("soon", {"A-01": 100}, expires_on=TODAY + timedelta(days=9))
    store.shelve("later", {"A-01": 100}, expires_on=TODAY + timedelta(days=300))
    store.hear(needs(1, ("SOAP-BAR", 60)))

    products = store.app.forecasting.ahead()

    [(_, lot)] = unusable(products)
    assert (lot.lot.lot_number, lot.left) == ("soon", 80)
    assert [each.lot.lot_number for _, each in expiring(products)] == ["soon"]


def test_the_most_urgent_product_comes_first(store):
    store.shelve("soap", {"A-01": 50})
    store.shelve("comb", {"A-01": 5}, product_code="COMB")
    store.shelve("idle", {"A-01": 5}, product_code="IDLE")
    store.hear(needs(1, ("SOAP-BAR", 30), ("COMB", 30)))

    codes = [each.product.product_code for each in store.app.forecasting.ahead()]

    assert codes == ["COMB", "SOAP-BAR", "IDLE"]


def test_a_past_forecast_is_compared_with_what_really_left(store):
    store.clock.instant = MORNING - timedelta(days=70)
    lot_id = store.shelve("old", {"A-01": 500})
    store.clock.instant = MORNING - timedelta(days=50)
    give(store, lot_id, 40, number="C-2026-0001")
    store.clock.instant = MORNING - timedelta(days=10)
    give(store, lot_id, 50, number="C-2026-0002")
    store.clock.instant = MORNING

    found = store.app.forecasting.back_test()

    [compared] = found.compared
    assert (compared.units.expected, compared.units.left) == (33, 50)
    assert found.score.bias < 0
    assert not found.knew_need
    assert found.begins_on == TODAY - timedelta(days=30)


def test_the_quota_known_on_a_past_day_is_the_one_that_counts(store):
    store.clock.instant = MORNING - timedelta(days=40)
    store.shelve("old", {"A-01": 100})
    store.clock.instant = MORNING
    store.hear(needs(1, ("SOAP-BAR", 30), as_of=TODAY - timedelta(days=35)))
    store.hear(needs(2, ("SOAP-BAR", 900)))

    found = store.app.forecasting.back_test()

    assert found.knew_need
    assert found.compared[0].units.expected == 30


def test_without_a_past_there_is_nothing_to_compare(store):
    store.shelve("new", {"A-01": 5})

    assert store.app.forecasting.back_test() is None
