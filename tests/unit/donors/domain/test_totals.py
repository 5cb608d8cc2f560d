"""received = in stock + in transit + accepted + lost + returned, at every moment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.donors.domain.errors import UnbalancedTotalsError
from services.donors.domain.totals import Totals, summed
from tests.unit.donors.builders import some_totals

COUNTS = st.integers(0, 1000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"received": 1},
        {"received": 1, "in_stock": 2, "in_transit": -1},
        {"received": 1, "in_stock": 1, "reserved": 2},
        {"received": 1, "in_stock": 1, "reserved": -1},
        {"received": 1, "lost": 1},
        {"received": 1, "lost": 1, "lost_by_reason": {"EXPIRED": 2}},
    ],
)
def test_totals_that_do_not_add_up_are_refused(wrong):
    """INV-10, said in the domain; the database says it again."""
    with pytest.raises(UnbalancedTotalsError):
        Totals(**wrong)


@given(
    st.lists(
        st.builds(
            lambda stock, transit, accepted, lost, returned: some_totals(
                stock + transit + accepted + lost + returned,
                in_transit=transit,
                accepted=accepted,
                lost={"EXPIRED": lost},
                returned=returned,
            ),
            COUNTS,
            COUNTS,
            COUNTS,
            COUNTS,
            COUNTS,
        )
    )
)
def test_the_sum_of_what_adds_up_adds_up(parts):
    total = summed(parts)

    assert total.received == sum(part.received for part in parts)
    assert total.lost == sum(total.lost_by_reason.values())
