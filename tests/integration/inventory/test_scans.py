"""A batch of scans: every line answered, in order, once, each on its own."""

import pytest

from services.inventory.domain.movement import delivered, location
from shared.contracts.inventory_v1 import StockChanged
from shared.kernel.errors import MalformedError
from tests.support.store import a_share, an_ending
from tests.support.warehouse import BERIK, LATER


def statuses(answers):
    return [answer["status"] for answer in answers]


class TestBatch:
    def test_lines_are_answered_in_their_order(self, warehouse):
        lines = [
            warehouse.line(),
            warehouse.line(product_code="NOTHING-LIKE-IT"),
            warehouse.line(quantity=0),
            warehouse.line(action="move", to_location_code="A-02"),
        ]

        answers = warehouse.scan(*lines)

        assert [str(each["scan_id"]) for each in answers] == [
            line["scan_id"] for line in lines
        ]
        assert statuses(answers) == ["applied", "attention", "refused", "applied"]

    def test_a_refused_line_harms_no_other(self, warehouse):
        answers = warehouse.scan(
            warehouse.line(quantity=5),
            warehouse.line(action="move", to_location_code="A-02", quantity=9),
            warehouse.line(action="move", to_location_code="A-02", quantity=3),
        )

        assert statuses(answers) == ["applied", "refused", "applied"]
        assert warehouse.stock() == [("HYG-COMB", "A-01", 2), ("HYG-COMB", "A-02", 3)]

    def test_a_line_may_use_the_lot_the_line_before_it_opened(self, warehouse):
        soap = {"raw": "2000100010006", "expires_on": LATER, "lot_number": "L9"}

        answers = warehouse.scan(
            warehouse.line(**soap),
            warehouse.line(**soap, action="move", to_location_code="H-01"),
            warehouse.line(**soap, action="count", location_code="H-01", quantity=1),
        )

        assert statuses(answers) == ["applied"] * 3
        assert warehouse.stock() == [("HYG-SOAP-B", "H-01", 1)]
        assert len(warehouse.facts(StockChanged)) == 1

    @pytest.mark.parametrize("count", [0, 501])
    def test_a_batch_has_one_to_five_hundred_lines(self, warehouse, count):
        with pytest.raises(MalformedError, match="1 to 500"):
            warehouse.scan(*[warehouse.line()] * count)

    @pytest.mark.parametrize(
        ("line", "echo"),
        [
            ("text", None),
            (None, None),
            ({}, None),
            ({"scan_id": "one"}, "one"),
            ({"scan_id": 7}, 7),
        ],
    )
    def test_a_line_without_an_id_is_answered_alone(self, warehouse, line, echo):
        applied, refused = warehouse.scan(warehouse.line(), line)

        assert applied["status"] == "applied"
        assert (refused["scan_id"], refused["status"]) == (echo, "refused")
        assert refused["code"] == "malformed"


class TestOnce:
    def test_the_same_line_again_gives_the_first_answer(self, warehouse):
        line = warehouse.line()
        [first] = warehouse.scan(line)

        [again] = warehouse.scan(line)

        assert again == {**first, "status": "duplicate"}
        assert warehouse.stock() == [("HYG-COMB", "A-01", 2)]

    def test_the_same_line_twice_in_a_batch_is_applied_once(self, warehouse):
        line = warehouse.line()

        assert statuses(warehouse.scan(line, line)) == ["applied", "duplicate"]

    def test_what_waits_for_a_person_waits_once(self, warehouse):
        line = warehouse.line(product_code="NOTHING-LIKE-IT")

        answers = [warehouse.scan(line)[0] for _ in range(2)]

        assert statuses(answers) == ["attention", "duplicate"]
        assert answers[1]["code"] == "unknown_product"
        assert len(warehouse.attention()) == 1

    @pytest.mark.parametrize("how", ["another body", "another account"])
    def test_an_id_is_never_used_for_something_else(self, warehouse, how):
        line = warehouse.line()
        warehouse.scan(line)

        [answer] = (
            warehouse.scan({**line, "quantity": 3})
            if how == "another body"
            else warehouse.scan(line, account=BERIK)
        )

        assert (answer["status"], answer["code"]) == ("refused", "command_id_reused")
        assert warehouse.stock() == [("HYG-COMB", "A-01", 2)]

    def test_a_refusal_is_forgotten(self, warehouse):
        move = warehouse.line(action="move", to_location_code="A-02")
        assert statuses(warehouse.scan(move)) == ["refused"]
        warehouse.receive(occurred_at="2026-11-22T08:00:00+05:00")

        assert statuses(warehouse.scan(move)) == ["applied"]


