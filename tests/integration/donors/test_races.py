"""Many at once: no number twice, no state lost, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.donors.application.announce_gift import AnnounceGift, announce_gift
from services.donors.domain.promise import Line
from tests.integration.donors.programme import SOAP, a_lot

AT_ONCE = 16


@pytest.fixture
def crowd():
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        yield crowd


@pytest.fixture(autouse=True)
def _a_programme(programme):
    programme.has_products()
    programme.registers("ORCHARD")


def announce(programme, name, quantity):
    wish = AnnounceGift("ORCHARD", [Line(SOAP, quantity)], None)
    answer = programme.perform(name, lambda work: announce_gift(work, wish))
    return answer["gift_number"]


def test_gifts_announced_at_once_get_numbers_of_their_own(programme, crowd):
    numbers = list(
        crowd.map(lambda i: announce(programme, f"gift {i}", i), range(1, AT_ONCE + 1))
    )

    assert sorted(numbers) == [f"G-2026-{i:03d}" for i in range(1, AT_ONCE + 1)]


def test_one_command_sent_many_times_at_once_announces_once(programme, donors, crowd):
    numbers = crowd.map(lambda _: announce(programme, "gift", 5), range(AT_ONCE))

    assert set(numbers) == {"G-2026-001"}
    assert len(donors.queries.gifts(100).accounts) == 1


def test_states_of_a_lot_heard_at_once_end_in_the_newest(programme, donors, crowd):
    number = announce(programme, "gift", 100)
    states = [
        a_lot("lot", version, number, accepted=version)
        for version in range(1, AT_ONCE + 1)
    ]
    list(crowd.map(programme.hears, states[::2] + states[1::2]))

    (lot,) = donors.queries.gift(number).lots
    assert (lot.version, lot.totals.accepted) == (AT_ONCE, AT_ONCE)
    assert donors.station.parking.counts() == (0, 0)
    assert not any(check["violations"] for check in donors.verify())


def test_every_change_is_counted(programme, donors, crowd):
    number = announce(programme, "gift", 100)
    before = donors.queries.versions().counters
    lots = [a_lot(f"lot {i}", 1, number, received=1) for i in range(AT_ONCE)]
    list(crowd.map(programme.hears, lots))

    after = donors.queries.versions().counters
    assert after["ORCHARD"] - before["ORCHARD"] == AT_ONCE
