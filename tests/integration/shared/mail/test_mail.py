"""Letters through a real mail server: once, or clearly not, never twice (INV-15)."""

import asyncio
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller

from shared.database.database import Database
from shared.database.tables import service_metadata
from shared.kernel.clock import FrozenClock
from shared.mail.postman import Postman
from shared.mail.queue import CLAIM_LASTS, Letter, MailQueue, mail_table, pause_after
from shared.mail.smtp import (
    Conversation,
    MailServer,
    MailUnclearError,
    WrongMailUrlError,
)
from tests.support.programs import free_port

NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)
METADATA = service_metadata()
MAIL = mail_table(METADATA)


def a_letter(number=1, recipient="aida@example.org"):
    return Letter(UUID(int=number), recipient, "Қоймада", "Сәлем", "<p>Сәлем</p>")


class Handler:
    """Takes letters and answers as a test says."""

    def __init__(self):
        self.taken = []
        self.rcpt_answer = "250 OK"
        self.data_answer = "250 OK"
        self.ends_before_its_answer = False

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        if self.data_answer.startswith("250"):
            self.taken.append(envelope.content)
        if self.ends_before_its_answer:
            server.transport.abort()
            await asyncio.sleep(0)
        return self.data_answer


@pytest.fixture
def port():
    return free_port()


@contextmanager
def serving(handler, port):
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@pytest.fixture
def handler(port):
    with serving(Handler(), port) as started:
        yield started


class Office:
    def __init__(self, url, port):
        self.clock = FrozenClock(NOON)
        self.database = Database(url)
        METADATA.create_all(self.database.engine)
        self.queue = MailQueue(MAIL)
        self.server = MailServer.of(f"smtp://127.0.0.1:{port}")

    def postman(self, converse=None):
        return Postman(
            self.database,
            self.queue,
            self.clock,
            sender="Komek <komek@example.org>",
            converse=converse or self.conversation,
        )

    def conversation(self):
        return Conversation(self.server, lambda call, *rest: call(*rest))

    def add(self, *letters):
        with self.database.writing() as connection:
            return [
                self.queue.add(connection, each, self.clock.now()) for each in letters
            ]

    def states(self):
        with self.database.reading() as connection:
            return [state for _, state, _ in self.queue.states(connection)]


@pytest.fixture
def office(database_url, port):
    opened = Office(database_url, port)
    yield opened
    opened.database.close()


def test_a_letter_arrives_whole_and_once(office, handler):
    office.add(a_letter())

    assert office.postman().send_due() == 1
    assert office.postman().send_due() == 0

    [content] = handler.taken
    message = message_from_bytes(content, policy=policy.default)
    assert message["Message-ID"] == f"<{UUID(int=1)}@example.org>"
    assert message["Subject"] == "Қоймада"
    assert message.get_body(["plain"]).get_content().strip() == "Сәлем"
    assert message.get_body(["html"]).get_content().strip() == "<p>Сәлем</p>"
    assert office.states() == ["sent"]


def test_the_same_letter_is_queued_once(office):
    assert office.add(a_letter(), a_letter()) == [True, False]


