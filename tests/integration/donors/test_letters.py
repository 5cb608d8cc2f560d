"""Letters to donors through a real mail server: once, in time, and ended by a link."""

import re
import threading
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import Client

from services.donors.adapters.telling_tables import MAIL
from services.donors.application.keep_contact import (
    choose_letters,
    keep_contact,
    withdraw_consent,
)
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact
from services.donors.domain.giving_errors import WrongUnsubscribeLinkError
from services.donors.domain.promise import Line
from shared.contracts.inventory_v1 import GoodsReceived
from tests.integration.donors.mailbox import OURS, sends, writes
from tests.integration.donors.programme import (
    NAPPIES,
    SOAP,
    Programme,
    a_handover,
    a_handover_line,
    a_lot,
    named,
)

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
"""Nine in the morning in Almaty."""

THEIRS = "aida@orchard.example"
SAID_IN = {
    "kk": ("Қайырлы күн", "мерзіміне аз күн қалған", "Мұндай хаттар"),
    "ru": ("Добрый день", "мало дней до конца срока", "Больше не получать"),
    "en": ("Good day", "too few days left", "Receive no more such letters"),
}
"""A greeting, a reason that goods were not taken in, and the way out."""

RECEIPT_IN = {
    "kk": "Заттай сыйлық түбіртегі",
    "ru": "Квитанция о даре в натуре",
    "en": "In-kind receipt",
}


@pytest.fixture
def settings(mail_settings):
    return mail_settings


@pytest.fixture
def programme(donors, clock):
    made = Programme(donors, clock)
    made.has_products()
    made.registers("ORCHARD", "NORDIC")
    contact = Contact(THEIRS, date(2026, 11, 1))
    made.perform("contact", lambda work: keep_contact(work, "ORCHARD", contact))
    return made


def subscribes(programme, cadence=Cadence.WEEKLY):
    programme.perform(
        f"letters {programme.clock.now()}",
        lambda work: choose_letters(work, "ORCHARD", cadence),
    )


def comes(programme, number, quantity, code=SOAP):
    received = GoodsReceived(
        named(f"move {quantity}"),
        "GRN-2026-000001",
        named("lot"),
        code,
        number,
        quantity,
    )
    programme.hears(
        a_lot("lot", quantity, number, product_code=code, received=quantity), received
    )


def goes_on(clock, until):
    clock.advance(seconds=(until - clock.now()).total_seconds())


def test_a_weekly_letter_tells_what_is_new_and_comes_once(
    donors, programme, clock, server
):
    subscribes(programme)
    comes(programme, programme.gift_of("ORCHARD"), 60)
    assert writes(donors) == 0
    goes_on(clock, MONDAY)

    assert (writes(donors), writes(donors)) == (1, 0)
    assert (sends(donors), sends(donors)) == (1, 0)

    [letter] = server.taken
    text = letter.get_body(["plain"]).get_content()
    assert letter["To"] == THEIRS
    assert "Received: 60 bars HYG-SOAP-B in English" in text
    assert "received 60 = in stock 60 + on the way 0" in text
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = letter["List-Unsubscribe"].strip("<>")
    assert link.startswith(f"{OURS}/donors/letters/ORCHARD.")
    assert link in text
    assert "<li>" in letter.get_body(["html"]).get_content()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_letters_speak_the_donors_language_as_text_and_as_html(
    donors, programme, clock, server, language
):
    programme.perform(
        "language",
        lambda work: choose_letters(work, "ORCHARD", Cadence.WEEKLY, language),
    )
    wish = MakePledge("ORCHARD", date(2026, 12, 4), [Line(SOAP, 40)])
    programme.perform("pledge", lambda work: make_pledge(work, wish))
    number = programme.gift_of("ORCHARD")
    comes(programme, number, 60)
    programme.refuses("box", number, 8, reason="shelf_life_too_short")
    goes_on(clock, MONDAY)
    writes(donors)
    sends(donors)

    parts = {
        kind: "".join(letter.get_body([kind]).get_content() for letter in server.taken)
        for kind in ("plain", "html")
    }
    assert len(server.taken) == 2
    for said in parts.values():
        for words in SAID_IN[language]:
            assert words in said, (language, words)
    assert parts["html"].count(f'lang="{language}"') == 2


