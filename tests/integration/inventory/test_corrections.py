"""A mistake is answered by another movement, or not at all."""

from uuid import UUID

import pytest

from services.inventory.application.counting.adjust_stock import reason_for
from services.inventory.domain.correction_errors import (
    AlreadyReversedError,
    CorrectedByDocumentError,
    CoveredByCountError,
    IncidentNumberNeededError,
    NotExpiredError,
    ReceiverMayNotWriteOffError,
    ReversalWouldGoNegativeError,
    UnknownMovementError,
)
from services.inventory.domain.errors import (
    InsufficientStockError,
    UnknownLocationError,
    UnknownLotError,
)
from services.inventory.domain.movement import Reason, location
from shared.contracts.inventory_v1 import (
    GoodsReceived,
    StockChanged,
    StockWrittenOff,
)
from shared.kernel.errors import MalformedError
from tests.support.store import a_share
from tests.support.warehouse import AIDA, LATER


class TestReversal:
    def test_puts_everything_back(self, warehouse):
        answer = warehouse.receive(quantity=5)

        warehouse.undo(answer)

        [*_, changed] = warehouse.facts(StockChanged)
        assert (changed.received, changed.in_stock) == (0, 0)
        assert warehouse.stock() == []

    def test_is_linked_to_what_it_takes_back(self, warehouse):
        answer = warehouse.receive()
        undone = warehouse.undo(answer)

        back, first = warehouse.app.queries.stock_card("HYG-COMB")
        assert str(back.reverses) == answer["movement_id"] == undone["reverses"]
        assert first.reversed_by == back.movement_id

    def test_of_a_receipt_is_told_as_such(self, warehouse):
        warehouse.undo(warehouse.receive())

        assert [each.is_reversal for each in warehouse.facts(GoodsReceived)] == [
            False,
            True,
        ]

    def test_happens_once(self, warehouse):
        answer = warehouse.receive()
        undone = warehouse.undo(answer)

        for again in (answer, undone):
            with pytest.raises(AlreadyReversedError):
                warehouse.undo(again)

    def test_needs_the_goods_where_they_were_put(self, warehouse):
        answer = warehouse.receive(quantity=5)
        warehouse.only(action="move", to_location_code="A-02", quantity=3)

        with pytest.raises(ReversalWouldGoNegativeError) as refused:
            warehouse.undo(answer)

        assert refused.value.facts["available"] == 2

    def test_leaves_a_promise_alone(self, warehouse):
        answer = warehouse.receive(quantity=5)
        lot_id = UUID(answer["lot_id"])
        warehouse.approve(a_share(lot_id, 1, product_code="HYG-COMB"))

        with pytest.raises(ReversalWouldGoNegativeError):
            warehouse.undo(answer)

    def test_is_refused_once_a_count_has_set_it_right(self, warehouse):
        answer = warehouse.receive(quantity=5)
        warehouse.wait(minutes=1)
        warehouse.only(action="count", quantity=5)

        with pytest.raises(CoveredByCountError):
            warehouse.undo(answer)

    def test_a_count_elsewhere_covers_nothing(self, warehouse):
        answer = warehouse.receive(quantity=5)
        warehouse.only(action="count", location_code="A-02", quantity=0)

        assert warehouse.undo(answer)

    def test_of_a_count_takes_back_all_it_posted(self, warehouse):
        """Finding nine posts two movements: three undo a loss, six are new."""
        warehouse.receive(quantity=7)
        warehouse.only(action="count", quantity=4)
        warehouse.wait(minutes=1)
        found = warehouse.only(action="count", quantity=13)

        warehouse.undo(found)

        [*_, changed] = warehouse.facts(StockChanged)
        assert (changed.received, changed.in_stock, changed.lost) == (7, 4, 3)

    def test_of_an_adjustment_by_count_is_no_count(self, warehouse):
        """Its document is an incident, not the id of a count."""
        found = warehouse.adjust(
            warehouse.receive(), Reason.COUNT_PLUS, incident_number="INC-2026-0001"
        )

        warehouse.undo(found)

        assert warehouse.stock() == [("HYG-COMB", "A-01", 2)]

    def test_a_count_taken_back_covers_nothing_any_more(self, warehouse):
        answer = warehouse.receive(quantity=5)
        warehouse.wait(minutes=1)
        counted = warehouse.only(action="count", quantity=4)
        warehouse.undo(counted)

        assert warehouse.undo(answer)

    def test_dispatched_goods_are_corrected_at_their_handover(self, warehouse):
        lot_id = warehouse.shelve("lot", {"A-01": 9})
        warehouse.approve(a_share(lot_id, 9))
        number = warehouse.plan(a_share(lot_id, 9))
        warehouse.pick(number, 9, lot_id=lot_id)
        warehouse.dispatch(number)
        newest = warehouse.app.queries.stock_card("SOAP-BAR")[0]

        with pytest.raises(CorrectedByDocumentError):
            warehouse.undo({"movement_id": str(newest.movement_id)})

    def test_of_a_pick_asks_for_the_goods_again(self, warehouse):
        lot_id = warehouse.shelve("lot", {"A-01": 9})
        warehouse.approve(a_share(lot_id, 9))
        number = warehouse.plan(a_share(lot_id, 9))
        picked = warehouse.only(
            action="pick",
            product_code="SOAP-BAR",
            lot_number="lot",
            quantity=9,
            pick_list_number=number,
        )

        warehouse.undo(picked)

        assert warehouse.reserved(lot_id) == {"A-01": 9}
        assert [line.picked for line in warehouse.pick_list(number).lines] == [0]

    def test_names_what_does_not_exist(self, warehouse):
        with pytest.raises(UnknownMovementError):
            warehouse.undo({"movement_id": "0198f000-0000-7000-8000-00000000ffff"})


