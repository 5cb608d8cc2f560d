"""What was said reaches the broker in order, and is marked with few commits."""

import pytest
from sqlalchemy import event, text

from shared.messaging.journal import SAID
from tests.support.envelopes import a_gift
from tests.support.service import a_service


class Broker:
    """Keeps what it confirmed; with ``takes`` it goes away after so many messages."""

    def __init__(self):
        self.published = []
        self.takes = None

    def publish(self, _source, stored):
        if self.takes is not None and len(self.published) == self.takes:
            raise OSError("the broker is away")
        self.published.append(stored.position)


def announce(service, *numbers):
    for number in numbers:
        with service.working() as work:
            work.announce(a_gift(number))


def announce_and_fail(service):
    with service.working() as work:
        work.announce(a_gift("G-1"))
        raise KeyError


def unpublished(service):
    with service.database.reading() as connection:
        return service.station.journal.unpublished(connection)[0]


def publish_all(service, broker):
    while service.station.relay.publish_batch(broker):
        continue


def test_what_was_said_is_published_once_and_in_order(database_url):
    service, broker = a_service(database_url), Broker()
    announce(service, "G-1", "G-2")
    publish_all(service, broker)
    announce(service, "G-3")
    publish_all(service, broker)

    assert broker.published == [1, 2, 3]
    assert unpublished(service) == 0


def test_many_batches_are_marked_in_one_commit(tmp_path):
    service, broker = a_service(f"sqlite:///{tmp_path / 'one.sqlite3'}"), Broker()
    commits = []
    announce(service, "G-1")
    service.station.relay.publish_batch(broker)
    announce(service, "G-2")
    service.station.relay.publish_batch(broker)

    event.listen(service.database.engine, "commit", commits.append)
    publish_all(service, broker)

    assert len(commits) == 1
    assert unpublished(service) == 0


def test_a_broker_that_goes_away_in_the_middle_gets_the_rest_later(database_url):
    service, broker = a_service(database_url), Broker()
    announce(service, "G-1", "G-2", "G-3")
    broker.takes = 2
    with pytest.raises(OSError, match="away"):
        publish_all(service, broker)

    broker.takes = None
    publish_all(service, broker)

    assert set(broker.published) == {1, 2, 3}
    assert unpublished(service) == 0


def test_what_a_killed_process_had_not_marked_is_published_again(tmp_path):
    """At least once: the inbox of each listener drops the second."""
    url = f"sqlite:///{tmp_path / 'one.sqlite3'}"
    killed, broker = a_service(url), Broker()
    announce(killed, "G-1")
    killed.station.relay.publish_batch(broker)

    publish_all(a_service(url), broker)

    assert broker.published == [1, 1]


def test_only_a_commit_that_said_something_wakes_the_relay(database_url):
    service, woken = a_service(database_url), []
    service.database.on_commit(lambda: woken.append(1), SAID)

    with service.working() as work:
        work.note("nothing was said")
    assert woken == []
    announce(service, "G-1")
    assert woken == [1]


def test_what_was_rolled_back_wakes_nobody_later(database_url):
    service, woken = a_service(database_url), []
    service.database.on_commit(lambda: woken.append(1), SAID)

    with pytest.raises(KeyError):
        announce_and_fail(service)
    with service.working() as work:
        work.note("nothing was said")

    assert woken == []
    with service.database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM outbox")) == 0
