"""What donors open and choose themselves: receipts, years, letters, language."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from services.donors.application.end_pledge import end_pledge
from services.donors.application.issue_receipt import issue_receipt
from services.donors.application.keep_contact import keep_contact
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Contact
from services.donors.domain.promise import Line
from tests.integration.donors.programme import SOAP, a_lot, named

CONTACT = Contact("a@orchard.example", date(2026, 11, 20))


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def settings(mail_settings):
    """An address can be entered where a link can be sent."""
    return mail_settings


@pytest.fixture
def receipts(programme):
    """One receipt of ORCHARD's and one of NORDIC's."""
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    return {code: _receipt(programme, code) for code in ("ORCHARD", "NORDIC")}


def _receipt(programme, donor_code):
    number = programme.gift_of(donor_code)
    programme.hears(a_lot(donor_code, 1, number, received=60))
    answer = programme.perform(
        f"receipt {number}", lambda work: issue_receipt(work, number)
    )
    return answer["receipt_number"]


@pytest.fixture
def pledges(receipts, programme):  # noqa: ARG001  donors and products come with it
    """One of NORDIC's, and of ORCHARD's one in each state."""
    days = {"open": 20, "overdue": 1, "came": 21, "withdrawn": 22}
    made = {"NORDIC": _pledge(programme, "NORDIC", 4321, 23)}
    for quantity, (state, day) in enumerate(days.items(), 601):
        made[state] = _pledge(programme, "ORCHARD", quantity, day)
    ends = {"came": programme.gift_of("ORCHARD", quantity=7), "withdrawn": None}
    for state, gift in ends.items():
        programme.perform(
            f"end {state}",
            lambda work, n=made[state], g=gift: end_pledge(work, n, g),
        )
    return made | {"gift": ends["came"]}


def _pledge(programme, donor_code, quantity, day):
    month = 11 if day == 1 else 12
    wish = MakePledge(donor_code, date(2026, month, day), [Line(SOAP, quantity)])
    answer = programme.perform(f"{wish}", lambda work: make_pledge(work, wish))
    return answer["pledge_number"]


def promises(page):
    """Give what stands on the card of each pledge, by number."""
    card = page.partition('id="pledges-h"')[2].partition("</section>")[0]
    words = re.sub(r"<[^>]+>", " ", card.replace("\N{NO-BREAK SPACE}", " "))
    return {
        each.split()[0]: " ".join(each.split())
        for each in re.split(r"(?=P-2026-\d{3})", words)[1:]
    }


def test_a_donor_sees_own_pledges_with_day_and_state_and_no_others(pledges, browser):
    page = browser("donor").get("/donors/papers").get_data(as_text=True)
    shown = promises(page)
    of_state = {state: shown.get(number) for state, number in pledges.items()}

    assert len(shown) == 4
    assert "4,321" not in page
    assert "still to come by 20 Dec 2026" in of_state["open"]
    assert f"{SOAP} in English: 601 bars" in of_state["open"]
    assert "overdue by 1 Nov 2026" in of_state["overdue"]
    assert f"came as {pledges['gift']} by 21 Dec 2026" in of_state["came"]
    assert f'href="/donors/my/{pledges["gift"]}"' in page
    assert "withdrawn by 22 Dec 2026" in of_state["withdrawn"]
    neighbours = browser("neighbour").get("/donors/papers").get_data(as_text=True)
    assert set(promises(neighbours)) == {pledges["NORDIC"]}


@pytest.mark.usefixtures("receipts")
def test_who_promised_nothing_is_told_so(browser):
    page = browser("donor").get("/donors/papers").get_data(as_text=True)

    assert "No pledge yet" in page


def told(pdf):
    assert pdf.status_code == 200
    pages = PdfReader(io.BytesIO(pdf.get_data())).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def test_a_donor_opens_own_receipts_and_years(receipts, caller):
    donor = caller("donor")
    items = donor.fetch("/api/v1/me/receipts").json["items"]

    assert [each["receipt_number"] for each in items] == [receipts["ORCHARD"]]
    receipt = told(donor.fetch(f"/api/v1/me/receipts/{receipts['ORCHARD']}.pdf"))
    assert "In-kind receipt" in receipt
    year = told(donor.fetch("/api/v1/me/statement-of-year.pdf?year=2026"))
    assert "Gifts of 2026" in year


def test_the_page_leads_to_them(receipts, browser):
    donor = browser("donor")
    page = donor.get("/donors/papers").get_data(as_text=True)
    links = re.findall(r'href="(/donors/[^"]*\.pdf)"', page)

    assert f"/donors/papers/receipts/{receipts['ORCHARD']}.pdf" in links
    assert "/donors/papers/2026.pdf" in links
    assert receipts["NORDIC"] not in page
    for link in links:
        assert donor.get(link).mimetype == "application/pdf", link


@pytest.mark.parametrize(
    "path", ["/papers/receipts/{}.pdf", "/api/v1/me/receipts/{}.pdf"]
)
def test_anothers_receipt_answers_like_none(receipts, caller, path):
    donor = caller("donor")
    foreign = donor.fetch(path.format(receipts["NORDIC"]))
    unknown = donor.fetch(path.format("R-2026-999"))

    assert foreign.status_code == unknown.status_code == 404
    said = foreign.get_data(as_text=True).replace(receipts["NORDIC"], "R-2026-999")
    assert _unsigned(said) == _unsigned(unknown.get_data(as_text=True))


def _unsigned(page):
    return re.sub(r'(content|value)="[^"]{60,}"|"X-CSRFToken": "[^"]*"', "", page)


@pytest.mark.usefixtures("receipts")
def test_a_donor_agrees_chooses_and_withdraws(caller, donors, programme):
    donor = caller("donor")

    def send(path, **body):
        command_id = str(named(f"{path} {body}"))
        return donor.send(f"/api/v1/me/{path}", command_id=command_id, **body)

    forced = send("contact", email="a@orchard.example", agrees=False)
    agreed = send("contact", email="a@orchard.example", agrees=True)
    without = send("letters", cadence="weekly")
    waiting = donor.fetch("/api/v1/me/letters").json
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", CONTACT))
    chosen = send("letters", cadence="monthly", language="kk")
    own = donor.fetch("/api/v1/me/letters").json
    send("contact/withdraw")

    assert without.json["code"] == "no_contact"
    assert forced.status_code == 422
    assert agreed.json == {"donor_code": "ORCHARD", "is_confirmed": False}
    assert (waiting["email"], waiting["unconfirmed_email"]) == (None, CONTACT.email)
    assert chosen.json["next_on"] == "2026-12-01"
    assert own == {
        "email": CONTACT.email,
        "unconfirmed_email": None,
        "consented_on": "2026-11-20",
        "language": "kk",
        "cadence": "monthly",
        "next_on": "2026-12-01",
    }
    after = donors.papers.own("ORCHARD")
    assert after.donor.contact_email is None
    assert (after.cadence, after.donor.language) == (Cadence.NEVER, "kk")
    assert donors.papers.own("NORDIC").donor.language == "en"


@pytest.mark.usefixtures("receipts")
def test_the_page_does_the_same_and_keeps_what_was_typed(browser, donors, programme):
    donor = browser("donor")

    def post(path, **form):
        form |= {"command_id": str(named(f"{path} {form}"))}
        form |= {"csrf_token": donor.csrf("/donors/papers")}
        return donor.post(f"/donors/papers/{path}", data=form)

    unticked = post("address", email="typed@orchard.example")
    wrong = post("address", email="typed at orchard", agrees="on")
    kept = post("address", email="typed@orchard.example", agrees="on")
    awaited = donors.addresses.awaited("ORCHARD")
    programme.perform("contact", lambda work: keep_contact(work, "ORCHARD", CONTACT))
    post("letters", cadence="weekly", language="ru")
    own = donors.papers.own("ORCHARD")
    post("withdraw")

    assert [unticked.status_code, wrong.status_code, kept.status_code] == [
        422,
        422,
        303,
    ]
    assert 'value="typed@orchard.example"' in unticked.get_data(as_text=True)
    assert 'value="typed at orchard"' in wrong.get_data(as_text=True)
    assert awaited.email == "typed@orchard.example"
    assert own.donor.contact_email == CONTACT.email
    assert (own.cadence, own.donor.language) == (Cadence.WEEKLY, "ru")
    assert donors.papers.own("ORCHARD").donor.contact_email is None


@pytest.mark.usefixtures("receipts")
def test_a_language_can_be_chosen_without_any_letter(caller, donors):
    body = {"command_id": str(named("language")), "cadence": "never", "language": "ru"}

    assert caller("donor").send("/api/v1/me/letters", **body).status_code == 200
    assert donors.papers.own("ORCHARD").donor.language == "ru"
