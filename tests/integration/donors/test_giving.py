"""Values, receipts, thanks, ended pledges and contracts, as the coordinator works."""

import io
import re
import zipfile
from datetime import date

import pytest
from pypdf import PdfReader

from tests.integration.donors.programme import (
    NAPPIES,
    SOAP,
    a_lot,
    named,
)

GIFT = "/api/v1/gifts/{}"
VALUE = {"product_code": SOAP, "amount": "1.50", "currency": "USD"} | {
    "basis": "market_price",
    "rate": "478.25",
    "rate_source": "National Bank",
    "rate_on": "2026-11-20",
}


@pytest.fixture
def asks(programme, caller):
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    return caller("coordinator")


@pytest.fixture
def gift(programme, asks):  # noqa: ARG001  donors and products come with it
    """Sixty of a hundred came, eight were refused."""
    number = programme.gift_of("ORCHARD")
    programme.hears(a_lot("lot", 1, number, received=60))
    programme.refuses("box", number, 8)
    return number


def sent(asks, path, name="", **body):
    return asks.send(path, command_id=str(named(f"{path} {name} {body}")), **body)


def told(pdf):
    assert pdf.status_code == 200
    pages = PdfReader(io.BytesIO(pdf.get_data())).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def test_a_receipt_keeps_what_it_said_and_a_change_makes_a_new_one(
    asks, gift, programme
):
    path = GIFT.format(gift)
    assert sent(asks, f"{path}/values", **VALUE).status_code == 200
    first = sent(asks, f"{path}/receipt").json["receipt_number"]
    again = sent(asks, f"{path}/receipt", "again").json["receipt_number"]
    programme.hears(a_lot("lot", 2, gift, received=61))
    second = sent(asks, f"{path}/receipt", "later").json["receipt_number"]

    assert (first, again, second) == ("R-2026-001", "R-2026-001", "R-2026-002")
    text = told(asks.fetch(f"/api/v1/receipts/{first}.pdf"))
    assert "90.00 USD" in text
    assert "478.25 KZT for 1 USD, National Bank" in text
    assert "43,042.50 KZT" in text
    assert "too few days left" in text
    assert "Replaces" not in text
    assert "R-2026-001" in told(asks.fetch(f"/api/v1/receipts/{second}.pdf"))


def test_another_currency_without_a_rate_is_refused(asks, gift):
    answer = sent(asks, f"{GIFT.format(gift)}/values", **VALUE | {"rate": None})

    assert (answer.status_code, answer.json["code"]) == (409, "rate_missing")


def test_goods_shown_late_are_receipted_late(asks, programme, clock, caller):
    """A receipt is read by its donor, so it tells no more than the dashboard."""
    number = programme.gift_of("NORDIC", product=NAPPIES)
    programme.hears(a_lot("late", 1, number, product_code=NAPPIES, received=30))
    path = f"{GIFT.format(number)}/receipt"

    early = sent(asks, path)
    clock.advance(hours=13)
    later = sent(caller("coordinator"), path, "next day")

    assert (early.status_code, early.json["code"]) == (409, "nothing_to_receipt")
    assert later.json == {"receipt_number": "R-2026-001"}


def test_a_gift_waits_for_thanks_until_thanked_once(asks, gift):
    [waiting] = asks.fetch("/api/v1/thanks/waiting").json["items"]
    path = f"{GIFT.format(gift)}/thanks"
    by_mail = sent(asks, path, way="mail")
    on_paper = sent(asks, path, way="paper")
    twice = sent(asks, path, "again", way="spoken")

    assert (waiting["gift_number"], waiting["received"]) == (gift, 60)
    assert (waiting["refused"], waiting["may_be_mailed"]) == (8, False)
    assert by_mail.json["code"] == "no_contact"
    assert on_paper.status_code == 200
    assert twice.json["code"] == "already_thanked"
    assert asks.fetch("/api/v1/thanks/waiting").json["items"] == []


def test_the_letter_of_thanks_says_kindly_what_was_not_taken(asks, gift):
    text = told(asks.fetch(f"{GIFT.format(gift)}/acknowledgement.pdf"))

    assert f"Your gift {gift} has come. Thank you!" in text
    assert "This we could not take in" in text
    assert "(too few days left)" in text


def test_a_pledge_ends_with_a_gift_of_its_own_donor(asks, gift, programme):
    pledge = sent(
        asks,
        "/api/v1/pledges",
        donor_code="ORCHARD",
        lines=[{"product_code": SOAP, "quantity": 5}],
    ).json["pledge_number"]
    path = f"/api/v1/pledges/{pledge}/end"
    foreign = sent(asks, path, gift_number=programme.gift_of("NORDIC"))
    own = sent(asks, path, gift_number=gift)
    twice = sent(asks, path, "again")

    assert foreign.json["code"] == "not_of_this_donor"
    assert own.json == {"pledge_number": pledge, "state": "came"}
    assert twice.json["code"] == "pledge_ended"
    [listed] = asks.fetch("/api/v1/pledges").json["items"]
    assert (listed["state"], listed["gift_number"]) == ("came", gift)
    assert sent(asks, "/api/v1/pledges/P-2026-999/end").status_code == 404


