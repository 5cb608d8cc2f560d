"""INV-20: to an own address goes a link, and nothing else before it is confirmed."""

import itertools
import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from services.donors.adapters.telling_tables import MAIL, own_addresses
from services.donors.application.enter_address import enter_address
from services.donors.application.keep_contact import (
    choose_letters,
    keep_contact,
    withdraw_consent,
)
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact
from services.donors.domain.giving_errors import WrongConfirmationLinkError
from services.donors.domain.own_address import LINK_LASTS
from services.donors.domain.promise import Line
from services.donors.entrypoints.words.letters import GiftLetters
from services.donors.settings import Settings
from tests.integration.donors.mailbox import (
    OURS,
    path_in,
    sends,
    text_of,
    token_in,
    writes,
)
from tests.integration.donors.programme import SOAP, named

HERE, THERE = "aida@orchard.example", "aida@orhcard.example"
SAID_IN = {
    "kk": ("Бұл сіздің мекенжайыңыз ба?", "Мекенжайды растау"),
    "ru": ("Это ваш адрес?", "Подтвердить адрес"),
    "en": ("Is this your address?", "Confirm the address"),
}


@pytest.fixture
def settings(mail_settings):
    return mail_settings


@pytest.fixture
def programme(programme):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    return programme


def entering(email, donor_code="ORCHARD", *, sends_links=True):
    return lambda work: enter_address(work, donor_code, email, sends_links=sends_links)


@pytest.fixture
def enters(donors, programme, clock, server):
    """Enter an address as ORCHARD; give the path its letter leads to."""

    def enter(email, donor_code="ORCHARD"):
        programme.perform(
            f"{donor_code} {email} {clock.now()}", entering(email, donor_code)
        )
        donors.addresses.write_links(GiftLetters())
        sends(donors)
        return path_in(server.taken[-1])

    return enter


def address_of(donors):
    return donors.giving.donor("ORCHARD").contact_email


def test_nothing_but_a_link_goes_to_an_address_nobody_confirmed(
    donors, programme, clock, server, enters
):
    wish = MakePledge("ORCHARD", date(2026, 12, 4), [Line(SOAP, 40)])
    programme.perform("pledge", lambda work: make_pledge(work, wish))

    link = enters(THERE)
    clock.set(datetime(2026, 11, 22, 4, tzinfo=UTC))
    writes(donors)
    sends(donors)
    before = list(server.taken)
    donors.addresses.confirm(token_in(link))
    writes(donors)
    sends(donors)

    [asking] = before
    assert asking["To"] == THERE
    for part in ("plain", "html"):
        said = asking.get_body([part]).get_content()
        assert "ORCHARD" not in said
        assert SOAP not in said
    assert [letter["To"] for letter in server.taken] == [THERE, THERE]
    assert "you promised" in text_of(server.taken[1])


def test_only_the_button_confirms_and_only_once(donors, wsgi, clock, enters):
    link = enters(HERE)
    visitor = Client(wsgi)
    looked = [visitor.get(link), visitor.get(link), visitor.head(link)]
    still = address_of(donors)
    presses = [visitor.post(link), visitor.post(link)]
    clock.advance(hours=24)
    presses += [visitor.post(link), visitor.get(link)]

    assert [each.status_code for each in looked] == [200, 200, 200]
    assert still is None
    for pressed in presses:
        assert "The address is confirmed" in pressed.get_data(as_text=True)
        assert HERE in pressed.get_data(as_text=True)
    assert address_of(donors) == HERE
    assert donors.giving.donor("ORCHARD").consented_on == date(2026, 11, 20)
    clock.advance(seconds=LINK_LASTS.total_seconds())
    assert visitor.post(link).status_code == visitor.get(link).status_code == 404


