"""What many papers or rows need alike is read once, however many there are."""

from datetime import date

import pytest

from services.donors.application.keep_contact import keep_contact
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.domain.donor import Contact
from services.donors.domain.promise import Line
from tests.integration.donors.programme import SOAP, a_lot
from tests.support.statements import asking

DONORS = ("ORCHARD", "NORDIC", "WILLOW")
CATALOGUE = "products.names"
"""A column that only the whole catalogue is read with."""


@pytest.fixture
def database_kind():
    """How often is asked does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def gifts(programme):
    """A gift that came of each donor, a pledge, and an address."""
    programme.has_products()
    programme.registers(*DONORS)
    found = []
    for code in DONORS:
        number = programme.gift_of(code)
        programme.hears(a_lot(code, 1, number, received=60))
        wish = MakePledge(code, None, [Line(SOAP, 40)])
        programme.perform(f"pledge {code}", lambda work, w=wish: make_pledge(work, w))
        contact = Contact(f"{code.lower()}@demo.example", date(2026, 11, 1))
        programme.perform(
            f"contact {code}", lambda work, d=code, c=contact: keep_contact(work, d, c)
        )
        found.append(number)
    return found


@pytest.fixture
def desk(browser, donors):
    coordinator = browser("coordinator")
    token = coordinator.csrf("/donors/gifts")

    def statements_of(path, **form):
        with asking(donors.database) as asked:
            answer = (
                coordinator.post(f"/donors/{path}", data={**form, "csrf_token": token})
                if form
                else coordinator.get(f"/donors/{path}")
            )
        assert answer.status_code in {200, 303}
        return asked

    return statements_of


def test_receipts_drawn_at_once_share_one_catalogue(gifts, desk):
    assert desk("thanks", act="receipts", gift_number=gifts).times(CATALOGUE) == 1


def test_letters_sent_at_once_share_one_catalogue(gifts, desk, donors):
    asked = desk("thanks", act="mail", gift_number=gifts)

    assert asked.times(CATALOGUE) == 1
    assert len(donors.letters.letter_states()) == len(gifts)


@pytest.mark.usefixtures("gifts")
def test_the_year_of_all_donors_is_read_like_that_of_one(desk):
    one, every = desk("people/ORCHARD/2026.pdf"), desk("people/all-2026.zip")

    for part in (CATALOGUE, "FROM receipts", "FROM lot_totals"):
        assert (one.times(part), every.times(part)) == (1, 1)


@pytest.mark.usefixtures("gifts")
def test_a_list_of_pledges_asks_for_the_gifts_of_all_its_donors_at_once(desk):
    one, every = desk("pledges?donor=ORCHARD"), desk("pledges")

    assert len(every.statements) == len(one.statements)


@pytest.mark.usefixtures("gifts")
def test_gifts_that_wait_for_thanks_are_read_with_their_donors_at_once(desk):
    """Once for the names of all in the reader's language, once for contacts."""
    assert desk("thanks").times("FROM donors") == 2