def test_fulfilment_stands_by_donor_and_funding_source(asks, gift, programme):
    contract = {"donor_code": "ORCHARD", "source": "state", "title": "Social contract"}
    contract |= {"starts_on": "2026-01-01", "ends_on": "2026-11-30"}
    number = sent(asks, "/api/v1/contracts", **contract).json["contract_number"]
    programme.gift_of("ORCHARD", quantity=7)
    assert sent(asks, f"{GIFT.format(gift)}/contract", contract_number=number)

    items = asks.fetch("/api/v1/fulfilment").json["items"]
    gaps = asks.fetch("/api/v1/contracts").json["gaps"]

    assert [(each["source"], each["announced"]) for each in items] == [
        ("none", 7),
        ("state", 100),
    ]
    assert (items[1]["received"], items[1]["refused"]) == (60, 8)
    assert items[1]["still_to_come"] == 32
    assert gaps == [{"source": "state", "since": "2026-12-01", "until": None}]
    empty = asks.fetch("/api/v1/fulfilment?since=2025-01-01&until=2025-12-31")
    assert empty.json["items"] == []
    wrong = asks.fetch("/api/v1/fulfilment?since=2026-02-01&until=2026-01-01")
    assert wrong.status_code == 422


def warned_in(page):
    """What a form says that it has warned of."""
    key = re.search(r'name="warned" value="([^"]+)"', page.get_data(as_text=True))[1]
    return {"warned": key}


def test_an_earmark_at_risk_is_listed_and_asked_about_before(asks, programme, browser):
    programme.has_units(P1=["women"], P2=["women"], P3=["women"], K1=["children"])
    programme.needs(**{SOAP.replace("-", "_"): 40})
    number = programme.gift_of("ORCHARD", earmark=["children"])
    programme.hears(a_lot("lot", 1, number, expires_on=date(2026, 12, 20)))

    [risky] = asks.fetch("/api/v1/earmarks/at-risk").json["items"]
    outlook = asks.fetch("/api/v1/earmarks/outlook?group=women").json["items"]
    coordinator = browser("coordinator")
    page = "/donors/gifts/new"
    shown = coordinator.get(page).get_data(as_text=True)
    command = re.search(r'name="command_id" value="([0-9a-f-]{36})"', shown)[1]
    form = {"donor_code": "ORCHARD", "product_code": SOAP, "quantity": "5"}
    form |= {"earmark": "children", "command_id": command}
    form |= {"csrf_token": coordinator.csrf(page)}
    asked = coordinator.post(page, data=form)
    announced = coordinator.post(page, data=form | warned_in(asked))

    assert risky["gift_number"] == number
    assert [each["risk"] for each in risky["warnings"]] == [
        "few_places",
        "expires_unused",
    ]
    assert risky["warnings"][1]["quantity"] == 90
    assert outlook == []
    assert asked.status_code == 200
    assert "Only 1 facility can use it." in asked.get_data(as_text=True)
    assert announced.status_code == 303


def test_goods_that_would_expire_under_an_earmark_are_asked_about_before(
    asks, programme, browser
):
    """The earmark leaves thirty of a month to be used, and the goods last a month."""
    programme.has_units(P1=["women"], P2=["women"], P3=["women"])
    programme.needs(**{SOAP.replace("-", "_"): 30})
    page = "/donors/gifts/new"
    goods = {"product_code": SOAP, "quantity": "100"}
    form = goods | {"donor_code": "ORCHARD", "earmark": "women"}
    coordinator = browser("coordinator")

    def sends(**more):
        sending = {"command_id": str(named(f"{more}"))}
        sending |= {"csrf_token": coordinator.csrf(page)}
        return coordinator.post(page, data=form | sending | more)

    asking = sends(expires_on="2026-12-20")
    warned, asked = warned_in(asking), asking.get_data(as_text=True)
    sooner = sends(expires_on="2026-12-10", **warned).get_data(as_text=True)
    mended = {"expires_on": "2026-12-20", "quantity": "10000"}
    more = sends(**mended, **warned).get_data(as_text=True)
    empty_line = {"product_code": [SOAP, ""], "quantity": ["100", ""]}
    announced = sends(expires_on="2026-12-20", **empty_line, **warned)
    query = goods | {"group": "women", "expires_on": "2026-12-20"}
    outlook = asks.fetch("/api/v1/earmarks/outlook", query_string=query)
    [told] = outlook.json["items"]

    assert "about 70 may expire unused by 20\N{NO-BREAK SPACE}Dec" in asked
    assert 'value="2026-12-20"' in asked
    assert "about 80 may expire unused by 10\N{NO-BREAK SPACE}Dec" in sooner
    assert "about 9,970 may expire unused" in more
    assert announced.status_code == 303
    assert (told["risk"], told["quantity"]) == ("expires_unused", 70)
    assert told["expires_on"] == "2026-12-20"