@pytest.mark.parametrize(
    "newer",
    [
        entering(THERE),
        entering(HERE),
        lambda work: keep_contact(work, "ORCHARD", Contact(THERE, date(2026, 11, 20))),
        lambda work: withdraw_consent(work, "ORCHARD"),
    ],
    ids=["another is entered", "the same is entered", "one is kept", "withdrawn"],
)
def test_a_link_that_was_used_says_nothing_of_what_came_after(
    programme, wsgi, enters, newer
):
    link = enters(HERE)
    first = Client(wsgi).post(link)
    programme.perform("newer", newer)

    again = [Client(wsgi).post(link), Client(wsgi).get(link)]

    assert first.status_code == 200
    for answer in again:
        assert answer.status_code == 404
        assert HERE not in answer.get_data(as_text=True)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_letter_and_page_speak_the_donors_language(
    programme, wsgi, server, enters, language
):
    programme.perform(
        "language",
        lambda work: choose_letters(work, "ORCHARD", Cadence.NEVER, language),
    )
    link = enters(HERE)
    page = Client(wsgi).get(f"{link}?lang={language}", follow_redirects=True)

    [letter] = server.taken
    asks, button = SAID_IN[language]
    assert letter["Subject"] == asks
    assert f"{button}: {OURS}{link}?lang={language}" in text_of(letter)
    assert f'lang="{language}"' in letter.get_body(["html"]).get_content()
    for words in (asks, button, HERE):
        assert words in page.get_data(as_text=True)


def test_a_link_is_of_one_address_and_the_newest_one(donors, clock, enters):
    mistyped = enters(THERE)
    first = enters(HERE)
    clock.advance(minutes=2)
    newest = enters(HERE)

    for old in (mistyped, first):
        with pytest.raises(WrongConfirmationLinkError):
            donors.addresses.confirm(token_in(old))
    assert donors.addresses.confirm(token_in(newest)) == HERE


def test_a_forged_link_confirms_nothing(donors, enters):
    token = token_in(enters(HERE))
    with donors.database.reading() as connection:
        kept = connection.scalar(select(own_addresses.c.token_hash))

    for forged in (token[:-1], kept, "ORCHARD", "", "é.é"):
        with pytest.raises(WrongConfirmationLinkError):
            donors.addresses.confirm(forged)
    assert address_of(donors) is None


def test_a_link_grows_old_and_its_address_is_forgotten(donors, clock, enters):
    link = enters(HERE)
    clock.advance(seconds=LINK_LASTS.total_seconds())

    with pytest.raises(WrongConfirmationLinkError):
        donors.addresses.confirm(token_in(link))
    assert donors.addresses.awaited("ORCHARD") is None
    donors.addresses.write_links(GiftLetters())
    assert kept_of(donors) == {None, ""}


def kept_of(donors):
    """Every trace of an entered address."""
    with donors.database.reading() as connection:
        entered = connection.scalars(select(own_addresses.c.email)).all()
        written = connection.scalars(select(MAIL.c.recipient)).all()
    return {*entered, *written}


def test_letters_go_where_they_went_until_another_address_is_confirmed(
    donors, programme, enters
):
    contact = Contact(THERE, date(2026, 11, 1))
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", contact))

    link = enters(HERE)
    meanwhile = address_of(donors)
    donors.addresses.confirm(token_in(link))

    assert (meanwhile, address_of(donors)) == (THERE, HERE)


def test_what_a_coordinator_keeps_with_consent_is_newer_than_an_open_link(
    donors, programme, enters
):
    link = enters(THERE)
    contact = Contact(HERE, date(2026, 11, 20))
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", contact))

    with pytest.raises(WrongConfirmationLinkError):
        donors.addresses.confirm(token_in(link))
    assert address_of(donors) == HERE


def test_withdrawing_forgets_an_address_that_waits_and_nobody_elses_letters(
    donors, programme, enters, server
):
    theirs = Contact(HERE, date(2026, 11, 1))
    programme.perform("theirs", lambda work: keep_contact(work, "NORDIC", theirs))
    wish = MakePledge("NORDIC", date(2026, 11, 21), [Line(SOAP, 40)])
    programme.perform("pledge", lambda work: make_pledge(work, wish))
    enters(HERE)
    writes(donors)
    programme.perform("away", lambda work: withdraw_consent(work, "ORCHARD"))
    kept = kept_of(donors)
    sends(donors)

    assert kept == {None, "", HERE}
    assert "you promised" in text_of(server.taken[-1])
    assert len(server.taken) == 2


