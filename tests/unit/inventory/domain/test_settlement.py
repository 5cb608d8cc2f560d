"""After a handover every dispatched unit has ended in exactly one place."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.domain.outbound_errors import SettlementMismatchError
from services.inventory.domain.settlement import (
    Ending,
    LineKey,
    Outcome,
    check_settlement,
    correct,
    gather,
)

SOAP = LineKey("U-1", "SOAP-BAR", UUID(int=1))
PADS = LineKey("U-1", "PAD-NIGHT", UUID(int=2))


class TestGather:
    def test_adds_up_a_line_that_was_told_in_parts(self):
        told = [Outcome(SOAP, Ending.ACCEPTED, 3), Outcome(SOAP, Ending.ACCEPTED, 4)]

        assert gather(told) == (Outcome(SOAP, Ending.ACCEPTED, 7),)

    def test_leaves_out_what_did_not_happen(self):
        assert gather([Outcome(SOAP, Ending.SHORT, 0)]) == ()

    def test_leaves_no_single_unit_out(self):
        lost = Outcome(SOAP, Ending.SHORT, 1)

        assert gather([lost]) == (lost,)


class TestCheckSettlement:
    def test_refuses_more_than_is_in_transit_for_the_line(self):
        told = [Outcome(SOAP, Ending.ACCEPTED, 8), Outcome(SOAP, Ending.REFUSED, 3)]

        with pytest.raises(SettlementMismatchError) as refusal:
            check_settlement("C-2026-0001", told, {SOAP: 10})

        assert (refusal.value.facts["stated"], refusal.value.facts["in_transit"]) == (
            11,
            10,
        )
        assert not refusal.value.transient

    def test_refuses_a_line_that_never_left(self):
        with pytest.raises(SettlementMismatchError) as refusal:
            check_settlement("C-1", [Outcome(PADS, Ending.SHORT, 1)], {SOAP: 10})

        assert refusal.value.facts["in_transit"] == 0

    @pytest.mark.parametrize("accepted", [4, 10])
    def test_lets_a_handover_account_for_a_part_or_for_all(self, accepted):
        check_settlement("C-1", [Outcome(SOAP, Ending.ACCEPTED, accepted)], {SOAP: 10})


outcomes = st.lists(
    st.builds(
        Outcome,
        st.sampled_from([SOAP, PADS]),
        st.sampled_from(list(Ending)),
        st.integers(0, 9),
    ),
    max_size=8,
).map(gather)


class TestCorrect:
    def test_leaves_alone_what_stays_true(self):
        earlier = (Outcome(SOAP, Ending.ACCEPTED, 8), Outcome(SOAP, Ending.REFUSED, 2))
        corrected = (
            Outcome(SOAP, Ending.ACCEPTED, 7),
            Outcome(SOAP, Ending.REFUSED, 2),
            Outcome(SOAP, Ending.DAMAGED, 1),
        )

        change = correct(earlier, corrected)

        assert change.taken_back == (Outcome(SOAP, Ending.ACCEPTED, 8),)
        assert change.settled == (
            Outcome(SOAP, Ending.ACCEPTED, 7),
            Outcome(SOAP, Ending.DAMAGED, 1),
        )

    @given(earlier=outcomes, corrected=outcomes)
    def test_the_change_leads_from_the_earlier_handover_to_the_corrected(
        self, earlier, corrected
    ):
        """INV-08: what was settled is what the last handover states."""
        change = correct(earlier, corrected)

        books = Counter({(each.key, each.ending): each.quantity for each in earlier})
        for each in change.taken_back:
            books[each.key, each.ending] -= each.quantity
        for each in change.settled:
            books[each.key, each.ending] += each.quantity
        assert {key: quantity for key, quantity in books.items() if quantity} == {
            (each.key, each.ending): each.quantity for each in corrected
        }


def test_only_damaged_and_short_goods_are_lost():
    assert [ending for ending in Ending if ending.is_loss] == [
        Ending.DAMAGED,
        Ending.SHORT,
    ]
