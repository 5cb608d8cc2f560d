"""A service that stands for many tests takes nothing of one test into the next."""

from datetime import UTC, datetime

import pytest

from shared.database.database import Database
from tests.support.envelopes import a_gift
from tests.support.service import COMMANDS, MESSAGING, NotingService, NotingWork
from tests.support.standing import Standing

NOON = datetime(2026, 11, 20, 7, tzinfo=UTC)


def a_noting_service(surroundings, _registry):
    return NotingService(
        "inventory",
        surroundings,
        messaging=MESSAGING,
        commands=COMMANDS,
        work=NotingWork,
        hearings={},
    )


class Broker:
    """Confirms so many messages, then goes away."""

    def __init__(self, takes):
        self.published = []
        self._takes = takes

    def publish(self, _source, stored):
        if len(self.published) == self._takes:
            raise OSError("the broker is away")
        self.published.append(stored.position)


@pytest.fixture
def standing(database_url):
    database = Database(database_url)
    yield Standing(database, MESSAGING.outbox.metadata, a_noting_service, NOON)
    database.close()


def say(service, count):
    for number in range(count):
        with service.working() as work:
            work.announce(a_gift(f"G-{number}"))


def test_the_next_test_publishes_and_marks_its_own_messages_alone(standing):
    service, relay = standing.service, standing.service.station.relay
    standing.begin_again()
    say(service, 3)
    with pytest.raises(OSError, match="away"):
        relay.publish_batch(Broker(takes=2))

    standing.begin_again()
    say(service, 1)
    broker = Broker(takes=9)
    while relay.publish_batch(broker):
        say(service, 1 if len(broker.published) == 1 else 0)

    with standing.database.reading() as connection:
        unpublished = service.station.journal.unpublished(connection)[0]
    assert broker.published == [1, 2]
    assert unpublished == 0
