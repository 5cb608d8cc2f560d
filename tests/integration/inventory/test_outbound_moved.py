"""A consignment that goes on another day is picked for that day."""

from datetime import date

import pytest

from shared.contracts.distribution_v1 import (
    AllocationApproved,
    ConsignmentCancelled,
    ConsignmentMoved,
    ConsignmentPlanned,
)
from tests.support.store import TOMORROW, Store, a_share, an_id

NUMBER = "C-2026-0001"
NEW, LATER = date(2026, 12, 3), date(2026, 12, 10)


@pytest.fixture
def listed(store: Store) -> Store:
    lot = store.shelve("L1", {"A-01": 10})
    store.list_of(a_share(lot, 6), number=NUMBER)
    return store


def goes_on(store: Store) -> date:
    (found,) = store.app.outbound.pick_lists(None, after=None, limit=9)
    return found.planned_on


def test_the_pick_list_bears_the_new_day(listed: Store):
    assert goes_on(listed) == TOMORROW

    listed.hear(ConsignmentMoved(NUMBER, 1, NEW))

    assert goes_on(listed) == NEW


def test_an_older_move_heard_late_changes_nothing(listed: Store):
    listed.hear(ConsignmentMoved(NUMBER, 2, LATER))

    listed.hear(ConsignmentMoved(NUMBER, 1, NEW))

    assert goes_on(listed) == LATER


def test_a_move_heard_before_its_plan_waits_for_it(store: Store):
    lot = store.shelve("L1", {"A-01": 10})
    lines = (a_share(lot, 6),)
    store.hear(ConsignmentMoved(NUMBER, 1, NEW))
    assert store.waiting() == {"ConsignmentNotHeardOfError": False}

    store.hear(AllocationApproved(an_id("run"), TOMORROW, lines))
    store.hear(ConsignmentPlanned(NUMBER, "WOMENS-PRISON", TOMORROW, lines))
    store.clock.advance(minutes=1)
    store.app.station.inbox.retry_due()

    assert goes_on(store) == NEW


def test_a_move_heard_after_the_consignment_was_called_off_is_no_trouble(
    listed: Store,
):
    listed.hear(ConsignmentCancelled(NUMBER, "road closed"))

    listed.hear(ConsignmentMoved(NUMBER, 1, NEW))

    (found,) = listed.app.outbound.pick_lists(None, after=None, limit=9)
    assert found.status == "cancelled"
    assert listed.waiting() == {}
