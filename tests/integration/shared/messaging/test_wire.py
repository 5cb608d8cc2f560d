"""Two services on a real broker: said here, heard there, whatever fails between."""

import eventlet
import pytest
from kombu import Connection, pools

from shared.messaging import embedded
from shared.messaging.broker import inbox_queue
from shared.messaging.consumer import STATION_KEY
from shared.messaging.container import SafeContainer
from shared.messaging.service import SpeakingService
from tests.support.envelopes import a_gift
from tests.support.service import a_service
from tests.support.waiting import wait_until

GIFT = "donors.gift_announced.v1"


class InventoryService(SpeakingService):
    name = "inventory"


class DonorsService(SpeakingService):
    name = "donors"


CLASSES = {"inventory": InventoryService, "donors": DonorsService}


@pytest.fixture
def started(broker_url):
    """Starts containers for services and stops them all at the end."""
    embedded.install()
    containers = []

    def start(service):
        container = SafeContainer(
            CLASSES[service.service],
            {
                "AMQP_URI": broker_url,
                "max_workers": 50,
                STATION_KEY: service.station,
            },
        )
        containers.append(container)
        container.start()
        return container

    yield start
    for stopping in [eventlet.spawn(container.stop) for container in containers]:
        stopping.wait()
    pools.reset()
    embedded.forget_everything()


def services(tmp_path, **options):
    donors = a_service(f"sqlite:///{tmp_path / 'donors.sqlite3'}", name="donors")
    inventory = a_service(
        f"sqlite:///{tmp_path / 'inventory.sqlite3'}", GIFT, **options
    )
    return donors, inventory


def announce(service, count):
    for number in range(count):
        with service.working() as work:
            work.announce(a_gift(f"G-{number:03}"))


def everything(count):
    return [f"G-{number:03}" for number in range(count)]


def test_what_is_committed_is_heard(started, tmp_path):
    donors, inventory = services(tmp_path)
    started(inventory)
    started(donors)

    announce(donors, 120)

    wait_until(lambda: len(inventory.notes()) >= 120, what="all gifts heard")
    assert inventory.notes() == everything(120)


def test_what_was_said_before_anybody_listened_is_healed(started, tmp_path):
    """No queue was bound yet, so the broker dropped it."""
    donors, inventory = services(tmp_path)
    started(donors)
    announce(donors, 3)
    wait_until(lambda: _unpublished(donors) == 0, what="the broker took and dropped it")

    started(inventory)

    wait_until(lambda: len(inventory.notes()) >= 3, what="gifts healed")
    assert inventory.notes() == everything(3)


def test_two_copies_of_a_consumer_share_the_work(started, tmp_path):
    donors, inventory = services(tmp_path)
    started(inventory)
    started(inventory)
    started(donors)

    announce(donors, 100)

    wait_until(lambda: len(inventory.notes()) >= 100, what="all gifts heard")
    assert inventory.notes() == everything(100)


def test_a_bug_neither_loses_nor_repeats_a_message(started, tmp_path):
    failures = [2]

    def buggy(work, fact, _envelope):
        work.note(fact.gift_number)
        if failures[0]:
            failures[0] -= 1
            raise ValueError("bug")

    donors, inventory = services(tmp_path, effect=buggy)
    started(inventory)
    started(donors)

    announce(donors, 5)

    wait_until(lambda: len(inventory.notes()) >= 5, what="all gifts heard")
    assert inventory.notes() == everything(5)


def test_what_is_no_envelope_stops_nobody(started, tmp_path, broker_url):
    donors, inventory = services(tmp_path)
    started(inventory)
    started(donors)
    queue = inbox_queue("inventory", [GIFT])

    with Connection(broker_url) as connection:
        producer = connection.Producer()
        producer.publish({"not": "an envelope"}, routing_key=queue.name)
    announce(donors, 2)

    wait_until(lambda: len(inventory.notes()) >= 2, what="all gifts heard")
    assert inventory.notes() == everything(2)


def _unpublished(service):
    with service.database.reading() as connection:
        return service.station.journal.unpublished(connection)[0]
