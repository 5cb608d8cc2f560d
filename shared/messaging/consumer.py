"""nameko's ears, made safe.

nameko acknowledges a message whose handler raised, and the message is lost
(ADR 0001). ``@listens`` hands over batches instead and acknowledges only after
the batch is committed; while the database is away it keeps the messages.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from eventlet import sleep
from eventlet.event import Event
from kombu import Connection
from kombu.message import Message
from marshmallow import ValidationError
from nameko.messaging import Consumer

from shared.contracts import envelope as envelopes
from shared.contracts.envelope import Envelope
from shared.messaging.broker import inbox_queue, parked_queue
from shared.messaging.station import Station

BATCH_MAX = 200
PAUSE_SECONDS = 1.0
GATHER_SECONDS = 0.04
"""Between two batches: what arrives close together costs one commit."""

APPLICATION_KEY = "KOMEK_APPLICATION"
STATION_KEY = "KOMEK_STATION"

log = structlog.get_logger()


class BatchListener(Consumer):
    """Collects what arrives on a service's inbox and hands it over in batches."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, **options)
        self._arrived: deque[tuple[Envelope, Message]] = deque()
        self._news = Event()
        self._stopping = False
        self._thread: Any = None

    def setup(self) -> None:
        """Declare the inbox by its pinned name."""
        station: Station = self.container.config[STATION_KEY]
        self.queue = inbox_queue(station.service, station.inbox.message_types)
        with Connection(self.container.config["AMQP_URI"]) as connection:
            parked_queue(station.service)(connection.channel()).declare()
        super().setup()

    def start(self) -> None:
        """Begin to hand over, then to consume."""
        self._thread = self.container.spawn_managed_thread(self._hand_over_for_ever)
        super().start()

    def stop(self) -> None:
        """Stop consuming, finish the batch in hand, give the rest back."""
        super().stop()
        self._stopping = True
        self._notify()
        self._thread.wait()

    def handle_message(self, body: Any, message: Message) -> None:
        """Keep a message for the next batch; reject what is no envelope."""
        try:
            envelope = envelopes.read(body)
        except ValidationError:
            log.exception("envelope_unreadable")
            message.reject()
            return
        self._arrived.append((envelope, message))
        self._notify()

    def _notify(self) -> None:
        if not self._news.ready():
            self._news.send()

    def _hand_over_for_ever(self) -> None:
        while not self._stopping:
            if not self._arrived:
                self._news.wait()
            # what came so far is taken below, so only what comes later is news
            self._news = Event()
            size = min(BATCH_MAX, len(self._arrived))
            if size:
                self._hand_over([self._arrived.popleft() for _ in range(size)])
            if len(self._arrived) < BATCH_MAX:
                sleep(GATHER_SECONDS)
        while self._arrived:
            self.queue_consumer.requeue_message(self._arrived.popleft()[1])

    def _hand_over(self, batch: list[tuple[Envelope, Message]]) -> None:
        """Let a batch take effect, however long the database is away."""
        while not self._take([envelope for envelope, _ in batch]):
            if self._stopping:
                for _, message in batch:
                    self.queue_consumer.requeue_message(message)
                return
            sleep(PAUSE_SECONDS)
        for _, message in batch:
            self.queue_consumer.ack_message(message)

    def _take(self, envelopes: list[Envelope]) -> bool:
        done = Event()
        self.container.spawn_worker(
            self,
            (envelopes,),
            {},
            handle_result=partial(self._note_result, done),
        )
        return bool(done.wait())

    def _note_result(
        self, done: Event, _context: Any, result: Any, exc_info: Any
    ) -> tuple[Any, Any]:
        done.send(exc_info is None)
        return result, exc_info


listens: Callable[..., Any] = BatchListener.decorator
