"""A broker that does the worst a broker may do, the same for the same seed.

It duplicates, reorders, delays and loses messages, forgets everything in flight
and is cut off in the middle of a batch. Healing is the only cure it leaves, and
it does not help with it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.exc import OperationalError

from shared.contracts.envelope import Envelope
from shared.kernel.clock import FrozenClock
from shared.messaging.journal import StoredEnvelope, read_envelope
from shared.messaging.station import Station
from tests.support.simulated_chance import Chance
from tests.support.simulated_power import PowerCut

BATCH_MAX = 8
STATEMENTS_MAX = 40
READ_MAX = 10_000
QUIET_ROUNDS_MAX = 100
RETRY_MINUTES = 11
"""Longer than the longest delay between two tries of a message."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How badly it behaves: what is likely for a message, a batch or a round."""

    loses: float = 0.08
    duplicates: float = 0.2
    delays: float = 0.5
    rounds_late_max: int = 8
    reorders: float = 0.6
    crashes: float = 0.02
    is_cut_off: float = 0.04
    heals: float = 0.12


PERFECT = Manners(0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way to one consumer, not before its round."""

    consumer: str
    envelope: Envelope
    due_round: int


class HostileBroker:
    """Stands between the stations of services that share one clock.

    ``did`` counts what it has done; ``on_fact`` is called with every envelope as
    soon as its source has committed it, in the order of the outbox.
    """

    def __init__(
        self,
        stations: Mapping[str, Station],
        clock: FrozenClock,
        chance: Chance,
        manners: Manners = Manners(),
    ) -> None:
        self.did: Counter[str] = Counter()
        self.on_fact: list[Callable[[Envelope], None]] = []
        self._stations = stations
        self._clock = clock
        self._chance = chance
        self._manners = manners
        self._round = 0
        self._read = dict.fromkeys(stations, 0)
        self._flying: list[Parcel] = []
        self._cuts = {
            name: PowerCut(station.database.engine)
            for name, station in stations.items()
        }

    @property
    def in_flight(self) -> int:
        """How many deliveries are still to come, duplicates among them."""
        return len(self._flying)

    def collect(self) -> None:
        """Take over what was said since; some of it is lost already."""
        types = sorted({t for s in self._stations.values() for t in _hears(s)})
        for source in self._stations:
            for stored in self._said(source, self._read[source], types, READ_MAX):
                self._read[source] = stored.position
                envelope = read_envelope(stored.envelope)
                for listener in self.on_fact:
                    listener(envelope)
                self._route(envelope)

    def do_round(self) -> None:
        """Collect, deliver what is due in any order, retry, perhaps crash or heal."""
        self._round += 1
        self.collect()
        if self._happens("crashed", self._manners.crashes):
            self._flying.clear()
        for consumer in self._stations:
            self._deliver(consumer)
            self._stations[consumer].inbox.retry_due()
            if self._happens("healed", self._manners.heals):
                self._heal(consumer)
        self.collect()

    def settle(self) -> None:
        """Let the services heal and retry until nobody has anything to say.

        What is in flight meanwhile stays in flight: it arrives later as a
        duplicate. Raises RuntimeError when they never come to rest.
        """
        for _ in range(QUIET_ROUNDS_MAX):
            healed = sum(self._heal(consumer) for consumer in self._stations)
            self.collect()
            waiting = sum(s.parking.counts()[1] for s in self._stations.values())
            if not healed + waiting:
                return
            self._clock.advance(minutes=RETRY_MINUTES)
            for station in self._stations.values():
                station.inbox.retry_due()
            self.collect()
        raise RuntimeError("The services never come to rest.")

    def _route(self, envelope: Envelope) -> None:
        for consumer, station in self._stations.items():
            if envelope.message_type in _hears(station):
                if self._happens("lost", self._manners.loses):
                    continue
                self._send(consumer, envelope)
                if self._happens("duplicated", self._manners.duplicates):
                    self._send(consumer, envelope)

    def _send(self, consumer: str, envelope: Envelope) -> None:
        due = self._round
        if self._happens("delayed", self._manners.delays):
            due += self._chance.between(1, self._manners.rounds_late_max)
        self._flying.append(Parcel(consumer, envelope, due))

    def _deliver(self, consumer: str) -> None:
        due = [
            parcel
            for parcel in self._flying
            if parcel.consumer == consumer and parcel.due_round <= self._round
        ]
        if len(due) > 1 and self._happens("reordered", self._manners.reorders):
            self._chance.shuffle(due)
        while due:
            size = self._chance.between(1, BATCH_MAX)
            batch, due = due[:size], due[size:]
            if self._take(consumer, batch):
                self._acknowledge(batch)

    def _take(self, consumer: str, batch: Sequence[Parcel]) -> bool:
        cut = self._cuts[consumer]
        if self._chance.happens(self._manners.is_cut_off):
            cut.after(self._chance.between(1, STATEMENTS_MAX))
        try:
            self._stations[consumer].inbox.take([each.envelope for each in batch])
        except OperationalError:
            self.did["cut off"] += 1
            return False
        finally:
            cut.call_off()
        self.did["delivered"] += len(batch)
        return True

    def _acknowledge(self, batch: Sequence[Parcel]) -> None:
        for parcel in batch:
            self._flying.remove(parcel)

    def _heal(self, consumer: str) -> int:
        station = self._stations[consumer]
        return sum(
            station.healer.heal(source, partial(self._said, source))
            for source in station.sources
        )

    def _said(
        self, source: str, position: int, types: Sequence[str], limit: int
    ) -> list[StoredEnvelope]:
        station = self._stations[source]
        with station.database.reading() as connection:
            return station.journal.after(
                connection,
                position,
                types=types,
                recorded_before=self._clock.now(),
                limit=limit,
            )

    def _happens(self, what: str, probability: float) -> bool:
        happens = self._chance.happens(probability)
        self.did[what] += happens
        return happens


def _hears(station: Station) -> tuple[str, ...]:
    return station.inbox.message_types