class TestAdjustment:
    @pytest.mark.parametrize("reason", [Reason.DAMAGED, Reason.SAMPLE])
    def test_a_loss_is_counted_and_told(self, warehouse, reason):
        answer = warehouse.receive(quantity=5)

        warehouse.adjust(answer, reason, quantity=2)

        [*_, changed] = warehouse.facts(StockChanged)
        [told] = warehouse.facts(StockWrittenOff)
        assert (changed.in_stock, changed.lost_by_reason) == (3, {reason.value: 2})
        assert (told.quantity, told.reason) == (2, reason)

    @pytest.mark.parametrize(
        ("reason", "bucket"),
        [(Reason.RETURN_TO_DONOR, "returned"), (Reason.DONATED_ON, "accepted")],
    )
    def test_what_is_given_on_is_not_lost(self, warehouse, reason, bucket):
        warehouse.adjust(warehouse.receive(quantity=5), reason)

        [*_, changed] = warehouse.facts(StockChanged)
        assert (getattr(changed, bucket), changed.lost) == (1, 0)
        assert warehouse.facts(StockWrittenOff) == []

    def test_found_goods_undo_count_losses_first(self, warehouse):
        answer = warehouse.receive(quantity=5)
        warehouse.only(action="count", quantity=3)

        warehouse.adjust(answer, Reason.FOUND, quantity=3)

        [*_, changed] = warehouse.facts(StockChanged)
        assert (changed.received, changed.in_stock, changed.lost) == (6, 6, 0)

    def test_opening_stock_counts_as_received(self, warehouse):
        warehouse.adjust(warehouse.receive(quantity=5), Reason.OPENING, quantity=4)

        assert warehouse.facts(StockChanged)[-1].received == 9

    @pytest.mark.parametrize(
        "reason", [Reason.LOST, Reason.STOLEN, Reason.RECALLED_DESTROYED]
    )
    def test_some_losses_need_their_incident(self, warehouse, reason):
        answer = warehouse.receive()

        with pytest.raises(IncidentNumberNeededError):
            warehouse.adjust(answer, reason)
        warehouse.adjust(answer, reason, incident_number="INC-2026-0007")

        newest = warehouse.app.queries.stock_card("HYG-COMB")[0]
        assert newest.document == "INC-2026-0007"

    def test_only_expired_goods_are_written_off_as_expired(self, warehouse):
        soap = warehouse.receive(product_code="HYG-SOAP-B", expires_on="2027-03-01")

        with pytest.raises(NotExpiredError):
            warehouse.adjust(soap, Reason.EXPIRED)
        warehouse.wait(days=120)

        assert warehouse.adjust(soap, Reason.EXPIRED)

    def test_nobody_writes_off_what_he_received_himself(self, warehouse):
        """DOMAIN.md 0: an insider must not make goods disappear alone."""
        answer = warehouse.receive()

        with pytest.raises(ReceiverMayNotWriteOffError):
            warehouse.adjust(answer, Reason.DAMAGED, account=AIDA)

    def test_no_more_is_lost_than_there_is(self, warehouse):
        with pytest.raises(InsufficientStockError):
            warehouse.adjust(warehouse.receive(), Reason.DAMAGED, quantity=3)

    def test_names_what_does_not_exist(self, warehouse):
        nowhere = {"lot_id": "0198f000-0000-7000-8000-00000000ffff"}

        with pytest.raises(UnknownLotError):
            warehouse.adjust(nowhere, Reason.DAMAGED)
        with pytest.raises(UnknownLocationError):
            warehouse.adjust(nowhere, Reason.DAMAGED, location_code="ATTIC")

    @pytest.mark.parametrize(
        ("direction", "name"),
        [("in", "DAMAGED"), ("out", "FOUND"), ("out", "DISPATCH"), ("in", "nonsense")],
    )
    def test_a_reason_fits_its_direction(self, direction, name):
        with pytest.raises(MalformedError):
            reason_for(direction, name)

    def test_goods_adjusted_away_are_gone_from_their_place(self, warehouse):
        answer = warehouse.receive(quantity=5)

        warehouse.adjust(answer, Reason.DAMAGED, quantity=5)

        lot_id = UUID(answer["lot_id"])
        assert location("A-01") not in warehouse.balances(lot_id)
        assert warehouse.receive(expires_on=LATER)["lot_id"] != answer["lot_id"]
