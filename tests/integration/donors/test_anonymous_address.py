"""Who is anonymous has no address, whoever else acts at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, text

from services.donors.application.correct_donor import correct_donor
from services.donors.application.enter_address import enter_address
from services.donors.application.keep_contact import keep_contact, withdraw_consent
from services.donors.domain.donor import Contact, DonorKind
from services.donors.domain.giving_errors import WrongConfirmationLinkError
from services.donors.entrypoints.words.letters import GiftLetters
from tests.integration.donors.mailbox import path_in, sends, token_in
from tests.support.waiting import wait_until

HERE, THERE = "aida@orchard.example", "office@orchard.example"
WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def settings(mail_settings):
    return mail_settings


@pytest.fixture
def token(donors, programme, server):
    """What the link to ORCHARD's address holds; nobody has opened it yet."""
    programme.registers("ORCHARD")
    programme.perform("enter", entering(HERE))
    donors.addresses.write_links(GiftLetters())
    sends(donors)
    return token_in(path_in(server.taken[-1]))


def entering(email):
    return lambda work: enter_address(work, "ORCHARD", email, sends_links=True)


def correcting(kind):
    return lambda work: correct_donor(work, "ORCHARD", "Orchard", kind)


def keeping(work):
    keep_contact(work, "ORCHARD", Contact(THERE, date(2026, 11, 20)))


def withdrawing(work):
    withdraw_consent(work, "ORCHARD")


becoming_anonymous = correcting(DonorKind.ANONYMOUS)


class Other:
    """Somebody who acts now, and is done or waits for a lock before we go on."""

    def __init__(self, donors, act):
        self._donors, self._act = donors, act
        self._crowd = ThreadPoolExecutor(1)

    def goes_first(self):
        self._deed = self._crowd.submit(self._act)
        wait_until(lambda: self._deed.done() or self._waits(), what="the other")

    def _waits(self):
        with self._donors.database.reading() as connection:
            return connection.scalar(WAITING) > 0

    def is_done(self):
        self._crowd.shutdown()

    @property
    def refused_with(self):
        return type(self._deed.exception())


@contextmanager
def overtaken_at(donors, part, other):
    """Let somebody else go first when the first statement with a part was answered."""
    engine, still_to_go = donors.database.engine, [other]

    def let_go(_connection, _cursor, statement, *_):
        if part in statement and still_to_go:
            still_to_go.pop().goes_first()

    event.listen(engine, "after_cursor_execute", let_go)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", let_go)
        other.is_done()


def donor_of(donors):
    with donors.working() as work:
        return work.donors.find("ORCHARD")


only_postgres = pytest.mark.parametrize(
    "database_kind",
    [pytest.param("postgres", marks=pytest.mark.postgres)],  # SQLite lets one in
    indirect=True,
)


@only_postgres
def test_a_link_pressed_while_its_donor_becomes_anonymous_confirms_nothing(
    donors, token
):
    press = Other(donors, lambda: donors.addresses.confirm(token))

    with overtaken_at(donors, "FROM donors", press), donors.working() as work:
        becoming_anonymous(work)

    assert donor_of(donors).kind is DonorKind.ANONYMOUS
    assert press.refused_with is WrongConfirmationLinkError


@only_postgres
@pytest.mark.usefixtures("token")
def test_an_address_entered_while_its_donor_becomes_anonymous_is_not_awaited(
    donors, programme
):
    change = Other(donors, lambda: programme.perform("change", becoming_anonymous))

    with overtaken_at(donors, "FROM donors", change), donors.working() as work:
        entering(THERE)(work)

    assert donor_of(donors).kind is DonorKind.ANONYMOUS
    assert donors.addresses.awaited("ORCHARD") is None


@only_postgres
@pytest.mark.parametrize(
    ("act", "kept"),
    [(keeping, Contact(THERE, date(2026, 11, 20))), (withdrawing, None)],
)
def test_a_link_pressed_while_something_newer_is_kept_waits_and_is_too_late(
    donors, token, act, kept
):
    press = Other(donors, lambda: donors.addresses.confirm(token))

    with overtaken_at(donors, "UPDATE own_addresses", press), donors.working() as work:
        act(work)

    assert donor_of(donors).contact == kept
    assert press.refused_with is WrongConfirmationLinkError


def test_an_anonymous_donor_whose_link_was_left_over_confirms_nothing(donors, token):
    with donors.working() as work:
        donor = work.donors.find("ORCHARD")
        work.donors.correct(replace(donor, kind=DonorKind.ANONYMOUS))

    with pytest.raises(WrongConfirmationLinkError):
        donors.addresses.confirm(token)
    assert donor_of(donors).contact is None
