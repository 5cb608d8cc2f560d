"""What needs a person is said once each time it begins, on the page and by letter."""

import threading
from datetime import timedelta
from unittest.mock import ANY

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from services.inventory.adapters.knowing.alert_desk import WATCH_EVERY, AlertDesk
from services.inventory.adapters.knowing.tables import ALERT_READERS, ALERTS, MAIL
from services.inventory.application.ahead.watching import AlertKind, Reader
from services.inventory.domain.movement import Reason
from services.inventory.entrypoints.words.alerts import letter
from shared.contracts.distribution_v1 import NeedsPublished, ProductNeed
from shared.kernel.clock import local_day
from shared.mail.settings import MailSettings
from shared.mail.smtp import MailServer
from tests.integration.inventory.pages import words
from tests.support.programs import free_port
from tests.support.warehouse import LATER

ALL = ("coordinator", "reviewer", "volunteer")
SETTINGS = MailSettings(MailServer.of("smtp://127.0.0.1:9"), "Komek <k@example.org>")


@pytest.fixture
def house(either_warehouse):
    return either_warehouse


def desk_of(house, mail=SETTINGS):
    app = house.app
    return AlertDesk(app.database, app.clock, app.ids, app.forecasting, mail)


@pytest.fixture
def desk(house):
    return desk_of(house)


def look(house, desk):
    """Let the next turn come and look."""
    house.wait(seconds=WATCH_EVERY.total_seconds())
    return [(each.kind, dict(each.facts)) for each in desk.watch(letter)]


def kinds(found):
    return [kind for kind, _ in found]


def due(house, month, version=1):
    item = ProductNeed("HYG-COMB", month, 0)
    house.hear(NeedsPublished(version, local_day(house.clock.now()), (item,)))


def a_reader(role, language="en"):
    return Reader(role, f"{role}@example.org", language, (role,))


def letters(house):
    with house.database.reading() as connection:
        return connection.execute(select(MAIL).order_by(MAIL.c.recipient)).all()


def test_a_stock_out_ahead_is_said_once(house, desk):
    house.receive(quantity=10)
    due(house, 60)

    assert look(house, desk) == [
        (
            AlertKind.STOCK_OUT,
            {"product_code": "HYG-COMB", "names": ANY, "day": "2026-11-27", "days": 5},
        )
    ]
    assert look(house, desk) == []


def test_an_alert_ends_by_itself_and_may_begin_again(house, desk):
    house.receive(quantity=10)
    due(house, 60)
    look(house, desk)
    answer = house.receive(quantity=500)

    assert look(house, desk) == []
    assert desk.open_for(ALL) == []
    house.adjust(answer, Reason.DONATED_ON, quantity=500)
    assert kinds(look(house, desk)) == [AlertKind.STOCK_OUT]
    with house.database.reading() as connection:
        assert len(connection.execute(select(ALERTS)).all()) == 2


def test_a_day_more_or_less_rings_no_new_bell(house, desk):
    house.receive(quantity=28)
    due(house, 60)
    assert kinds(look(house, desk)) == [AlertKind.STOCK_OUT]
    house.receive(quantity=4)
    assert look(house, desk) == []
    assert len(desk.open_for(ALL)) == 1


def test_goods_that_cannot_be_used_in_time_are_told(house, desk):
    day = local_day(house.clock.now()) + timedelta(days=95)
    house.receive(
        product_code="HYG-SOAP-B",
        quantity=9,
        expires_on=day.isoformat(),
        lot_number="S",
    )

    house.wait(days=6)
    [(kind, facts)] = look(house, desk)

    assert (kind, facts["lot_number"], facts["left"]) == (AlertKind.EXPIRY, "S", 9)


def test_medicine_that_waits_two_days_is_told_to_the_reviewer(house, desk):
    answer = house.receive(product_code="MED-IBU", lot_number="M", expires_on=LATER)
    house.wait(days=2)
    assert look(house, desk) == []
    house.wait(days=1)

    assert kinds(look(house, desk)) == [AlertKind.REVIEW]
    assert len(desk.open_for(["reviewer"])) == 1
    assert desk.open_for(["volunteer"]) == []
    house.release(answer)
    look(house, desk)
    assert desk.open_for(ALL) == []


def test_a_broken_cold_chain_is_told(house, desk):
    house.receive(
        product_code="MED-SUPP",
        lot_number="W",
        expires_on=LATER,
        temperature_celsius=30,
    )

    assert kinds(look(house, desk)) == [AlertKind.COLD_CHAIN]


def test_scans_that_wait_a_day_are_told_together(house, desk):
    for _ in range(2):
        house.only(product_code="MED-IBU", quantity=1)
    assert look(house, desk) == []
    house.wait(days=1)

    [(kind, facts)] = look(house, desk)

    assert (kind, facts["waiting"]) == (AlertKind.ATTENTION, 2)


def test_a_place_nobody_counted_for_a_quarter_is_told(house, desk):
    house.receive()
    house.wait(days=94)
    assert kinds(look(house, desk)) == [AlertKind.COUNT]

    house.scan(house.line(action="count", quantity=2))
    look(house, desk)

    assert desk.open_for(ALL) == []


