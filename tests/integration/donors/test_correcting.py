"""A donor's name and kind are corrected; what was issued stays as it was."""

import csv
import io
from datetime import date

import pytest
from pypdf import PdfReader

from services.donors.application.enter_address import enter_address
from services.donors.application.issue_receipt import issue_receipt
from services.donors.application.keep_contact import keep_contact
from services.donors.domain.donor import Contact
from shared.contracts.inventory_v1 import WalkInGiftOpened
from tests.integration.donors.programme import a_lot, named

CONTACT = Contact("a@orchard.example", date(2026, 11, 1))
RIGHT = "Orchard of the North"


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def settings(mail_settings):
    """An address can be entered where a link can be sent."""
    return mail_settings


@pytest.fixture
def gift(programme):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    number = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, number, received=60))
    return number


@pytest.fixture
def correct(browser, gift):  # noqa: ARG001  whose donor is corrected
    coordinator = browser("coordinator")
    token = coordinator.csrf("/donors/gifts")

    def post(code="ORCHARD", **form):
        form = {"name": RIGHT, "kind": "organisation"} | form
        form |= {"command_id": str(named(f"{code} {form}")), "csrf_token": token}
        return coordinator.post(f"/donors/people/{code}/correction", data=form)

    return post


def receipted(programme, gift, name):
    answer = programme.perform(name, lambda work: issue_receipt(work, gift))
    return answer["receipt_number"]


def told(pdf):
    assert pdf.status_code == 200
    pages = PdfReader(io.BytesIO(pdf.get_data())).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def text(answer):
    return answer.get_data(as_text=True)


def sources(donor):
    table = text(donor.fetch("/api/v1/me/in-kind.csv")).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table)))
    return {row["Source organization"] for row in rows}


def test_the_corrected_name_stands_on_every_page_at_once(correct, browser, donors):
    donor = browser("donor")
    before = text(donor.get("/donors/"))
    answer = correct(kind="person")
    coordinator = browser("coordinator")

    assert (answer.status_code, answer.location) == (303, "/donors/people/ORCHARD")
    assert "ORCHARD (example)" in before
    assert RIGHT in text(donor.get("/donors/"))
    for page in ("people", "people/ORCHARD", "gifts"):
        shown = text(coordinator.get(f"/donors/{page}"))
        assert RIGHT in shown
        assert "ORCHARD (example)" not in shown
    assert donors.giving.donor("ORCHARD").kind == "person"


def test_an_issued_receipt_keeps_its_name_and_a_new_one_has_the_right_one(
    correct, programme, gift, caller
):
    old = receipted(programme, gift, "old")
    correct()
    new = receipted(programme, gift, "new")
    asks = caller("coordinator")
    first, second = (
        told(asks.fetch(f"/api/v1/receipts/{number}.pdf")) for number in (old, new)
    )
    register = text(asks.fetch("/tables/receipts.csv"))

    assert "ORCHARD (example)" in first
    assert RIGHT not in first
    assert RIGHT in second
    assert f"Replaces {old}" in second
    assert f"{old},2026-11-20,,{gift},ORCHARD,ORCHARD (example)," in register
    assert f"{new},2026-11-20,{old},{gift},ORCHARD,{RIGHT}," in register


@pytest.mark.parametrize("kind", ["person", "anonymous"])
def test_a_name_is_passed_on_only_while_it_is_an_organisations(correct, caller, kind):
    before = sources(caller("donor"))
    correct(kind=kind)
    hidden = sources(caller("donor"))
    correct(kind="organisation")

    assert before == {"ORCHARD (example)"}
    assert hidden == {"Private donor"}
    assert sources(caller("donor")) == {RIGHT}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "A name has 1 to 120"),
        ({"name": "two\nlines"}, "A name has 1 to 120"),
        ({"kind": "nonsense"}, "Choose one of what is offered"),
    ],
)
def test_a_refused_correction_says_why_and_keeps_what_was_typed(
    correct, donors, wrong, words
):
    answer = correct(**wrong)
    page = text(answer)

    assert answer.status_code == 422
    assert words in page
    assert f'value="{wrong.get("name", RIGHT)}"' in page
    assert " open><summary>Correct name" in page
    assert donors.giving.donor("ORCHARD").name == "ORCHARD (example)"


def test_whose_address_is_kept_does_not_become_anonymous(correct, donors, programme):
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", CONTACT))
    answer = correct(kind="anonymous")

    assert answer.status_code == 422
    assert "An anonymous donor has no contact" in text(answer)
    assert donors.giving.donor("ORCHARD").kind == "organisation"


def test_who_becomes_anonymous_awaits_no_link_and_gives_no_address(
    correct, caller, donors, programme
):
    programme.perform(
        "address",
        lambda work: enter_address(work, "ORCHARD", CONTACT.email, sends_links=True),
    )
    correct(kind="anonymous")
    body = {"command_id": str(named("again")), "email": CONTACT.email, "agrees": True}
    refused = caller("donor").send("/api/v1/me/contact", **body)

    assert donors.addresses.awaited("ORCHARD") is None
    assert (refused.status_code, refused.json["field"]) == (422, "contact")


def test_the_donor_of_walk_in_gifts_stays_as_it_is(correct, browser, programme):
    number = "W-20261120-1"
    programme.hears(WalkInGiftOpened(number), a_lot("walk-in", 1, number))
    page = text(browser("coordinator").get("/donors/people/ANON"))

    assert "Correct name and kind" not in page
    answer = correct("ANON")
    assert answer.status_code == 422
    assert "stays as it is" in text(answer)


@pytest.mark.usefixtures("gift")
def test_a_program_corrects_too_and_the_code_stays(caller):
    asks = caller("coordinator")
    body = {"command_id": str(named("api")), "name": RIGHT, "kind": "person"}
    answer = asks.send("/api/v1/donors/ORCHARD/correction", **body)
    body["command_id"] = str(named("api of nobody"))
    unknown = asks.send("/api/v1/donors/NOBODY/correction", **body)
    [orchard] = [
        each
        for each in asks.fetch("/api/v1/donors").json["items"]
        if each["donor_code"] == "ORCHARD"
    ]

    assert answer.json == {"donor_code": "ORCHARD"}
    assert (orchard["name"], orchard["kind"]) == (RIGHT, "person")
    assert (unknown.status_code, unknown.json["code"]) == (404, "unknown_donor")


@pytest.mark.usefixtures("gift")
def test_the_auditor_reads_the_kind_and_corrects_nothing(browser):
    page = text(browser("auditor").get("/donors/people/ORCHARD"))

    assert "Organisation" in page
    assert "Correct name and kind" not in page