def test_a_link_outlives_that_another_donor_leaves_its_address(
    donors, programme, server
):
    """Its letter waits among those to the address, and goes out all the same."""
    theirs = Contact(HERE, date(2026, 11, 1))
    programme.perform("theirs", lambda work: keep_contact(work, "NORDIC", theirs))
    programme.perform("enter", entering(HERE))
    donors.addresses.write_links(GiftLetters())
    programme.perform("away", lambda work: withdraw_consent(work, "NORDIC"))
    donors.addresses.write_links(GiftLetters())
    sends(donors)

    [letter] = server.taken
    donors.addresses.confirm(token_in(path_in(letter)))
    assert address_of(donors) == HERE


def test_a_link_that_arrived_works_though_another_donor_leaves_its_address(
    donors, programme, enters
):
    theirs = Contact(HERE, date(2026, 11, 1))
    programme.perform("theirs", lambda work: keep_contact(work, "NORDIC", theirs))
    token = token_in(enters(HERE))
    programme.perform("away", lambda work: withdraw_consent(work, "NORDIC"))

    assert donors.addresses.confirm(token) == HERE


def test_all_who_press_at_once_read_that_it_is_confirmed(donors, enters):
    token = token_in(enters(HERE))
    answers = []

    presses = [
        threading.Thread(target=lambda: answers.append(donors.addresses.confirm(token)))
        for _ in range(4)
    ]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert answers == [HERE] * 4
    assert address_of(donors) == HERE


def test_copies_of_the_service_write_a_link_once(donors, programme):
    programme.perform("enter", entering(HERE))
    written = []
    copies = [
        threading.Thread(
            target=lambda: written.append(donors.addresses.write_links(GiftLetters()))
        )
        for _ in range(4)
    ]
    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()

    assert sum(written) == 1


@pytest.mark.usefixtures("programme")
def test_the_page_says_what_is_not_confirmed_and_sends_again(
    browser, clock, donors, server
):
    coordinator = browser("coordinator")
    donor, presses = browser("donor"), itertools.count()

    def post(path, **form):
        form |= {"command_id": str(named(f"press {next(presses)}"))}
        form |= {"csrf_token": donor.csrf("/donors/papers")}
        return donor.post(f"/donors/papers/{path}", data=form)

    def shown():
        return donor.get("/donors/papers").get_data(as_text=True)

    post("address", email=HERE, agrees="on")
    waiting = shown()
    told = coordinator.get("/donors/people/ORCHARD").get_data(as_text=True)
    at_once = post("address", email=HERE, agrees="on")
    clock.advance(minutes=2)
    again = post("address", email=HERE, agrees="on")
    donors.addresses.write_links(GiftLetters())
    sends(donors)
    donors.addresses.confirm(token_in(path_in(server.taken[-1])))

    for page in (waiting, told):
        assert f"{HERE} is not confirmed yet" in page
    assert "Send the link again" in waiting
    assert (at_once.status_code, again.status_code) == (409, 303)
    assert "Enough letters were asked for" in at_once.get_data(as_text=True)
    assert len(server.taken) == 1
    assert "is not confirmed yet" not in shown()
    assert HERE in shown()


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("settings", [Settings()])
def test_where_no_link_can_be_sent_no_address_is_asked_for(browser):
    page = browser("donor").get("/donors/papers").get_data(as_text=True)

    assert "so no address can be confirmed" in page
    assert 'name="email"' not in page


@pytest.mark.usefixtures("programme")
@pytest.mark.parametrize("settings", [Settings()])
def test_where_no_link_can_be_sent_an_address_is_refused(donors, browser, caller):
    entered = {"command_id": str(named("here")), "email": HERE}
    donor = browser("donor")
    form = entered | {"agrees": "on", "csrf_token": donor.csrf("/donors/papers")}

    told = caller("donor").send("/api/v1/me/contact", agrees=True, **entered)
    shown = donor.post("/donors/papers/address", data=form)

    assert (told.status_code, told.json["code"]) == (409, "no_links_sent")
    assert shown.status_code == 409
    assert "The coordinator may note yours" in shown.get_data(as_text=True)
    assert donors.addresses.awaited("ORCHARD") is None


def test_the_address_that_is_written_to_needs_no_link(donors, programme, enters):
    donors.addresses.confirm(token_in(enters(HERE)))

    answer = programme.perform("again", entering(HERE, sends_links=False))

    assert answer["is_confirmed"]
    assert donors.addresses.write_links(GiftLetters()) == 0