def test_a_day_of_use_that_is_none_is_refused_and_kept_in_the_form(asks, browser):
    page, coordinator = "/donors/gifts/new", browser("coordinator")
    form = {"donor_code": "ORCHARD", "product_code": SOAP, "quantity": "5"}
    form |= {"expires_on": "soon", "command_id": str(named("soon"))}
    form |= {"csrf_token": coordinator.csrf(page)}

    answer = coordinator.post(page, data=form)

    assert answer.status_code == 422
    assert 'value="soon"' in answer.get_data(as_text=True)
    outlook = "/api/v1/earmarks/outlook?group=women&expires_on=soon"
    assert asks.fetch(outlook).status_code == 422


def test_a_year_says_what_was_not_taken_and_its_sum_in_tenge(asks, gift):
    sent(asks, f"{GIFT.format(gift)}/values", **VALUE)
    text = told(asks.fetch("/api/v1/donors/ORCHARD/statement-of-year.pdf?year=2026"))

    assert "100 60 8 60 0 0 0 90.00 USD" in text
    assert "Sum: 90.00 USD" in text
    assert "In tenge, at the rate kept with each value: 43,042.50 KZT" in text


def test_many_papers_come_as_one_file(gift, programme, browser):
    other = programme.gift_of("NORDIC")
    programme.hears(a_lot("other", 1, other, received=5))
    coordinator = browser("coordinator")
    form = {
        "gift_number": [gift, other],
        "csrf_token": coordinator.csrf("/donors/gifts"),
    }

    answer = coordinator.post("/donors/thanks", data=form | {"act": "receipts"})
    names = zipfile.ZipFile(io.BytesIO(answer.get_data())).namelist()
    coordinator.post("/donors/thanks", data=form | {"act": "paper"})
    years = coordinator.get("/donors/people/all-2026.zip").get_data()

    assert names == ["R-2026-001.pdf", "R-2026-002.pdf"]
    assert "Everybody was thanked" in coordinator.get("/donors/thanks").get_data(
        as_text=True
    )
    listed = zipfile.ZipFile(io.BytesIO(years)).namelist()
    assert listed == ["NORDIC-2026.pdf", "ORCHARD-2026.pdf"]


@pytest.mark.parametrize(
    "path",
    [
        *("thanks", "fulfilment", "contracts", "earmarks", "people/ORCHARD"),
        *("gifts/{}/papers", "gifts/{}", "gifts", "pledges", "people"),
    ],
)
def test_every_page_can_be_read_full_and_empty(gift, browser, path):
    for role in ("coordinator", "auditor"):
        answer = browser(role).get(f"/donors/{path.format(gift)}")

        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert not re.search(r"\{\{|\}\}|\{%|%\}", page), "a template shows itself"
        assert page.count("<form") == page.count("</form>")
        may_write = 'name="command_id"' in page
        assert not (role == "auditor" and may_write)


def test_forms_of_a_gifts_papers_and_of_a_donor_do_what_they_say(gift, browser, donors):
    coordinator = browser("coordinator")
    token = {"csrf_token": coordinator.csrf("/donors/gifts")}

    def post(path, **form):
        body = token | {"command_id": str(named(f"{path} {form}"))} | form
        return coordinator.post(f"/donors/{path}", data=body)

    value = {f"amount-{SOAP}": "1 250,50", "currency": "kzt"}
    post(f"gifts/{gift}/values", **value, basis="cost")
    post(f"gifts/{gift}/receipt")
    post(f"gifts/{gift}/thanks", way="spoken")
    post("people/ORCHARD/contact", contact_email="a@b.example")
    without = donors.giving.donor("ORCHARD")
    consent = {"contact_email": "a@b.example", "consented_on": "2026-11-01"}
    post("people/ORCHARD/contact", **consent)
    post("people/ORCHARD/letters", cadence="weekly")
    chosen = donors.papers.own("ORCHARD")
    post("people/ORCHARD/withdraw")

    [paper] = donors.giving.papers([gift])
    assert str(paper.values[SOAP].amount) == "1250.50"
    assert [each.receipt_number for each in paper.receipts] == ["R-2026-001"]
    assert paper.thanked_by == "spoken"
    assert without.contact_email is None
    assert (chosen.cadence, chosen.next_on) == ("weekly", date(2026, 11, 23))
    assert donors.giving.donor("ORCHARD").contact_email is None
    assert donors.papers.own("ORCHARD").next_on is None