def test_two_postmen_share_the_letters(office, handler):
    office.add(*(a_letter(number) for number in range(1, 21)))
    taken = []

    racers = [
        threading.Thread(target=lambda: taken.append(office.postman().send_due()))
        for _ in range(3)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sum(taken) == 20
    ids = [message_from_bytes(content)["Message-ID"] for content in handler.taken]
    assert len(ids) == len(set(ids)) == 20


def test_a_server_that_is_away_is_tried_again_later(office, port):
    office.add(a_letter())

    assert office.postman().send_due() == 0
    assert office.states() == ["waiting"]
    with serving(Handler(), port) as handler:
        assert office.postman().send_due() == 0
        office.clock.advance(minutes=1)
        assert office.postman().send_due() == 1
    assert len(handler.taken) == 1


@pytest.mark.parametrize("step", ["rcpt_answer", "data_answer"])
def test_a_server_that_says_later_is_believed(office, handler, step):
    office.add(a_letter())
    setattr(handler, step, "451 try later")

    assert office.postman().send_due() == 0
    assert office.states() == ["waiting"]
    setattr(handler, step, "250 OK")
    office.clock.advance(minutes=1)
    assert office.postman().send_due() == 1


@pytest.mark.parametrize("step", ["rcpt_answer", "data_answer"])
def test_a_letter_that_is_never_taken_is_given_up(office, handler, step):
    office.add(a_letter())
    setattr(handler, step, "550 no such person")

    assert office.postman().send_due() == 0
    assert office.states() == ["failed"]


def test_a_line_that_breaks_after_the_letter_left_never_sends_it_again(office, handler):
    office.add(a_letter())
    handler.ends_before_its_answer = True

    assert office.postman().send_due() == 0
    handler.ends_before_its_answer = False
    office.clock.advance(days=2)
    assert office.postman().send_due() == 0

    assert len(handler.taken) == 1
    assert office.states() == ["unclear"]


class Crash(BaseException):
    """The process ends."""


class CrashingAfterwards(Conversation):
    def deliver(self, content):
        super().deliver(content)
        raise Crash


class CrashingBefore(Conversation):
    def reach(self, sender, recipient):
        super().reach(sender, recipient)
        raise Crash


def test_a_crash_after_the_letter_left_never_sends_it_again(office, handler):
    office.add(a_letter())
    doomed = CrashingAfterwards(office.server, lambda call, *rest: call(*rest))

    with pytest.raises(Crash):
        office.postman(lambda: doomed).send_due()
    office.clock.advance(days=2)
    assert office.postman().send_due() == 0

    assert len(handler.taken) == 1
    assert office.states() == ["unclear"]


def test_a_crash_before_the_letter_left_costs_only_time(office, handler):
    office.add(a_letter())
    doomed = CrashingBefore(office.server, lambda call, *rest: call(*rest))

    with pytest.raises(Crash):
        office.postman(lambda: doomed).send_due()
    assert office.postman().send_due() == 0
    office.clock.instant += CLAIM_LASTS
    assert office.postman().send_due() == 1

    assert len(handler.taken) == 1


def test_a_claim_that_was_taken_over_may_not_send(office):
    office.add(a_letter())
    with office.database.writing() as connection:
        slow = office.queue.claim(connection, office.clock.now())
    office.clock.instant += CLAIM_LASTS
    with office.database.writing() as connection:
        office.queue.claim(connection, office.clock.now())
        assert not office.queue.hand_over(connection, slow, office.clock.now())


def test_a_silent_server_is_left_after_a_while(office, port, monkeypatch):
    monkeypatch.setattr("shared.mail.smtp.SECONDS_MAX", 0.2)
    office.add(a_letter())
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", port))
        silent.listen()
        assert office.postman().send_due() == 0

    assert office.states() == ["waiting"]


def test_pauses_grow_up_to_six_hours():
    assert pause_after(1) == timedelta(minutes=1)
    assert pause_after(4) == timedelta(minutes=8)
    assert pause_after(200) == timedelta(hours=6)


def test_a_line_that_breaks_is_told_as_unclear(office, handler):
    handler.ends_before_its_answer = True
    conversation = office.conversation()
    conversation.reach("komek@example.org", "aida@example.org")

    with pytest.raises(MailUnclearError):
        conversation.deliver(b"Subject: x\r\n\r\nx\r\n")
    conversation.end()


def test_a_subject_of_two_lines_cannot_add_a_header(office, handler):
    letter = Letter(UUID(int=1), "aida@example.org", "a\r\nBcc: x@y.z", "t", "<p>t</p>")
    office.add(letter)
    office.postman().send_due()

    assert message_from_bytes(handler.taken[0])["Bcc"] is None


def test_the_address_of_a_server_is_read_from_one_setting():
    server = MailServer.of("smtp+starttls://aida%40x:p%3Aw@mail.example.org")

    assert (server.host, server.port) == ("mail.example.org", 587)
    assert (server.user, server.password) == ("aida@x", "p:w")


@pytest.mark.parametrize("url", ["", "http://x", "smtp://", "smtp://x:99999999"])
def test_a_wrong_address_is_named(url):
    with pytest.raises(WrongMailUrlError):
        MailServer.of(url)
