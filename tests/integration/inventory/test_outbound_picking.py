"""What a pick list asks for, and what may be picked for it."""

from datetime import date

import pytest

from services.inventory.application.holding.release_reservation import withdraw_lot
from services.inventory.domain.errors import (
    InsufficientStockError,
    LotNotAvailableError,
    UnknownLotError,
)
from services.inventory.domain.outbound_errors import (
    LotNeededError,
    LotNotAskedForError,
    MoreThanAskedError,
    NotOnPickListError,
    PickListUnknownError,
)
from shared.contracts.distribution_v1 import ConsignmentCancelled
from shared.contracts.inventory_v1 import GoodsDispatched
from tests.support.store import Store, a_share

CONSIGNMENT = "C-2026-0001"


class TestPickList:
    def test_adds_up_what_the_units_get_from_one_place(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30, "A-02": 30}, expires_on=date(2027, 5, 31))

        number = store.list_of(a_share(lot, 20), a_share(lot, 15, "U-2"))

        shown = store.pick_list(number)
        assert (number, shown.status) == ("PL-2026-000001", "open")
        assert [
            (line.location_code, line.quantity, line.picked, line.lot_number)
            for line in shown.lines
        ] == [("A-01", 30, 0, "L1"), ("A-02", 5, 0, "L1")]

    def test_waits_for_the_hold_it_overtook(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        with pytest.raises(KeyError):
            store.plan(a_share(lot, 20))
        assert store.waiting() == {"HoldsMissingError": False}

        store.approve(a_share(lot, 20))
        store.clock.advance(minutes=1)
        store.app.station.inbox.retry_due()

        assert store.waiting() == {}
        assert store.pick_list("PL-2026-000001").lines[0].quantity == 20
        assert store.reserved(lot) == {"A-01": 20}

    def test_a_plan_told_again_makes_no_second_list(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 10))

        store.approve(a_share(lot, 10), run="next")
        assert store.plan(a_share(lot, 5), a_share(lot, 5)) == number

        assert len(store.app.outbound.pick_lists(None, after=None, limit=9)) == 1
        assert store.waiting() == {}

    def test_shows_only_the_status_asked_for(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        other = store.list_of(a_share(lot, 10), number="C-2026-0002")
        store.hear(ConsignmentCancelled(CONSIGNMENT, "road closed"))

        open_lists = store.app.outbound.pick_lists("open", after=None, limit=10)
        assert [each.pick_list_number for each in open_lists] == [other]
        rest = store.app.outbound.pick_lists(None, after=number, limit=10)
        assert [each.pick_list_number for each in rest] == [other]

    def test_a_withdrawn_lot_is_asked_for_no_more(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, 5, lot_id=lot)

        with store.working() as work:
            withdraw_lot(work, lot)

        assert store.reserved(lot) == {}
        (line,) = store.pick_list(number).lines
        assert (line.quantity, line.picked) == (5, 5)

    def test_a_lot_withdrawn_before_the_plan_does_not_stop_the_rest(self, store: Store):
        gone = store.shelve("L1", {"A-01": 30})
        good = store.shelve("L2", {"A-01": 30})
        lines = (a_share(gone, 20), a_share(good, 10))
        store.approve(lines[0], run="one")
        store.approve(lines[1], run="another")
        with store.working() as work:
            withdraw_lot(work, gone)

        number = store.plan(*lines)

        assert [each.lot_id for each in store.pick_list(number).lines] == [good]
        store.pick(number, 10, lot_id=good)
        store.dispatch(number)
        (told,) = store.facts(GoodsDispatched)
        assert {line.lot_id: (line.planned, line.quantity) for line in told.lines} == {
            gone: (20, 0),
            good: (10, 10),
        }


class TestPick:
    def test_moves_goods_to_dispatch_and_consumes_the_hold(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))

        picked = store.pick(number, 15, lot_number="L1", location_code="A-01")

        assert picked.lot_id == lot
        assert store.balances(lot)["location:DISPATCH"] == 15
        assert store.reserved(lot) == {"A-01": 5}
        assert store.pick_list(number).lines[0].picked == 15

    def test_never_takes_more_than_the_line(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))
        store.pick(number, 15, lot_id=lot)

        with pytest.raises(MoreThanAskedError) as refusal:
            store.pick(number, 6, lot_id=lot)

        assert refusal.value.facts["still_asked"] == 5

    def test_a_place_that_is_not_on_the_list_is_fine_for_the_same_lot(
        self, store: Store
    ):
        lot = store.shelve("L1", {"A-01": 30, "A-03": 30})
        number = store.list_of(a_share(lot, 20))

        store.pick(number, 8, lot_id=lot, location_code="A-03")

        assert store.reserved(lot) == {"A-01": 12}
        assert [
            (line.location_code, line.quantity, line.picked)
            for line in store.pick_list(number).lines
        ] == [("A-01", 12, 0), ("A-03", 8, 8)]

    def test_a_line_that_moved_whole_to_another_place_is_gone(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30, "A-03": 30})
        number = store.list_of(a_share(lot, 20))

        store.pick(number, 20, lot_id=lot, location_code="A-03")
        store.dispatch(number)

        (line,) = store.pick_list(number).lines
        assert (line.location_code, line.picked) == ("A-03", 20)
        (told,) = store.facts(GoodsDispatched)
        assert [(each.planned, each.quantity) for each in told.lines] == [(20, 20)]

    def test_the_line_somebody_meant_decides_between_lots_of_one_number(
        self, store: Store
    ):
        first = store.shelve("gift1", {"A-01": 30}, lot_number="SAME")
        second = store.shelve("gift2", {"A-01": 30}, lot_number="SAME")
        number = store.list_of(a_share(first, 20), a_share(second, 20))

        picked = [
            store.pick(number, 5, lot_number="SAME", lot_id=lot).lot_id
            for lot in (second, first)
        ]

        assert picked == [second, first]

    def test_a_product_that_is_not_asked_for_is_put_back(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        pads = store.shelve("P1", {"A-01": 30}, product_code="PAD-NIGHT")
        number = store.list_of(a_share(lot, 20))

        with pytest.raises(NotOnPickListError):
            store.pick(number, 1, lot_id=pads, product_code="PAD-NIGHT")
        with pytest.raises(NotOnPickListError):
            store.pick(number, 1, lot_id=pads)

    def test_the_lot_is_never_guessed(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        store.shelve("L2", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))

        with pytest.raises(LotNeededError) as refusal:
            store.pick(number, 1)
        with pytest.raises(UnknownLotError):
            store.pick(number, 1, lot_number="NEVER-SEEN")

        assert refusal.value.facts["lot_numbers"] == ["L1"]

    def test_a_shelf_that_holds_one_lot_leaves_nothing_to_guess(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        store.shelve("L2", {"A-05": 30})
        number = store.list_of(a_share(lot, 20))

        picked = store.pick(number, 1)

        assert picked.lot_id == lot

    def test_a_medicine_always_says_its_lot(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))

        with pytest.raises(LotNeededError):
            store.pick(number, 1, must_say_lot=True)

    def test_the_lot_on_the_pack_goes_before_the_line_that_was_meant(
        self, store: Store
    ):
        lot = store.shelve("L1", {"A-01": 30})
        store.shelve("L2", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))

        with pytest.raises(LotNotAskedForError):
            store.pick(number, 1, lot_id=lot, lot_number="L2")

    def test_one_printed_number_may_stand_for_lots_of_two_gifts(self, store: Store):
        store.shelve("gift1", {"A-01": 30}, lot_number="SAME")
        meant = store.shelve("gift2", {"A-01": 30}, lot_number="SAME")
        number = store.list_of(a_share(meant, 20))

        assert store.pick(number, 20, lot_number="SAME").lot_id == meant

    def test_the_date_on_the_pack_tells_lots_of_one_number_apart(self, store: Store):
        store.shelve("x", {"A-01": 9}, lot_number="SAME", expires_on=date(2027, 1, 31))
        late = store.shelve(
            "y", {"A-01": 9}, lot_number="SAME", expires_on=date(2028, 1, 31)
        )
        number = store.list_of(a_share(late, 5))

        picked = store.pick(number, 5, lot_number="SAME", expires_on=date(2028, 1, 31))

        assert picked.lot_id == late

    def test_an_empty_shelf_gives_nothing(self, store: Store):
        lot = store.shelve("L1", {"A-01": 30})
        number = store.list_of(a_share(lot, 20))

        with pytest.raises(InsufficientStockError):
            store.pick(number, 1, lot_id=lot, location_code="A-03")

    def test_an_expired_lot_is_not_picked(self, store: Store):
        """INV-04."""
        lot = store.shelve("L1", {"A-01": 30}, expires_on=date(2026, 11, 24))
        number = store.list_of(a_share(lot, 20))
        store.clock.advance(days=3)

        with pytest.raises(LotNotAvailableError):
            store.pick(number, 1, lot_id=lot)

    def test_there_has_to_be_such_a_list(self, store: Store):
        with pytest.raises(PickListUnknownError):
            store.pick("PL-2026-999999", 1, lot_number="L1")
        with pytest.raises(PickListUnknownError):
            store.pick_list("PL-2026-999999")
