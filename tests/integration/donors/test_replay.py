"""What is built from messages alone can be built again, in any order."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies

from services.donors.adapters.built import built_from_messages
from services.donors.adapters.tables import MESSAGING
from services.donors.entrypoints.dashboard import dashboard_of
from services.donors.entrypoints.pages.parts import Shelf, rendered
from shared.contracts.distribution_v1 import AllocationApproved, LeftLot
from shared.contracts.inventory_v1 import GoodsRefused
from shared.messaging.journal import read_envelope
from shared.messaging.replaying import OlderMessagesError
from tests.integration.donors.programme import (
    NAPPIES,
    SOAP,
    a_handover,
    a_handover_line,
    a_lot,
    a_product,
    named,
)
from tests.support.service import a_service, close_all


def an_allocation(day):
    """Approve a run that left soap for another reason every day."""
    left = LeftLot(named("soap"), 5, ("shelf_life", "earmark", "not_needed")[day])
    return AllocationApproved(named(f"run {day}"), date(2026, 12, 1), (), (left,))


@pytest.fixture
def heard(programme):
    """Everything heard over three days, in the order it was said."""
    programme.has_products()
    programme.registers("ORCHARD")
    soap = programme.gift_of("ORCHARD")
    nappies = programme.gift_of("ORCHARD", product=NAPPIES, quantity=40)
    heard = programme.hears(a_product(SOAP), a_product(NAPPIES, sensitivity=1))
    for day in range(3):
        now = programme.clock.now()
        line = a_handover_line("soap", 10 + day)
        before = f"gate {day - 1}" if day else None
        heard += programme.hears(
            a_lot("soap", day + 1, soap, in_transit=20 - day, accepted=10 + day),
            a_lot("naps", day + 1, nappies, product_code=NAPPIES, received=40 + day),
            GoodsRefused(named(f"box {day}"), soap, SOAP, day + 1, "OPENED"),
            a_handover(f"gate {day}", line, corrects=before, at=now),
            an_allocation(day),
        )
        programme.clock.advance(days=1)
    return heard


def shown(donors):
    view = dashboard_of(donors.queries.book("ORCHARD"), "en")
    return view.way, view.shown, view.others, view.story, view.questions


ORDERS = {
    "as said": lambda said: said,
    "backwards": lambda said: said[::-1],
    "every other first": lambda said: said[1::2] + said[::2],
}


@pytest.mark.parametrize("order", ORDERS)
def test_a_replay_in_any_order_gives_the_same_dashboard(
    donors, programme, heard, order
):
    """INV-10: the order of messages changes nothing, not even what is veiled."""
    before = shown(donors)
    forget(donors)

    for envelope in ORDERS[order](heard):
        donors.station.inbox.take([envelope])
    for _ in range(4):
        programme.clock.advance(seconds=60)
        donors.station.inbox.retry_due()

    assert donors.station.parking.counts() == (0, 0)
    assert shown(donors) == before


@pytest.fixture
def sources(tmp_path, clock):
    """The outboxes of the other services, without the services."""
    opened = [
        a_service(f"sqlite:///{tmp_path / name}.sqlite3", name=name, clock=clock)
        for name in ("distribution", "inventory")
    ]
    yield {each.service: each.station for each in opened}
    close_all()


@pytest.fixture
def told(donors, programme, sources):
    """Three days of a programme, said into the outboxes and heard as it is said."""
    programme.has_products()
    programme.registers("ORCHARD")
    soap = programme.gift_of("ORCHARD")
    nappies = programme.gift_of("ORCHARD", product=NAPPIES, quantity=40)
    inventory, distribution = sources["inventory"], sources["distribution"]
    say(inventory, a_product(SOAP), a_product(NAPPIES, sensitivity=1))
    corrects = None
    for day in range(3):
        say(
            inventory,
            a_lot("soap", day + 1, soap, in_transit=20 - day, accepted=10 + day),
            a_lot("naps", day + 1, nappies, product_code=NAPPIES, received=40 + day),
            GoodsRefused(named(f"box {day}"), soap, SOAP, day + 1, "OPENED"),
        )
        line = a_handover_line("soap", 10 + day)
        at = programme.clock.now()
        handed_over = a_handover(f"gate {day}", line, corrects=corrects, at=at)
        say(distribution, an_allocation(day), handed_over)
        corrects = f"gate {day}"
        programme.clock.advance(days=1)
    donors.replay(list(sources.values()), None)
    return [envelope for each in sources.values() for envelope in said(each)]


def say(station, *facts):
    with station.database.writing() as connection:
        station.journal.write_all(connection, [(fact, None) for fact in facts])


def said(station):
    outbox = station.tables.outbox
    with station.database.reading() as connection:
        rows = connection.execute(outbox.select().order_by(outbox.c.position)).all()
    return [read_envelope(row.envelope) for row in rows]


def page(donors, web_app):
    """Every part of the dashboard, as it is sent."""
    with web_app.test_request_context("/"):
        return rendered(dashboard_of(donors.queries.book("ORCHARD"), "en"), Shelf())


def forget(donors):
    with donors.database.writing() as connection:
        for table in (*built_from_messages(), MESSAGING.inbox, MESSAGING.waiting):
            connection.execute(table.delete())


@settings(
    max_examples=8,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=strategies.data())
def test_shuffled_and_doubled_messages_and_a_replay_end_in_the_same_bytes(
    donors, sources, told, web_app, data
):
    """INV-10, as a page shows it."""
    before = page(donors, web_app)
    forget(donors)
    doubled = data.draw(strategies.permutations(told + told))

    for envelope in doubled:
        donors.station.inbox.take([envelope])
    with donors.database.writing() as connection:
        donors.station.inbox.retry_all(connection)
    heard_by_chance = page(donors, web_app)
    replayed = donors.replay(list(sources.values()), None)

    assert heard_by_chance == before
    assert page(donors, web_app) == before
    assert (replayed.messages, replayed.waiting) == (len(told), 0)
    assert "on the way" in before["numbers"]


@pytest.mark.usefixtures("told")
def test_a_replay_that_breaks_in_the_middle_changes_nothing(
    donors, sources, web_app, monkeypatch
):
    before = page(donors, web_app)

    def break_down(_connection):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(donors.station.inbox, "retry_all", break_down)
        with pytest.raises(KeyboardInterrupt):
            donors.replay(list(sources.values()), None)

    assert page(donors, web_app) == before
    assert donors.station.healer.heal("inventory", lambda *_: []) == 0


@pytest.mark.usefixtures("told")
def test_a_replay_from_too_late_a_day_is_refused(donors, sources, web_app):
    before = page(donors, web_app)

    with pytest.raises(OlderMessagesError, match="2026-11-20"):
        donors.replay(list(sources.values()), date(2026, 11, 21))
    donors.replay(list(sources.values()), date(2026, 11, 20))

    assert page(donors, web_app) == before


@pytest.mark.usefixtures("told")
def test_what_was_entered_survives_a_replay(donors, sources):
    entered = donors.queries.gifts(10).accounts

    donors.replay(list(sources.values()), None)

    again = donors.queries.gifts(10).accounts
    assert [each.gift_number for each in again] == [e.gift_number for e in entered]
