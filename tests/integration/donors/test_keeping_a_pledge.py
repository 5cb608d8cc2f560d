"""A pledge is announced as the gift it became: typed once, counted once."""

import re
from datetime import date

import pytest

from services.donors.application.announce_gift import AnnounceGift, announce_gift
from services.donors.application.end_pledge import end_pledge
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.searches import PledgeSearch
from services.donors.domain.giving_errors import PledgeEndedError
from services.donors.domain.promise import Line
from tests.integration.donors.programme import NAPPIES, SOAP, a_lot, named

DUE = date(2026, 12, 24)


@pytest.fixture
def pledge(programme):
    """Forty bars and seven nappies, promised by ORCHARD."""
    programme.has_products()
    programme.has_units(P1=["women"], P2=["women"], P3=["women"], K1=["children"])
    programme.registers("ORCHARD", "NORDIC")
    wish = MakePledge("ORCHARD", DUE, [Line(SOAP, 40), Line(NAPPIES, 7)])
    answer = programme.perform("pledge", lambda work: make_pledge(work, wish))
    return answer["pledge_number"]


@pytest.fixture
def desk(browser):
    return browser("coordinator")


def text(answer):
    return answer.get_data(as_text=True)


def filled(page):
    """Give what stands in the form of a gift, as a browser would send it."""
    form = page.partition("gift-form")[2].partition("</form>")[0]
    chosen = re.findall(r'<option value="([^"]+)" selected', form)
    numbers = re.findall(r'name="quantity"[^>]* value="(\d+)"', form)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    donor, *codes = chosen
    return {**hidden, "donor_code": donor, "product_code": codes, "quantity": numbers}


def opened(desk, pledge):
    """Follow the link from the list of pledges; give what stands in the form."""
    listed = text(desk.get("/donors/pledges"))
    link = re.search(r'href="(/donors/gifts/new\?pledge=[^"]+)"', listed)[1]
    assert link.endswith(pledge)
    return filled(text(desk.get(link)))


def sends(desk, form):
    return desk.post("/donors/gifts/new", data=form)


def state(donors):
    [row] = donors.pledges.page(PledgeSearch(), 9, None).rows
    return row.state.value, row.gift_number


def promised(donors):
    levels = donors.queries.levels().levels
    return next(each.promised for each in levels if each.product_code == SOAP)


def gifts(donors):
    return donors.queries.gifts(9).accounts


def test_the_list_leads_to_a_filled_form_and_announcing_ends_the_pledge(
    desk, donors, programme, pledge
):
    programme.needs(HYG_SOAP_B=1000)
    form = opened(desk, pledge)
    before = promised(donors)
    answer = sends(desk, form)
    on_its_way = promised(donors)
    [gift] = gifts(donors)
    programme.hears(a_lot("lot", 1, gift.gift_number, received=40))

    assert (form["donor_code"], form["product_code"], form["quantity"]) == (
        "ORCHARD",
        [SOAP, NAPPIES],
        ["40", "7"],
    )
    assert answer.location == f"/donors/gifts/{gift.gift_number}"
    assert gift.expected == [Line(SOAP, 40), Line(NAPPIES, 7)]
    assert state(donors) == ("came", gift.gift_number)
    assert (before, on_its_way, promised(donors)) == (40, 40, 0)
    assert f"Pledge {pledge} has ended." in text(desk.get(answer.location))


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": ["many", "7"]},
        {"earmark": "children"},
        {"more": "1"},
        {"donor_code": "NORDIC"},
    ],
)
def test_what_is_shown_again_still_knows_the_pledge(desk, donors, pledge, wrong):
    form = opened(desk, pledge)
    again = text(sends(desk, form | wrong))

    assert gifts(donors) == []
    assert state(donors) == ("open", None)
    assert f'name="pledge_number" value="{pledge}"' in again
    form |= {"command_id": filled(again)["command_id"]}
    assert sends(desk, form).status_code == 303
    assert state(donors) == ("came", "G-2026-001")


def test_a_pledge_that_ended_meanwhile_announces_nothing(
    desk, donors, programme, pledge
):
    form = opened(desk, pledge)
    programme.perform("end", lambda work: end_pledge(work, pledge, None))
    late = sends(desk, form)
    link = desk.get(f"/donors/gifts/new?pledge={pledge}")

    assert (late.status_code, link.status_code) == (409, 409)
    assert "has already ended" in text(late)
    assert "has already ended" in text(link)
    assert gifts(donors) == []


def test_gift_and_end_are_of_one_piece(donors, programme, pledge):
    """A pledge that cannot end leaves no gift and no number behind."""
    programme.perform("end", lambda work: end_pledge(work, pledge, None))
    wish = AnnounceGift("ORCHARD", [Line(SOAP, 40)], None, pledge)
    with pytest.raises(PledgeEndedError):
        programme.perform("gift", lambda work: announce_gift(work, wish))

    assert gifts(donors) == []
    assert programme.gift_of("ORCHARD") == "G-2026-001"


def test_a_link_to_no_pledge_says_so(desk, pledge):
    assert pledge == "P-2026-001"
    answer = desk.get("/donors/gifts/new?pledge=P-2026-999")

    assert answer.status_code == 404
    assert "No pledge P-2026-999 is known" in text(answer)


def test_a_program_names_the_pledge_a_gift_keeps(caller, donors, pledge):
    body = {"command_id": str(named("gift")), "donor_code": "ORCHARD"}
    body |= {"expected": [{"product_code": SOAP, "quantity": 40}]}
    answer = caller("coordinator").send("/api/v1/gifts", pledge_number=pledge, **body)

    assert answer.status_code == 201
    assert state(donors) == ("came", answer.json["gift_number"])
