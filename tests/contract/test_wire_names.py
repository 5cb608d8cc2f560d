"""Names on the broker outlive the code that declared them (ADR 0003)."""

import pytest

from shared.messaging.broker import exchange_of, inbox_queue, parked_queue

PINNED = {
    "inventory": ("inventory.events", "inventory.inbox", "inventory.inbox.parked"),
    "distribution": (
        "distribution.events",
        "distribution.inbox",
        "distribution.inbox.parked",
    ),
    "donors": ("donors.events", "donors.inbox", "donors.inbox.parked"),
}


@pytest.mark.parametrize("service", sorted(PINNED))
def test_exchange_and_queues_are_what_they_were(service):
    names = (
        exchange_of(service).name,
        inbox_queue(service, []).name,
        parked_queue(service).name,
    )

    assert names == PINNED[service]


def test_an_inbox_is_durable_counted_and_parked():
    arguments = inbox_queue("donors", []).queue_arguments

    assert inbox_queue("donors", []).durable
    assert arguments == {
        "x-queue-type": "quorum",
        "x-delivery-limit": 20,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": "donors.inbox.parked",
    }


def test_the_routing_key_is_the_message_type():
    (bound,) = inbox_queue("donors", ["inventory.stock_changed.v1"]).bindings

    assert bound.exchange.name == "inventory.events"
    assert bound.routing_key == "inventory.stock_changed.v1"
