"""What every nameko service of the suite does besides its own work."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from eventlet import Timeout, sleep
from eventlet.event import Event
from nameko.exceptions import UnknownService
from nameko.extensions import DependencyProvider
from nameko.rpc import ReplyListener, ServiceProxy, rpc
from nameko.timer import timer

from shared.contracts.envelope import Envelope
from shared.kernel.clock import SystemClock
from shared.messaging.broker import BrokerPublisher
from shared.messaging.consumer import APPLICATION_KEY, STATION_KEY, listens
from shared.messaging.journal import SAID, StoredEnvelope
from shared.messaging.relay import RELAY_BATCH_MAX
from shared.messaging.station import Station

RELAY_IDLE_SECONDS = 1.0
RELAY_MARK_SECONDS = 0.25
"""After the last message of a while it is marked as published this soon."""

RELAY_GATHER_SECONDS = 0.02
"""Between two batches: what is said close together costs one look at the outbox."""

RELAY_PAUSE_SECONDS = 2.0
HEAL_SECONDS = 2
RETRY_SECONDS = 1
SETTLED = timedelta(seconds=2)
RPC_SECONDS_MAX = 5
LOOK_SECONDS = 0.02

log = structlog.get_logger()


class NoAnswerError(Exception):
    """A source could not be asked now."""


class OutboxRelay(DependencyProvider):
    """Publishes the outbox as long as the container runs; injects nothing."""

    def setup(self) -> None:
        """Listen for commits, so that a fact leaves at once."""
        self._station: Station = self.container.config[STATION_KEY]
        self._publisher = BrokerPublisher(self.container.config["AMQP_URI"])
        self._stopping = False
        self._news = Event()
        self._station.database.on_commit(self._notify, SAID)

    def start(self) -> None:
        """Begin to publish."""
        self._thread = self.container.spawn_managed_thread(self._publish_for_ever)

    def stop(self) -> None:
        """Publish what is there, then stop."""
        self._stopping = True
        self._notify()
        self._thread.wait()

    def _notify(self) -> None:
        if not self._news.ready():
            self._news.send()

    def _publish_for_ever(self) -> None:
        while True:
            size = self._publish_batch()
            if self._stopping and not size:
                return
            if size < RELAY_BATCH_MAX and not self._stopping:
                self._wait(RELAY_MARK_SECONDS if size else RELAY_IDLE_SECONDS)

    def _wait(self, seconds: float) -> None:
        """Wait for news, but let what is said close together gather first."""
        sleep(RELAY_GATHER_SECONDS)
        with Timeout(seconds, exception=False):
            self._news.wait()
        self._news = Event()

    def _publish_batch(self) -> int:
        """Publish what waits; when the broker or database is away, pause."""
        try:
            return self._station.relay.publish_batch(self._publisher)
        except Exception as problem:  # noqa: BLE001  the outbox keeps everything
            log.warning("relay_paused", problem=str(problem))
            if not self._stopping:
                sleep(RELAY_PAUSE_SECONDS)
            return 0


class StationProvider(DependencyProvider):
    """Gives a worker its service's station."""

    def get_dependency(self, _context: Any) -> Station:
        """Give the station that the composition root put into the container."""
        station: Station = self.container.config[STATION_KEY]
        return station


class ApplicationProvider(DependencyProvider):
    """Gives a worker its service's application."""

    def get_dependency(self, _context: Any) -> Any:
        """Give the application that the composition root put into the container."""
        return self.container.config[APPLICATION_KEY]


class Sources(DependencyProvider):
    """Gives a worker a way to ask any other service, whose name is only known now."""

    reply_listener = ReplyListener()

    def get_dependency(self, context: Any) -> Callable[..., list[StoredEnvelope]]:
        """Give a function that asks a source for what it said after a position.

        It raises NoAnswerError when the source is away, slow, or when this
        container is stopping meanwhile: healing can wait for the next round.
        """

        def ask(source: str, *question: Any) -> list[StoredEnvelope]:
            proxy = ServiceProxy(context, source, self.reply_listener)
            try:
                reply = proxy.messages_after.call_async(*question)
            except UnknownService as problem:
                raise NoAnswerError(str(problem)) from problem
            self._wait_for(reply)
            return [
                StoredEnvelope(position, message_type, envelope, UUID(message_id))
                for position, message_type, envelope, message_id in reply.result()
            ]

        return ask

    def _wait_for(self, reply: Any) -> None:
        with Timeout(RPC_SECONDS_MAX, NoAnswerError("No answer in time.")):
            while not reply.reply_event.ready():
                if self.container.is_stopping:
                    raise NoAnswerError("The container is stopping.")
                sleep(LOOK_SECONDS)


class SpeakingService:
    """A nameko service that says what it commits, hears the others and heals.

    A concrete service adds its ``name``; what its messages do stands in its
    wiring.
    """

    station: Station = StationProvider()
    sources: Callable[..., list[StoredEnvelope]] = Sources()
    relay = OutboxRelay()

    @listens()
    def hear(self, batch: Sequence[Envelope]) -> None:
        """Let a batch of messages take effect, each once."""
        self.station.inbox.take(batch)

    @rpc
    def messages_after(
        self, position: int, types: list[str], limit: int
    ) -> list[list[Any]]:
        """Answer a consumer that asks what it may have missed."""
        settled = SystemClock().now() - SETTLED
        with self.station.database.reading() as connection:
            stored = self.station.journal.after(
                connection,
                position,
                types=types,
                recorded_before=settled,
                limit=limit,
            )
        return [
            [each.position, each.message_type, each.envelope, str(each.message_id)]
            for each in stored
        ]

    @timer(interval=RETRY_SECONDS)
    def retry_waiting(self) -> None:
        """Try again what failed and is due."""
        self.station.inbox.retry_due()

    @timer(interval=HEAL_SECONDS, eager=True)
    def heal(self) -> None:
        """Ask every source for what the broker may have lost."""
        for source in self.station.sources:
            try:
                self.station.healer.heal(source, partial(self.sources, source))
            except NoAnswerError as problem:
                log.debug("healing_postponed", source=source, problem=str(problem))
