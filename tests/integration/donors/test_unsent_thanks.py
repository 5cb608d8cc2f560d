"""Thanks by mail that never went out can be given again; others are not sent twice."""

from datetime import date

import pytest

from services.donors.adapters.telling_tables import MAIL
from services.donors.application.keep_contact import keep_contact, withdraw_consent
from services.donors.domain.donor import Contact
from tests.integration.donors.programme import a_lot, named


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


def agrees(programme, email):
    contact = Contact(email, date(2026, 11, 1))
    programme.perform(email, lambda work: keep_contact(work, "ORCHARD", contact))


@pytest.fixture
def gift(programme):
    programme.has_products()
    programme.registers("ORCHARD")
    agrees(programme, "aida@orchard.example")
    number = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, number, received=60))
    return number


@pytest.fixture
def desk(browser, gift):
    """Sends forms of the gift's papers; says the status and the page after it."""
    coordinator = browser("coordinator")

    def post(path, name="", **form):
        form |= {"command_id": str(named(f"{path} {name}"))}
        form |= {"csrf_token": coordinator.csrf("/donors/gifts")}
        answer = coordinator.post(f"/donors/gifts/{gift}/{path}", data=form)
        page = coordinator.get(f"/donors/gifts/{gift}/papers")
        return answer.status_code, page.get_data(as_text=True)

    return post


def ends_as(donors, state):
    with donors.database.writing() as connection:
        connection.execute(MAIL.update().values(state=state))


def withdraws(programme):
    programme.perform("away", lambda work: withdraw_consent(work, "ORCHARD"))


def moves(programme):
    agrees(programme, "office@orchard.example")


@pytest.mark.parametrize("happens", [withdraws, moves, None])
def test_thanks_that_never_arrived_are_taken_back_and_given_anew(
    gift, desk, donors, programme, happens
):
    desk("thanks", way="mail")
    if happens is None:
        ends_as(donors, "failed")
    else:
        happens(programme)
    _status, before = desk("receipt")
    status, after = desk("unthank")
    moves(programme)
    desk("thanks", "anew", way="mail")

    assert f"/donors/gifts/{gift}/unthank" in before
    assert (status, 'value="spoken"' in after) == (303, True)
    [(_letter, state, _problem)] = donors.letters.letter_states()
    assert state == "waiting"


@pytest.mark.parametrize("state", ["waiting", "sending", "sent", "unclear"])
def test_thanks_that_wait_or_may_have_arrived_stay_given(gift, desk, donors, state):
    _status, page = desk("thanks", way="mail")
    ends_as(donors, state)

    status, _page = desk("unthank")

    assert f"/donors/gifts/{gift}/unthank" not in page
    assert status == 409
    assert donors.giving.papers([gift])[0].thanked_by == "mail"
