"""What the broker lost is asked for again."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import event, text

from shared.kernel.clock import FrozenClock
from shared.messaging.journal import read_envelope
from tests.support.envelopes import a_gift
from tests.support.service import a_service

GIFT = "donors.gift_announced.v1"
LATER = timedelta(minutes=1)


def asking(source, *, recorded_before):
    """Answer as the source's RPC does."""

    def messages_after(position, types, limit):
        with source.database.reading() as connection:
            return source.station.journal.after(
                connection,
                position,
                types=types,
                recorded_before=recorded_before,
                limit=limit,
            )

    return messages_after


def two_services(database_url, tmp_path, clock):
    donors = a_service(database_url, name="donors", clock=clock)
    inventory = a_service(f"sqlite:///{tmp_path / 'other.sqlite3'}", GIFT, clock=clock)
    return donors, inventory


def announce(service, *numbers):
    for number in numbers:
        with service.working() as work:
            work.announce(a_gift(number))


def test_messages_that_never_arrived_take_effect(database_url, tmp_path):
    clock = FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    donors, inventory = two_services(database_url, tmp_path, clock)
    announce(donors, "G-1", "G-2", "G-3")

    healed = inventory.station.healer.heal(
        "donors", asking(donors, recorded_before=clock.now() + LATER)
    )

    assert healed == 3
    assert inventory.notes() == ["G-1", "G-2", "G-3"]


def test_healing_reads_on_from_where_it_was(database_url, tmp_path):
    clock = FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    donors, inventory = two_services(database_url, tmp_path, clock)
    ask = asking(donors, recorded_before=clock.now() + LATER)
    announce(donors, "G-1")
    inventory.station.healer.heal("donors", ask)

    announce(donors, "G-2")
    healed = inventory.station.healer.heal("donors", ask)

    assert healed == 1
    assert inventory.notes() == ["G-1", "G-2"]


def test_what_was_heard_already_costs_no_second_claim(database_url, tmp_path):
    clock = FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    donors, inventory = two_services(database_url, tmp_path, clock)
    ask = asking(donors, recorded_before=clock.now() + LATER)
    announce(donors, "G-1", "G-2")
    said = [read_envelope(each.envelope) for each in ask(0, [GIFT], 10)]
    inventory.station.inbox.take(said[:1])
    claims = []

    @event.listens_for(inventory.database.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_):
        claims.extend([statement] if statement.startswith("INSERT INTO inbox") else [])

    inventory.station.healer.heal("donors", ask)

    assert len(claims) == 1
    assert inventory.notes() == ["G-1", "G-2"]


def test_what_has_only_just_been_said_is_left_to_the_broker(database_url, tmp_path):
    clock = FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    donors, inventory = two_services(database_url, tmp_path, clock)
    announce(donors, "G-1")

    ask = asking(donors, recorded_before=clock.now() - LATER)

    assert inventory.station.healer.heal("donors", ask) == 0


def test_a_slow_writer_is_not_passed_over(postgres_url, tmp_path):
    """A lower position may commit after a higher one: a bare cursor would skip it."""
    clock = FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    donors, inventory = two_services(postgres_url, tmp_path, clock)
    ask = asking(donors, recorded_before=clock.now() + LATER)

    with donors.working() as slow:
        slow.announce(a_gift("G-1"))
        announce(donors, "G-2")
        while_open = inventory.station.healer.heal("donors", ask)
    afterwards = inventory.station.healer.heal("donors", ask)

    assert (while_open, afterwards) == (0, 2)
    assert inventory.notes() == ["G-1", "G-2"]


def test_healed_messages_are_in_no_outbox(database_url, tmp_path):
    """Hearing is not saying."""
    clock = FrozenClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    donors, inventory = two_services(database_url, tmp_path, clock)
    announce(donors, "G-1")

    inventory.station.healer.heal(
        "donors", asking(donors, recorded_before=clock.now() + LATER)
    )

    with inventory.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM outbox")).scalar() == 0
