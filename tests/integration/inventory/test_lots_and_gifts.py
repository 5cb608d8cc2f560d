"""Who may hold a lot, and how a gift's earmark reaches its goods."""

from uuid import UUID

import pytest

from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
    release_lot,
)
from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.domain.attention import UnknownProductError
from services.inventory.domain.errors import (
    LotRecalledDecisionError,
    LotStatusUnchangedError,
    UnknownLotError,
)
from services.inventory.domain.lot import LotStatus
from shared.contracts.inventory_v1 import LotRecalled, StockChanged
from tests.support.store import a_share, an_ending
from tests.support.warehouse import BERIK, LATER

PILLS = {"product_code": "MED-PARA", "lot_number": "P77", "expires_on": LATER}


def decide(warehouse, use_case, answer):
    wish = DecideOnLot(UUID(answer["lot_id"]), "the label is torn", BERIK)
    with warehouse.working() as work:
        return use_case(work, wish)


def recall(warehouse, product_code="MED-PARA", lot_number="P77"):
    with warehouse.working() as work:
        return recall_lots(
            work, RecallLots(product_code, lot_number, "glass in it", BERIK)
        )


class TestDecision:
    def test_a_release_makes_goods_available(self, warehouse):
        pills = warehouse.receive(**PILLS, quantity=30)

        said = decide(warehouse, release_lot, pills)

        changed = warehouse.facts(StockChanged)[-1]
        assert said == {"lot_id": pills["lot_id"], "lot_status": "released"}
        assert (changed.version, changed.lot_status, changed.available) == (
            2,
            "released",
            30,
        )

    def test_a_release_does_not_announce_a_gift(self, warehouse):
        pills = warehouse.receive(**PILLS, gift_number="G-2026-404")

        assert decide(warehouse, release_lot, pills)["lot_status"] == "awaiting_gift"

    def test_a_quarantine_takes_back_what_was_promised(self, warehouse):
        combs = warehouse.receive(quantity=9)
        lot_id = UUID(combs["lot_id"])
        warehouse.approve(a_share(lot_id, 4, product_code="HYG-COMB"))

        decide(warehouse, quarantine_lot, combs)

        changed = warehouse.facts(StockChanged)[-1]
        assert (changed.available, changed.reserved) == (0, 0)

    def test_saying_it_again_changes_nothing(self, warehouse):
        combs = warehouse.receive()

        with pytest.raises(LotStatusUnchangedError):
            decide(warehouse, release_lot, combs)

    def test_names_what_does_not_exist(self, warehouse):
        nowhere = {"lot_id": "0198f000-0000-7000-8000-00000000ffff"}

        with pytest.raises(UnknownLotError):
            decide(warehouse, release_lot, nowhere)


class TestRecall:
    def test_blocks_a_number_whatever_gift_it_came_with(self, warehouse):
        first = warehouse.receive(**PILLS, gift_number="G-2026-001", quantity=3)
        second = warehouse.receive(**PILLS, gift_number="G-2026-002", quantity=4)
        warehouse.receive(**{**PILLS, "lot_number": "P78"})

        answer = recall(warehouse)

        assert {(each["lot_id"], each["quantity"]) for each in answer["blocked"]} == {
            (first["lot_id"], 3),
            (second["lot_id"], 4),
        }
        assert sorted(warehouse.stock(status="recalled")) == [
            ("MED-PARA", "A-01", 3),
            ("MED-PARA", "A-01", 4),
        ]

    def test_lists_who_got_some(self, warehouse):
        lot_id = warehouse.shelve("P1", {"A-01": 20})
        warehouse.approve(a_share(lot_id, 12))
        number = warehouse.plan(a_share(lot_id, 12))
        warehouse.pick(number, 12, lot_id=lot_id)
        warehouse.dispatch(number)
        warehouse.hand_over(an_ending(lot_id, 10, refused=2))

        answer = recall(warehouse, "SOAP-BAR", "P1")

        assert answer["went_to"] == [
            {
                "unit_code": "U-1",
                "consignment_number": "C-2026-0001",
                "quantity": 10,
            }
        ]
        [told] = warehouse.facts(LotRecalled)
        assert told.lot_ids == (lot_id,)

    def test_is_final(self, warehouse):
        pills = warehouse.receive(**PILLS)
        recall(warehouse)

        for use_case in (release_lot, quarantine_lot):
            with pytest.raises(LotRecalledDecisionError):
                decide(warehouse, use_case, pills)

    def test_may_come_before_the_goods_and_twice(self, warehouse):
        assert recall(warehouse) == recall(warehouse) == {"blocked": [], "went_to": []}
        assert warehouse.only(**PILLS)["code"] == "lot_recalled"

    def test_names_what_does_not_exist(self, warehouse):
        with pytest.raises(UnknownProductError):
            recall(warehouse, product_code="NOTHING-LIKE-IT")


class TestGift:
    def test_goods_wait_until_it_is_heard_of(self, warehouse):
        answer = warehouse.receive(gift_number="G-2026-001", quantity=5)
        assert warehouse.facts(StockChanged)[-1].lot_status == "awaiting_gift"

        warehouse.announce("G-2026-001", ("women",))

        changed = warehouse.facts(StockChanged)[-1]
        assert str(changed.lot_id) == answer["lot_id"]
        assert (changed.lot_status, changed.earmark) == ("released", ("women",))
        assert changed.available == 5

    def test_goods_of_a_gift_heard_of_are_free_at_once(self, warehouse):
        warehouse.announce("G-2026-001", ("women",))

        lot = warehouse.lot(warehouse.receive(gift_number="G-2026-001"))

        assert (lot.stored_status, lot.earmark) == (LotStatus.RELEASED, ("women",))

    def test_the_same_announcement_again_changes_nothing(self, warehouse):
        warehouse.receive(gift_number="G-2026-001")
        for _ in range(3):
            warehouse.announce("G-2026-001")

        assert [each.version for each in warehouse.facts(StockChanged)] == [1, 2]

    @pytest.mark.parametrize("order", [(1, 2), (2, 1)])
    def test_the_newest_earmark_counts_in_whatever_order(self, warehouse, order):
        earmarks = {1: ("women",), 2: None}
        answer = warehouse.receive(gift_number="G-2026-001")
        warehouse.announce("G-2026-001", ("boys",))

        for version in order:
            warehouse.set_earmark("G-2026-001", version, earmarks[version])

        assert warehouse.lot(answer).earmark is None

    def test_an_earmark_may_overtake_its_announcement(self, warehouse):
        answer = warehouse.receive(gift_number="G-2026-001")
        warehouse.set_earmark("G-2026-001", 1, ("children",))
        assert warehouse.lot(answer).stored_status is LotStatus.AWAITING_GIFT

        warehouse.announce("G-2026-001", ("women",))

        lot = warehouse.lot(answer)
        assert (lot.stored_status, lot.earmark) == (LotStatus.RELEASED, ("children",))

    def test_an_announced_walk_in_keeps_its_goods(self, warehouse):
        answer = warehouse.receive()

        warehouse.announce("W-20261122-1")

        assert warehouse.lot(answer).stored_status is LotStatus.RELEASED
        assert len(warehouse.facts(StockChanged)) == 1
