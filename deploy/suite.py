"""The composition root: services put together into a process.

Embedded, one process hosts all three; in production each has its own. The code
is the same: only the list of services and the settings differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry

import services
from deploy.settings import Settings
from shared.database.database import Database
from shared.database.migrating import upgrade
from shared.kernel.clock import Clock, SystemClock
from shared.kernel.identity import IdSource, UUIDv7Source
from shared.messaging.station import Surroundings
from shared.telemetry.metrics import MessagingMetrics


@dataclass(frozen=True, slots=True)
class World:
    """Time, ids and metrics of a process; a demo or a test brings its own."""

    clock: Clock
    ids: IdSource
    registry: CollectorRegistry
    metrics: MessagingMetrics

    @classmethod
    def real(cls) -> "World":
        """Give the world as it is."""
        return cls.of(SystemClock())

    @classmethod
    def of(cls, clock: Clock, ids: IdSource | None = None) -> "World":
        """Make a world with a clock, and perhaps ids, of one's own."""
        registry = CollectorRegistry()
        metrics = MessagingMetrics(registry)
        return cls(clock, ids or UUIDv7Source(clock), registry, metrics)


def build_service(name: str, settings: Settings, world: World) -> Any:
    """Build one service on its configured database, brought up to date."""
    settings.prepare_data()
    database = Database(settings.database_urls[name])
    surroundings = Surroundings(database, world.clock, world.ids, world.metrics)
    upgrade(database, migrations_of(name))
    wiring = import_module(f"services.{name}.wiring")
    return wiring.build(surroundings, world.registry)


def migrations_of(name: str) -> Path:
    """Give the folder of a service's migrations."""
    return Path(services.__file__).parent / name / "migrations"


def build_services(
    names: Sequence[str], settings: Settings, world: World
) -> dict[str, Any]:
    """Build several services in one world."""
    return {name: build_service(name, settings, world) for name in names}