def test_one_letter_a_reader_tells_what_is_new_for_the_role(house, desk):
    desk.tell(a_reader("coordinator", "ru"))
    desk.tell(a_reader("reviewer"))
    house.receive(quantity=10)
    due(house, 60)
    house.receive(
        product_code="MED-SUPP",
        lot_number="<b>",
        expires_on=LATER,
        temperature_celsius=30,
    )

    look(house, desk)
    look(house, desk)

    first, second = letters(house)
    assert (first.recipient, second.recipient) == (
        "coordinator@example.org",
        "reviewer@example.org",
    )
    assert "HYG-COMB" not in second.text
    assert "<b>" in second.text
    assert "<b>" not in second.html
    assert "&lt;b&gt;" in second.html


def test_who_asks_late_is_told_first_of_all_that_is_open(house, desk):
    house.receive(quantity=10)
    due(house, 60)
    look(house, desk)
    desk.tell(a_reader("coordinator"))
    desk.tell(a_reader("reviewer"))

    look(house, desk)
    desk.tell(a_reader("coordinator", "ru"))
    look(house, desk)

    [told] = letters(house)
    assert told.recipient == "coordinator@example.org"
    assert "Runs out: Comb" in told.text


def test_one_letter_tells_a_new_reader_what_is_old_and_what_is_new(house, desk):
    house.receive(quantity=10)
    due(house, 60)
    look(house, desk)
    desk.tell(a_reader("coordinator"))
    house.receive(
        product_code="MED-SUPP",
        lot_number="W",
        expires_on=LATER,
        temperature_celsius=30,
    )

    look(house, desk)

    [told] = letters(house)
    assert told.text.index("The cold chain broke") < told.text.index("Runs out")


def test_who_took_the_wish_back_is_told_no_more(house, desk):
    desk.tell(a_reader("coordinator"))
    assert desk.is_told("coordinator")
    desk.tell_no_more("coordinator")
    house.receive(quantity=10)
    due(house, 60)
    look(house, desk)

    assert letters(house) == []


def test_without_a_mail_server_alerts_stand_on_the_page_alone(house):
    desk = desk_of(house, mail=None)
    desk.tell(a_reader("coordinator"))
    house.receive(quantity=10)
    due(house, 60)

    assert len(look(house, desk)) == 1
    assert letters(house) == []
    assert desk.send_mail(lambda call, *rest: call(*rest)) == 0


class Mailbox:
    """Keeps the recipients of what a mail server takes."""

    def __init__(self):
        self.recipients = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def test_a_letter_reaches_its_reader_once(house):
    mailbox = Mailbox()
    port = free_port()
    server = MailServer.of(f"smtp://127.0.0.1:{port}")
    desk = desk_of(house, MailSettings(server, "Komek <k@example.org>"))
    desk.tell(a_reader("coordinator"))
    house.receive(quantity=10)
    due(house, 60)
    look(house, desk)
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()

    sent = [desk.send_mail(lambda call, *rest: call(*rest)) for _ in range(3)]
    controller.stop()

    assert sent == [1, 0, 0]
    assert mailbox.recipients == ["coordinator@example.org"]


def test_copies_that_look_at_once_say_it_once(house, desk):
    desk.tell(a_reader("coordinator"))
    house.receive(quantity=10)
    due(house, 60)
    house.wait(hours=1)
    copies = [threading.Thread(target=desk.watch, args=(letter,)) for _ in range(4)]

    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()

    assert len(letters(house)) == 1
    assert len(desk.open_for(ALL)) == 1


def test_the_page_says_what_needs_whom(pages, warehouse):
    warehouse.receive(quantity=10)
    due(warehouse, 60)
    warehouse.app.alerts.watch(letter)

    assert "Runs out: Comb" in words(pages.get("/alerts", "coordinator"))
    assert "Runs out: Comb" in words(pages.get("/alerts/strip", "coordinator"))
    assert "Nothing needs you" in words(pages.get("/alerts", "reviewer"))
    assert pages.get("/alerts/strip", "reviewer").text.strip() == ""
    assert "no mail server" in words(pages.get("/alerts", "coordinator"))


def test_a_person_asks_for_letters_and_ends_them(pages, warehouse):
    assert pages.post("/alerts/mail", "coordinator", told="1").status_code == 303
    [reader] = _readers(warehouse)
    assert (reader.email, reader.roles) == ("coordinator@demo.example", ["coordinator"])
    pages.post("/alerts/mail", "coordinator", told="0")
    assert _readers(warehouse) == []


def _readers(warehouse):
    with warehouse.database.reading() as connection:
        return connection.execute(select(ALERT_READERS)).all()


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_letters_are_written_in_every_language(warehouse, language):
    warehouse.receive(quantity=10)
    due(warehouse, 60)
    warehouse.wait(hours=1)

    subject, text, body = letter(warehouse.app.alerts.watch(letter), language)

    assert subject
    assert "%(" not in text
    assert f'lang="{language}"' in body
    assert "27" in text
