"""Names on the broker, and a publisher that waits for its confirmation.

Names are contracts: a durable queue outlives the code that declared it, so they
are written here by hand and pinned by a test (ADR 0003).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from kombu import Connection, Exchange, Queue, binding
from kombu.pools import producers

from shared.messaging.journal import StoredEnvelope

DELIVERIES_MAX = 20
PUBLISH_RETRIES_MAX = 3


@cache
def exchange_of(source: str) -> Exchange:
    """Give the exchange a service says its facts on."""
    return Exchange(f"{source}.events", type="topic", durable=True, delivery_mode=2)


def inbox_queue(service: str, message_types: Sequence[str]) -> Queue:
    """Give the one queue a service hears everything from.

    On RabbitMQ it is a quorum queue; a message that crashes its consumer again
    and again ends in ``<service>.inbox.parked`` instead of spinning.
    """
    bindings = [
        binding(exchange_of(each.split(".")[0]), routing_key=each)
        for each in message_types
    ]
    return Queue(
        f"{service}.inbox",
        bindings=bindings,
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERIES_MAX,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": parked_queue(service).name,
        },
    )


def parked_queue(service: str) -> Queue:
    """Give the queue that keeps what crashed its consumer too often."""
    return Queue(
        f"{service}.inbox.parked",
        durable=True,
        queue_arguments={"x-queue-type": "quorum"},
    )


class BrokerPublisher:
    """Publishes stored envelopes and returns when the broker confirmed."""

    def __init__(self, broker_url: str) -> None:
        self._connection = Connection(
            broker_url,
            transport_options={
                "confirm_publish": True,
                "max_retries": PUBLISH_RETRIES_MAX,
                "interval_start": 0.2,
                "interval_step": 0.5,
                "interval_max": 2,
            },
        )

    def publish(self, source: str, stored: StoredEnvelope) -> None:
        """Send one message; raise kombu's OperationalError when it is refused.

        A fact nobody has bound a queue to yet is dropped by the broker and
        healed later from the outbox.
        """
        with producers[self._connection].acquire(block=True) as producer:
            publish: Any = producer.publish
            publish(
                stored.envelope,
                exchange=exchange_of(source),
                routing_key=stored.message_type,
                declare=[exchange_of(source)],
                content_type="application/json",
                content_encoding="utf-8",
                retry=True,
                retry_policy={"max_retries": PUBLISH_RETRIES_MAX},
            )
