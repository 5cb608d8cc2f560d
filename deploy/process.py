"""A running process: its containers, its one listener, and how it ends."""

import gc
import signal
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import eventlet
import structlog
from eventlet import tpool

from deploy.listening import Listening
from deploy.settings import Settings
from deploy.sites import build_site, navigation_of
from deploy.suite import World, build_services
from shared.database.database import Database
from shared.identity.identity import Identity
from shared.messaging import embedded
from shared.messaging.consumer import APPLICATION_KEY, STATION_KEY
from shared.messaging.container import SafeContainer
from shared.telemetry.metrics import tell_build
from shared.web.account import build_account_app
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from shared.web.server import mount

WORKERS_MAX = 200
START_PAUSE_SECONDS = 2
LOOK_SECONDS = 0.2
GRACE_SECONDS = 10
GARBAGE_MIN = 5_000
"""Of so many new objects those that nobody holds are looked for."""

log = structlog.get_logger()


class ServiceProcess:
    """Hosts some services: starts them, serves them, ends them without loss."""

    def __init__(
        self, settings: Settings, names: Sequence[str], world: World | None = None
    ) -> None:
        self.settings = settings
        self.world = world or World.real()
        self.identity = open_identity(settings, self.world)
        self.services = build_services(names, settings, self.world)
        tell_build(self.world.registry, "+".join(names), settings.commit)
        self._containers: list[SafeContainer] = []
        self._is_ending = False

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then finish what is in flight."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        listening = self._open_listeners()
        self._start_containers()
        _set_aside_what_stays()
        listening.tell()
        while not self._is_ending:
            eventlet.sleep(LOOK_SECONDS)
        log.info("process_ending")
        listening.stop(GRACE_SECONDS)
        stopping = [eventlet.spawn(each.stop) for each in self._containers]
        for each in stopping:
            each.wait()
        for service in self.services.values():
            service.database.close()
        log.info("process_ended")

    def _end(self, *_: object) -> None:
        self._is_ending = True

    def _start_containers(self) -> None:
        """Start one container a service; a broker that is away is waited for."""
        embedded.install()
        for name, service in self.services.items():
            service.station.measure()
            self._containers.append(self._started(name, service))

    def _started(self, name: str, service: Any) -> SafeContainer:
        service_class = getattr(
            import_module(f"services.{name}.entrypoints.messages"),
            f"{name.capitalize()}Service",
        )
        config = {
            "AMQP_URI": self.settings.broker_url,
            "max_workers": WORKERS_MAX,
            APPLICATION_KEY: service,
            STATION_KEY: service.station,
        }
        while True:
            container = SafeContainer(service_class, config)
            try:
                container.start()
            except OSError as problem:
                log.warning("broker_not_there_yet", problem=str(problem))
                eventlet.sleep(START_PAUSE_SECONDS)
            else:
                return container

    def _open_listeners(self) -> Listening:
        """Take the ports; sign-in and static files are answered by every process."""
        listening = Listening(self.settings, self.world.clock)
        parts = self._web_parts(listening)
        sites = {
            f"/{name}": build_site(name, service, parts, self._checks(service))
            for name, service in self.services.items()
        }
        app = mount(build_account_app(parts), sites)
        listening.open(app, parts)
        return listening

    def _checks(self, service: Any) -> Mapping[str, Any]:
        return {
            "database": service.database.is_reachable,
            "broker": self._is_listening,
        }

    def _is_listening(self) -> bool:
        return len(self._containers) == len(self.services)

    def _web_parts(self, listening: Listening) -> WebParts:
        return WebParts(
            identity=self.identity,
            clock=self.world.clock,
            ids=self.world.ids,
            metrics=HttpMetrics(self.world.registry),
            navigation=navigation_of(list(self.services)),
            settings=listening.web_settings(),
            trust=listening.trust(),
            breathe=lambda: eventlet.sleep(0),
        )


def _set_aside_what_stays() -> None:
    """Let the search for garbage pass over what lives as long as the process.

    Each full search looked through a million such objects, and every request waited
    for it: a third of a second, several times a minute under load.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_MIN)


def open_identity(settings: Settings, world: World) -> Identity:
    """Open the accounts' database, brought up to date."""
    settings.prepare_data()
    identity = Identity(
        Database(settings.database_urls["identity"]),
        world.clock,
        world.ids,
        tpool.execute,
    )
    identity.ensure_schema()
    return identity
