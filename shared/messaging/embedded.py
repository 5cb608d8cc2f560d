"""``embedded://``: a kombu transport inside the process, for nameko.

kombu's own ``memory://`` polls once a second, gives messages no content type,
shares delivery tags between queues and forgets what was not acknowledged; each of
these stops nameko or loses messages. This transport wakes consumers at once and
puts unacknowledged messages back. What dies with the process is healed from the
outboxes (see healing.py).
"""

import socket
from collections import defaultdict
from collections.abc import Iterator
from queue import Empty
from threading import Event
from time import monotonic
from typing import Any, ClassVar

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, memory, virtual


class Message(virtual.Message):
    """A message that carries its content type, as nameko expects."""

    def __init__(self, payload: Any, channel: Any = None, **options: Any) -> None:
        super().__init__(payload, channel=channel, **options)
        self.properties.setdefault("content_type", self.content_type)


class Channel(memory.Channel):
    """A channel whose queues belong to the process, not to the channel."""

    Message = Message
    do_restore = True
    body_encoding = None
    listeners: ClassVar[dict[str, set[Any]]] = defaultdict(set)

    def _put(self, queue: str, message: dict[str, Any], **options: Any) -> None:
        """Give every queue its own copy with its own delivery tag."""
        properties = {
            **message["properties"],
            "delivery_tag": self._next_delivery_tag(),
        }
        super()._put(queue, {**message, "properties": properties}, **options)
        for transport in tuple(self.listeners[queue]):
            transport.wake.set()

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002  kombu passes it; nothing here waits
        message = super()._get(queue)
        message["properties"]["embedded_queue"] = queue
        return message

    def _restore(self, message: Any) -> None:
        raw = message.serializable()
        raw["redelivered"] = True
        self._put(message.properties["embedded_queue"], raw)

    def basic_publish(
        self,
        message: Any,
        exchange: str,
        routing_key: str,
        mandatory: bool = False,  # noqa: FBT001, FBT002  kombu's signature
        **options: Any,
    ) -> Any:
        """Publish; with ``mandatory`` raise ChannelError when no queue listens."""
        if mandatory and exchange and not self._lookup(exchange, routing_key):
            raise ChannelError(f"NO_ROUTE: no queue for {exchange} {routing_key}")
        return super().basic_publish(message, exchange, routing_key, **options)

    def basic_consume(self, queue: str, *arguments: Any, **options: Any) -> None:
        """Consume a queue and be woken when something arrives in it."""
        super().basic_consume(queue, *arguments, **options)
        self.listeners[queue].add(self.connection)
        self._wake()

    def basic_cancel(self, consumer_tag: str) -> None:
        """Stop consuming and being woken."""
        queue = self._tag_to_queue.get(consumer_tag)
        self.listeners[queue].discard(self.connection)
        super().basic_cancel(consumer_tag)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:  # noqa: FBT001, FBT002  kombu's signature
        """Acknowledge and let the next message in."""
        super().basic_ack(delivery_tag, multiple)
        self._wake()

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:  # noqa: FBT001, FBT002  kombu's signature
        """Give a message back, or drop it, and let the next one in."""
        super().basic_reject(delivery_tag, requeue)
        self._wake()

    def close(self) -> None:
        """Close this channel only: the queues outlive it."""
        virtual.Channel.close(self)

    def _wake(self) -> None:
        if self.connection is not None:
            self.connection.wake.set()


class Transport(memory.Transport):
    """Delivers at once when something is put, otherwise sleeps."""

    Channel = Channel
    global_state = virtual.BrokerState()
    recoverable_connection_errors = ()
    recoverable_channel_errors = ()
    driver_type = "embedded"
    driver_name = "embedded"

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)
        self.wake = Event()

    def drain_events(self, connection: Any, timeout: float | None = None) -> Any:  # noqa: ARG002  kombu's signature
        """Deliver one message; raise socket.timeout when none came in time."""
        for left in _time_left(timeout):
            self.wake.clear()
            try:
                return self.cycle.get(self._deliver, timeout=timeout)
            except Empty:
                self.wake.wait(left)
        raise socket.timeout  # noqa: UP041  kombu catches it by this name


def install() -> None:
    """Make ``embedded://`` known to kombu."""
    TRANSPORT_ALIASES["embedded"] = "shared.messaging.embedded:Transport"


def forget_everything() -> None:
    """Empty every queue, as a killed process does."""
    Channel.queues.clear()
    Channel.listeners.clear()
    Transport.global_state.clear()


def _time_left(timeout: float | None) -> Iterator[float | None]:
    end = None if timeout is None else monotonic() + timeout
    while end is None or monotonic() < end:
        yield None if end is None else max(0.0, end - monotonic())