def test_a_week_without_news_brings_no_letter_and_the_next_tells_only_what_is_new(
    donors, programme, clock, server
):
    subscribes(programme)
    number = programme.gift_of("ORCHARD")
    comes(programme, number, 60)
    for days in (3, 7, 7):
        clock.advance(days=days)
        if days == 3:
            goes_on(clock, MONDAY)
        writes(donors)
    comes(programme, number, 61)
    clock.advance(days=7)
    writes(donors)
    sends(donors)

    first, second = server.taken
    assert "60 bars" in first.get_body(["plain"]).get_content()
    news = second.get_body(["plain"]).get_content().partition("How it stands")[0]
    assert "61 bars" in news
    assert "60 bars" not in news


def test_a_letter_tells_a_sensitive_delivery_only_with_its_frozen_month(
    donors, programme, clock, server
):
    """A letter is part of what an adversary sees (DOMAIN.md 5.3, point 5)."""
    subscribes(programme)
    number = programme.gift_of("ORCHARD", product=NAPPIES)
    comes(programme, number, 60, NAPPIES)
    line = a_handover_line("lot", 40)
    programme.hears(a_handover("gate", line, at=clock.now()))
    programme.hears(
        a_lot("lot", 99, number, product_code=NAPPIES, received=60, accepted=40)
    )
    goes_on(clock, MONDAY)
    writes(donors)
    goes_on(clock, datetime(2027, 1, 4, 4, tzinfo=UTC))
    writes(donors)
    programme.freezes_next_month()
    goes_on(clock, datetime(2027, 1, 11, 4, tzinfo=UTC))
    writes(donors)
    sends(donors)

    early, late = (each.get_body(["plain"]).get_content() for each in server.taken)
    assert "60 bars" in early
    assert "Accepted" not in early
    assert "on the way 40 + accepted 0" in early
    assert "accepted 40" in late
    assert "Nov\N{NO-BREAK SPACE}2026: Accepted: 40 bars" in late
    for text in (early, late):
        assert "W-ANT" not in text
        assert "C-2026-0007" not in text


def test_copies_of_the_service_write_each_letter_once(donors, programme, clock):
    subscribes(programme)
    comes(programme, programme.gift_of("ORCHARD"), 60)
    goes_on(clock, MONDAY)
    written = []
    copies = [
        threading.Thread(target=lambda: written.append(writes(donors)))
        for _ in range(4)
    ]
    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()

    assert sum(written) == 1
    assert len(donors.letters.letter_states()) == 1


def test_a_refused_letter_is_tried_again_and_arrives_once(
    donors, programme, clock, server
):
    subscribes(programme)
    comes(programme, programme.gift_of("ORCHARD"), 60)
    goes_on(clock, MONDAY)
    writes(donors)
    server.answer = "451 come later"
    assert sends(donors) == 0
    server.answer = "250 OK"
    clock.advance(hours=7)

    assert sends(donors) == 1
    assert len(server.taken) == 1


def test_a_line_that_breaks_before_the_answer_never_brings_a_letter_twice(
    donors, programme, clock, server
):
    subscribes(programme)
    comes(programme, programme.gift_of("ORCHARD"), 60)
    goes_on(clock, MONDAY)
    writes(donors)
    server.breaks_off = True
    sends(donors)
    server.breaks_off = False
    clock.advance(days=3)
    writes(donors)
    sends(donors)

    assert len(server.taken) == 1
    assert [state for _, state, _ in donors.letters.letter_states()] == ["unclear"]


def test_a_pledge_is_reminded_of_before_and_after_its_day_once_each(
    donors, programme, clock, server
):
    wish = MakePledge("ORCHARD", date(2026, 12, 4), [Line(SOAP, 40)])
    programme.perform("pledge", lambda work: make_pledge(work, wish))
    goes_on(clock, MONDAY)
    for _day in range(30):
        writes(donors)
        clock.advance(days=1)
    sends(donors)

    soon, late = (each.get_body(["plain"]).get_content() for each in server.taken)
    assert "By 4 Dec 2026 you promised" in soon.replace("\u00a0", " ")
    assert "We waited for this until" in late
    assert "40 bars HYG-SOAP-B in English" in late