class TestMove:
    def test_what_is_reserved_stays_where_it_is(self, warehouse):
        answer = warehouse.receive(quantity=10)
        warehouse.approve(
            a_share(warehouse.lot(answer).lot_id, 8, product_code="HYG-COMB")
        )

        moved = warehouse.only(action="move", to_location_code="A-02", quantity=3)

        assert (moved["status"], moved["code"]) == ("refused", "insufficient_stock")

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"to_location_code": "ATTIC"}, "unknown_location"),
            ({"location_code": "ATTIC"}, "unknown_location"),
            ({"to_location_code": "A-01"}, "malformed"),
            ({}, "malformed"),
            ({"lot_id": "0198f000-0000-7000-8000-00000000ffff"}, "unknown_lot"),
            ({"lot_number": "L404"}, "unknown_lot"),
        ],
    )
    def test_names_what_does_not_exist(self, warehouse, wrong, code):
        warehouse.receive()
        goal = {"to_location_code": "A-02"} if wrong else {}

        answer = warehouse.only(action="move", **{**goal, **wrong})

        assert (answer["status"], answer["code"]) == ("refused", code)

    def test_a_lot_of_another_product_is_not_taken(self, warehouse):
        combs = warehouse.receive()

        answer = warehouse.only(
            action="move",
            product_code="HYG-TOWEL",
            lot_id=combs["lot_id"],
            to_location_code="A-02",
        )

        assert answer["code"] == "malformed"

    def test_which_of_two_lots_is_a_persons_answer(self, warehouse):
        warehouse.receive(product_code="HYG-SOAP-B", expires_on=LATER)
        warehouse.receive(product_code="HYG-SOAP-B", expires_on="2029-06-30")

        answer = warehouse.only(
            action="move", product_code="HYG-SOAP-B", to_location_code="A-02"
        )
        named = warehouse.only(
            action="move",
            product_code="HYG-SOAP-B",
            expires_on=LATER,
            to_location_code="A-02",
        )

        assert (answer["status"], answer["code"]) == ("attention", "lot_ambiguous")
        assert named["status"] == "applied"

    def test_packs_nobody_can_tell_apart_leave_in_order_of_receipt(self, warehouse):
        soap = {"product_code": "HYG-SOAP-B", "lot_number": "L1", "expires_on": LATER}
        first = warehouse.receive(**soap, gift_number="G-2026-001")
        warehouse.wait(minutes=1)
        warehouse.receive(**soap, gift_number="G-2026-002")

        moved = warehouse.only(
            action="move",
            product_code="HYG-SOAP-B",
            lot_number="L1",
            to_location_code="A-02",
        )

        assert moved["lot_id"] == first["lot_id"]


class TestCount:
    def test_a_count_that_agrees_moves_nothing(self, warehouse):
        warehouse.receive(quantity=7)

        answer = warehouse.only(action="count", quantity=7)

        assert "movement_id" not in answer
        assert len(warehouse.app.queries.stock_card("HYG-COMB")) == 1

    def test_what_is_missing_is_lost(self, warehouse):
        warehouse.receive(quantity=7)

        warehouse.only(action="count", quantity=4)

        [*_, changed] = warehouse.facts(StockChanged)
        assert (changed.in_stock, changed.lost_by_reason) == (4, {"COUNT_MINUS": 3})

    def test_what_turns_up_undoes_losses_first(self, warehouse):
        """DOMAIN.md 2.2: of nine found, three had been counted as lost."""
        warehouse.receive(quantity=7)
        warehouse.only(action="count", quantity=4)

        warehouse.only(action="count", quantity=13)

        [*_, changed] = warehouse.facts(StockChanged)
        assert (changed.received, changed.in_stock, changed.lost) == (13, 13, 0)

    def test_a_promise_is_freed_before_less_is_counted(self, warehouse):
        answer = warehouse.receive(quantity=10)
        lot_id = warehouse.lot(answer).lot_id
        warehouse.approve(a_share(lot_id, 8, product_code="HYG-COMB"))

        counted = warehouse.only(action="count", quantity=7)

        assert counted["code"] == "count_below_reserved"
        assert warehouse.balances(lot_id)[location("A-01")] == 10


class TestReturn:
    @pytest.fixture
    def delivered_soap(self, warehouse):
        lot_id = warehouse.shelve("lot", {"A-01": 20})
        warehouse.approve(a_share(lot_id, 12))
        number = warehouse.plan(a_share(lot_id, 12))
        warehouse.pick(number, 12, lot_id=lot_id)
        warehouse.dispatch(number)
        warehouse.hand_over(an_ending(lot_id, 12))
        return lot_id

    def give_back(self, warehouse, **fields):
        return warehouse.only(
            action="return",
            product_code="SOAP-BAR",
            **{"unit_code": "U-1", "location_code": "RETURNS", **fields},
        )

    def test_accepted_goods_come_back_to_hold(self, warehouse, delivered_soap):
        answer = self.give_back(warehouse, quantity=5)

        balances = warehouse.balances(delivered_soap)
        assert answer["status"] == "applied"
        assert balances[location("RETURNS")] == 5
        assert balances[delivered("U-1")] == 7

    @pytest.mark.usefixtures("delivered_soap")
    def test_no_more_comes_back_than_was_accepted(self, warehouse):
        answer = self.give_back(warehouse, quantity=13)

        assert (answer["status"], answer["code"]) == ("refused", "insufficient_stock")

    @pytest.mark.usefixtures("delivered_soap")
    def test_a_unit_gives_back_only_what_it_got(self, warehouse):
        assert self.give_back(warehouse, unit_code="U-2")["code"] == "unknown_lot"
        assert self.give_back(warehouse, unit_code=None)["code"] == "malformed"

    def test_it_comes_back_to_no_place_but_returns(self, warehouse, delivered_soap):
        answer = self.give_back(warehouse, quantity=5, location_code="A-01")
        unsaid = self.give_back(warehouse, quantity=2, location_code=None)

        balances = warehouse.balances(delivered_soap)
        assert (answer["status"], answer["code"]) == ("refused", "malformed")
        assert unsaid["status"] == "applied"
        assert balances[location("RETURNS")] == 2
        assert balances[delivered("U-1")] == 10


def test_a_pick_names_its_list(warehouse):
    warehouse.receive()

    assert warehouse.only(action="pick")["code"] == "malformed"
    unknown = warehouse.only(action="pick", pick_list_number="PL-2026-999999")
    assert unknown["code"] == "pick_list_unknown"
