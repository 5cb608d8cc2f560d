"""Services that are built once a run; every test meets them on their first day.

What a service knows stands in its database, so its rows, its clock and its ids are what
has to go back. Building one with its site takes 200 ms.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import UUID

from prometheus_client import CollectorRegistry
from sqlalchemy import MetaData

from shared.database.database import Database
from shared.kernel.clock import Clock, FrozenClock
from shared.kernel.identity import SeededIdSource
from shared.messaging.application import Application
from shared.messaging.relay import Relay
from shared.messaging.station import Surroundings
from shared.telemetry.metrics import MessagingMetrics
from tests.support.first_day import keep_first_day
from tests.support.postgres import PostgresServer

ServiceT = TypeVar("ServiceT", bound=Application[Any])


class StandingIds:
    """Ids that are the same again in every test, and never those of the first day."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self._clock = clock
        self._seed = seed
        self._source = SeededIdSource(clock, seed)

    def begin_again(self) -> None:
        """Give from now on what the last test was given."""
        self._source = SeededIdSource(self._clock, self._seed + 1)

    def new_id(self) -> UUID:
        return self._source.new_id()


class Standing(Generic[ServiceT]):
    """One service on one database."""

    def __init__(
        self,
        database: Database,
        metadata: MetaData,
        build: Callable[[Surroundings, CollectorRegistry], ServiceT],
        first_day: datetime,
    ) -> None:
        metadata.create_all(database.engine)
        self.database = database
        self.clock = FrozenClock(first_day)
        self.ids = StandingIds(self.clock, seed=1)
        self.registry = CollectorRegistry()
        metrics = MessagingMetrics(CollectorRegistry())
        self.surroundings = Surroundings(database, self.clock, self.ids, metrics)
        self.service = build(self.surroundings, self.registry)
        self._first_day = first_day
        self._put_back = keep_first_day(database)

    def begin_again(self) -> None:
        """Take back whatever the last test did."""
        self._put_back()
        self.clock.set(self._first_day)
        self.ids.begin_again()
        forget_published(self.service.station.relay)


def forget_published(relay: Relay) -> None:
    """Take from a relay what it holds in mind of rows that were taken back.

    It would pass over new messages at their positions, or mark them as published.
    """
    relay._confirmed.clear()
    relay._published_up_to = 0


class StandingServices(Generic[ServiceT]):
    """One service on each kind of database, made when a test first asks for it."""

    def __init__(
        self, folder: Path, make: Callable[[Database], Standing[ServiceT]]
    ) -> None:
        self._folder = folder
        self._make = make
        self._made: dict[PostgresServer | None, Standing[ServiceT]] = {}

    def on(self, server: PostgresServer | None) -> Standing[ServiceT]:
        """Give the one on this server, or in a file; it is on its first day."""
        if server not in self._made:
            in_file = f"sqlite:///{self._folder / 'standing.sqlite3'}"
            url = server.create_database() if server else in_file
            self._made[server] = self._make(Database(url))
        self._made[server].begin_again()
        return self._made[server]

    def close(self) -> None:
        """Let go of every connection."""
        for standing in self._made.values():
            standing.database.close()


class CountedSince:
    """What a registry has counted since now: it outlives the test that asks."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._before = {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in registry.collect()
            for sample in family.samples
        }

    def get_sample_value(self, name: str, labels: dict[str, str]) -> float | None:
        """As the registry's own, less what was counted before."""
        value = self._registry.get_sample_value(name, labels)
        before = self._before.get((name, frozenset(labels.items())), 0)
        return None if value is None else value - before