@pytest.fixture
def link(donors, programme, clock, server):
    """The path of the link in a letter."""
    subscribes(programme)
    comes(programme, programme.gift_of("ORCHARD"), 60)
    goes_on(clock, MONDAY)
    writes(donors)
    sends(donors)
    text = server.taken[0].get_body(["plain"]).get_content()
    return re.search(rf"{OURS}(/donors/letters/\S+)", text)[1]


def test_one_press_without_signing_in_ends_the_letters(donors, link, wsgi):
    visitor = Client(wsgi)
    asked = visitor.get(link)
    still = donors.papers.own("ORCHARD")
    ended = visitor.post(link, data={"List-Unsubscribe": "One-Click"})

    assert (asked.status_code, ended.status_code) == (200, 200)
    assert still.cadence is Cadence.WEEKLY
    assert donors.papers.own("ORCHARD").cadence is Cadence.NEVER
    assert "The letters have ended" in ended.get_data(as_text=True)
    assert visitor.post(link).status_code == 200
    assert visitor.post(f"{link}/delete").status_code == 200
    assert donors.giving.donor("ORCHARD").contact_email is None
    assert visitor.get(link).status_code == 404


def test_a_changed_link_ends_nothing(donors, link):
    token = link.rpartition("/")[2]
    forged = [token[:-1], "NORDIC" + token[len("ORCHARD") :], "ORCHARD.", "", "é.é"]

    for each in forged:
        with pytest.raises(WrongUnsubscribeLinkError):
            donors.letters.leave(each)
    assert donors.papers.own("ORCHARD").cadence is Cadence.WEEKLY


def test_an_old_link_does_not_end_what_was_chosen_anew(donors, programme, link):
    subscribes(programme, Cadence.MONTHLY)

    with pytest.raises(WrongUnsubscribeLinkError):
        donors.letters.leave(link.rpartition("/")[2])


@pytest.fixture
def thanks(programme, caller):
    """Let the coordinator issue a receipt for a gift that came, and thank by mail."""

    def thank():
        number = programme.gift_of("ORCHARD")
        comes(programme, number, 60)
        coordinator = caller("coordinator")
        for name, body in (("receipt", {}), ("thanks", {"way": "mail"})):
            path = f"/api/v1/gifts/{number}/{name}"
            answer = coordinator.send(path, command_id=str(named(path)), **body)
            assert answer.status_code == 200

    return thank


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_thanks_carry_the_receipt_in_the_donors_language(
    donors, programme, server, thanks, language
):
    programme.perform(
        "language",
        lambda work: choose_letters(work, "ORCHARD", Cadence.NEVER, language),
    )
    thanks()

    assert (sends(donors), sends(donors)) == (1, 0)
    [letter] = server.taken
    [paper] = letter.iter_attachments()
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_filename() == "R-2026-001.pdf"
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(paper.get_content())).pages
    )
    assert RECEIPT_IN[language] in text
    assert letter.get_body(["plain"]).get_content().count("60") == 1
    assert f'lang="{language}"' in letter.get_body(["html"]).get_content()


def test_an_enclosed_paper_is_not_kept_once_its_letter_is_gone(donors, server, thanks):
    thanks()
    kept = papers_kept(donors)
    sends(donors)

    assert len(server.taken) == 1
    assert [each is None for each in kept] == [False]
    assert papers_kept(donors) == [None]


def papers_kept(donors):
    with donors.database.reading() as connection:
        return list(connection.scalars(select(MAIL.c.enclosed)))


def test_withdrawn_consent_leaves_no_address_anywhere(donors, programme, thanks):
    thanks()
    programme.perform("away", lambda work: withdraw_consent(work, "ORCHARD"))

    assert sends(donors) == 0
    assert donors.letters.letter_states() == []
    assert donors.giving.donor("ORCHARD").contact_email is None
