"""The hostile broker is as bad as it says; without it a simulation proves nothing."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.kernel.clock import FrozenClock
from tests.support.envelopes import a_gift
from tests.support.service import a_service, close_all
from tests.support.simulated_broker import PERFECT, HostileBroker
from tests.support.simulated_chance import Chance

GIFT = "donors.gift_announced.v1"
GIFTS = [f"G-{number:02d}" for number in range(20)]


class Wire:
    """A speaker, a listener that notes what it hears in order, and a broker."""

    def __init__(self, folder, **manners):
        self.heard = []
        self.clock = FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
        url = f"sqlite:///{folder}"
        self.speaker = a_service(f"{url}/donors.db", name="donors", clock=self.clock)
        self.listener = a_service(
            f"{url}/inventory.db", GIFT, clock=self.clock, effect=self._hear
        )
        services = {"donors": self.speaker, "inventory": self.listener}
        self.broker = HostileBroker(
            {name: each.station for name, each in services.items()},
            self.clock,
            Chance(7),
            replace(PERFECT, **manners),
        )

    def say(self, numbers=GIFTS):
        with self.speaker.working() as work:
            for number in numbers:
                work.announce(a_gift(number))

    def pass_rounds(self, times):
        for _ in range(times):
            self.broker.do_round()

    def _hear(self, work, fact, _envelope):
        self.heard.append(fact.gift_number)
        work.note(fact.gift_number)


@pytest.fixture
def wire(tmp_path):
    yield lambda **manners: Wire(tmp_path, **manners)
    close_all()


def test_with_perfect_manners_everything_arrives_once_and_in_order(wire):
    wire = wire()
    wire.say()

    wire.pass_rounds(1)

    assert wire.heard == GIFTS
    assert wire.broker.in_flight == 0


def test_it_loses_messages_until_somebody_heals(wire):
    wire = wire(loses=0.5)
    wire.say()

    wire.pass_rounds(10)
    lost = set(GIFTS) - set(wire.listener.notes())
    wire.broker.settle()

    assert len(lost) == wire.broker.did["lost"] > 0
    assert wire.listener.notes() == GIFTS


def test_it_delivers_twice_what_takes_effect_once(wire):
    wire = wire(duplicates=1)
    wire.say()

    wire.pass_rounds(1)

    assert wire.broker.did["delivered"] == 2 * len(GIFTS)
    assert wire.listener.notes() == GIFTS


def test_it_delivers_out_of_order(wire):
    wire = wire(reorders=1)
    wire.say()

    wire.pass_rounds(1)

    assert sorted(wire.heard) == GIFTS != wire.heard


def test_it_delivers_late_but_not_too_late(wire):
    wire = wire(delays=1, rounds_late_max=3)
    wire.say()

    wire.pass_rounds(1)
    at_once = len(wire.heard)
    wire.pass_rounds(3)

    assert at_once < len(wire.heard) == len(GIFTS)


def test_a_crash_forgets_what_is_in_flight(wire):
    wire = wire(delays=1, rounds_late_max=3, crashes=1)
    wire.say()

    wire.pass_rounds(5)
    heard = list(wire.heard)
    wire.broker.settle()

    assert (heard, wire.listener.notes()) == ([], GIFTS)


def test_a_batch_that_is_cut_off_takes_effect_later_and_once(wire):
    wire = wire(is_cut_off=0.5)
    wire.say()

    wire.pass_rounds(40)

    assert wire.broker.did["cut off"] > 0
    assert max(Counter(wire.heard).values()) > 1, "an effect was rolled back"
    assert wire.listener.notes() == GIFTS


def test_it_shows_every_fact_to_who_watches_even_a_lost_one(wire):
    wire = wire(loses=1)
    watched = []
    wire.broker.on_fact.append(lambda envelope: watched.append(envelope.body))
    wire.say()

    wire.pass_rounds(2)

    assert [body["gift_number"] for body in watched] == GIFTS


def test_the_same_seed_does_the_same_again(tmp_path):
    manners = {"loses": 0.3, "duplicates": 0.3, "delays": 0.5, "rounds_late_max": 4}
    heard = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        wire = Wire(folder, **manners, reorders=0.5)
        wire.say()
        wire.pass_rounds(6)
        heard.append(wire.heard)
    close_all()

    assert heard[0] == heard[1] != GIFTS
