"""A walk-in gift that is named after its receipt was issued."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import Client

from services.donors.adapters.telling_tables import MAIL
from services.donors.application.issue_receipt import issue_receipt
from services.donors.application.keep_contact import keep_contact
from services.donors.application.name_donor import name_donor
from services.donors.domain.donor import Contact
from shared.contracts.inventory_v1 import WalkInGiftOpened
from tests.integration.donors.programme import a_lot, named

GIFT = "W-20261120-1"
NAMELESS_RECEIPT, OWN_RECEIPT = "R-2026-001", "R-2026-002"


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


def receipted(programme, name):
    answer = programme.perform(name, lambda work: issue_receipt(work, GIFT))
    return answer["receipt_number"]


@pytest.fixture
def named_late(programme):
    """Nobody's gift has a receipt, and turns out to come from ORCHARD."""
    programme.has_products()
    programme.registers("ORCHARD")
    programme.hears(WalkInGiftOpened(GIFT), a_lot("lot", 1, GIFT, received=60))
    assert receipted(programme, "nameless") == NAMELESS_RECEIPT
    programme.perform("name", lambda work: name_donor(work, GIFT, "ORCHARD"))


@pytest.fixture
def desk(browser):
    coordinator = browser("coordinator")

    def post(path, **form):
        form |= {"command_id": str(named(f"{path} {form}"))}
        form |= {"csrf_token": coordinator.csrf("/donors/gifts")}
        return coordinator.post(f"/donors/{path}", data=form)

    return post


def told(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.usefixtures("named_late")
def test_the_donor_gets_a_receipt_that_replaces_the_nameless_one(programme, caller):
    issued = [receipted(programme, "own"), receipted(programme, "again")]
    [own] = caller("donor").fetch("/api/v1/me/receipts").json["items"]

    assert issued == [OWN_RECEIPT, OWN_RECEIPT]
    assert (own["receipt_number"], own["replaces"]) == (OWN_RECEIPT, NAMELESS_RECEIPT)


@pytest.mark.usefixtures("named_late")
def test_the_code_of_the_nameless_receipt_no_longer_opens_the_gift(donors, wsgi):
    form = {
        "number": NAMELESS_RECEIPT,
        "code": donors.receipt_codes.of(NAMELESS_RECEIPT),
    }
    page = Client(wsgi).post("/donors/receipt", data=form)

    assert page.status_code == 404


@pytest.mark.usefixtures("named_late")
def test_the_nameless_receipt_is_not_enclosed_in_thanks_to_the_donor(
    programme, donors, caller
):
    contact = Contact("aida@orchard.example", programme.clock.now().date())
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", contact))
    path = f"/api/v1/gifts/{GIFT}/thanks"
    caller("coordinator").send(path, command_id=str(named(path)), way="mail")

    with donors.database.reading() as connection:
        [letter] = connection.execute(select(MAIL))
    assert letter.enclosed is None
    assert not re.search(r"R-2026-\d+", letter.text)


@pytest.mark.usefixtures("named_late")
def test_receipts_of_many_gifts_are_the_named_donors_own(desk):
    answer = desk("thanks", act="receipts", gift_number=GIFT)
    packed = zipfile.ZipFile(io.BytesIO(answer.get_data()))

    assert packed.namelist() == [f"{OWN_RECEIPT}.pdf"]
    assert "ORCHARD (example)" in told(packed.read(f"{OWN_RECEIPT}.pdf"))
