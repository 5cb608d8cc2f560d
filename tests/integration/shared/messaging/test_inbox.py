"""A message takes effect once, and none is lost on the way to its effect."""

from datetime import UTC, datetime
from typing import ClassVar

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shared.kernel.clock import FrozenClock
from shared.kernel.errors import DomainError
from shared.messaging.inbox import ATTEMPTS_MAX
from tests.support.envelopes import a_gift, in_envelope
from tests.support.service import a_service

GIFT = "donors.gift_announced.v1"


class NotYetError(DomainError):
    """It may pass."""

    code = "not_yet"
    transient: ClassVar[bool] = True


class NeverError(DomainError):
    """It will not pass."""

    code = "never"


def failing(times, problem):
    """An effect that writes its note and then fails, so many times."""
    left = [times]

    def effect(work, fact, _envelope):
        work.note(fact.gift_number)
        if left[0]:
            left[0] -= 1
            raise problem

    return effect


@pytest.fixture
def clock():
    return FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))


def test_a_redelivered_message_is_a_duplicate(database_url):
    """INV-07."""
    service = a_service(database_url, GIFT)
    message = in_envelope(a_gift("G-1"))

    service.station.inbox.take([message, message])
    service.station.inbox.take([message])

    assert service.notes() == ["G-1"]


def test_a_claim_is_forgotten_when_the_database_goes_away(database_url):
    """The broker keeps the message, so nothing of it may stay behind."""
    away = OperationalError("insert", {}, Exception("server closed"))
    service = a_service(database_url, GIFT, effect=failing(1, away))
    message = in_envelope(a_gift("G-1"))

    with pytest.raises(OperationalError):
        service.station.inbox.take([message])
    service.station.inbox.take([message])

    assert service.notes() == ["G-1"]


def test_one_failing_message_harms_no_other_of_its_batch(database_url, clock):
    service = a_service(
        database_url, GIFT, effect=failing(1, ValueError("bug")), clock=clock
    )

    service.station.inbox.take([in_envelope(a_gift(f"G-{n}")) for n in (1, 2, 3)])

    assert service.notes() == ["G-2", "G-3"]
    assert service.station.parking.counts() == (0, 1)


def test_what_failed_is_retried_only_when_it_is_due(database_url, clock):
    service = a_service(
        database_url, GIFT, effect=failing(1, NotYetError("wait")), clock=clock
    )
    service.station.inbox.take([in_envelope(a_gift("G-1"))])

    too_early = service.station.inbox.retry_due()
    clock.advance(seconds=1)
    in_time = service.station.inbox.retry_due()

    assert (too_early, in_time) == (0, 1)
    assert service.notes() == ["G-1"]
    assert service.station.parking.counts() == (0, 0)


def test_the_delay_grows_and_ends_in_the_parking(database_url, clock):
    service = a_service(
        database_url, GIFT, effect=failing(99, NotYetError("wait")), clock=clock
    )
    message = in_envelope(a_gift("G-1"))
    service.station.inbox.take([message])

    waits = []
    while service.station.parking.counts() == (0, 1):
        waiting = service.station.parking.show(message.message_id)
        waits.append((waiting.next_try_at - clock.now()).total_seconds())
        clock.set(waiting.next_try_at)
        service.station.inbox.retry_due()

    assert waits == [min(2**n, 600) for n in range(ATTEMPTS_MAX - 1)]
    (parked,) = service.station.parking.parked()
    assert parked.last_error == "NotYetError: wait"
    assert service.notes() == []


def test_a_refusal_no_time_can_cure_is_parked_at_once(database_url, clock):
    service = a_service(
        database_url, GIFT, effect=failing(1, NeverError("no")), clock=clock
    )

    service.station.inbox.take([in_envelope(a_gift("G-1"))])

    assert service.station.parking.counts() == (1, 0)


def test_a_body_that_does_not_fit_its_schema_is_parked(database_url):
    service = a_service(database_url, GIFT)
    message = in_envelope(a_gift("G-1"))
    message.body["expected"] = [{"product_code": "HYG-SOAP-B", "quantity": 0}]

    service.station.inbox.take([message])

    (parked,) = service.station.parking.parked()
    assert "Must be greater than or equal to 1" in parked.last_error


def test_a_released_message_takes_effect(database_url, clock):
    service = a_service(
        database_url, GIFT, effect=failing(1, NeverError("no")), clock=clock
    )
    message = in_envelope(a_gift("G-1"))
    service.station.inbox.take([message])

    service.station.parking.release(message.message_id)
    service.station.inbox.retry_due()

    assert service.notes() == ["G-1"]
    assert service.station.parking.counts() == (0, 0)


def test_nothing_is_announced_when_the_work_rolls_back(database_url):
    """INV-06."""
    service = a_service(database_url)

    def announce_then_fail():
        with service.working() as work:
            work.announce(a_gift("G-1"))
            raise NeverError("no")

    with pytest.raises(NeverError):
        announce_then_fail()

    with service.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM outbox")).scalar() == 0
