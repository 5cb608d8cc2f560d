"""What a coordinator looks for, takes away and takes back."""

import csv
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from services.donors.application.issue_receipt import issue_receipt
from services.donors.application.make_pledge import MakePledge, make_pledge
from services.donors.application.register_donor import register_donor
from services.donors.application.set_values import set_values
from services.donors.domain.donor import Contact, Donor, DonorKind
from services.donors.domain.promise import Line
from services.donors.domain.value import Basis, Rate, UnitValue
from services.donors.entrypoints.pages import table_rows
from tests.integration.donors.programme import NAPPIES, SOAP, a_lot, named
from tests.support.statements import failing

RATE = Rate(Decimal(500), "National Bank", date(2026, 11, 1))
DOLLARS = UnitValue(Decimal("1.25"), "USD", Basis.COST, RATE)


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def gifts(programme):
    """Four gifts, one of each stage."""
    programme.has_products()
    programme.registers("ORCHARD", "NORDIC")
    made = {
        "expected": programme.gift_of("ORCHARD", product=NAPPIES),
        "in_stock": programme.gift_of("ORCHARD", quantity=101),
        "on_the_way": programme.gift_of("NORDIC", quantity=102),
        "gone": programme.gift_of("NORDIC", quantity=103),
    }
    came = {"in_stock": {}, "on_the_way": {"in_transit": 60}, "gone": {"accepted": 60}}
    for stage, elsewhere in came.items():
        programme.hears(a_lot(stage, 1, made[stage], received=60, **elsewhere))
    return made


@pytest.fixture
def desk(browser):
    coordinator = browser("coordinator")

    def post(path, **form):
        form |= {"command_id": str(named(f"{path} {form}"))}
        form |= {"csrf_token": coordinator.csrf("/donors/gifts")}
        return coordinator.post(f"/donors/{path}", data=form)

    coordinator.do = post
    return coordinator


def listed(page, letter="G"):
    return set(
        re.findall(rf"/donors/gifts/({letter}-2026-\d+)\"", page.get_data(as_text=True))
    )


def rows_of(answer):
    assert answer.status_code == 200
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


def test_gifts_are_found_by_stage(gifts, desk):
    for stage, number in gifts.items():
        assert listed(desk.get(f"/donors/gifts?stage={stage}")) == {number}


@pytest.mark.parametrize(
    ("query", "stages"),
    [
        ("text=по-русски", {"expected", "in_stock", "on_the_way", "gone"}),
        ("text=inf-nap", {"expected"}),
        ("donor=NORDIC", {"on_the_way", "gone"}),
        ("donor=NORDIC&stage=gone", {"gone"}),
        ("text=%25", set()),
        ("stage=nonsense&donor=ORCHARD", {"expected", "in_stock"}),
    ],
)
def test_gifts_are_found_by_donor_goods_and_stage(gifts, desk, query, stages):
    page = desk.get(f"/donors/gifts?{query}")

    assert listed(page) == {gifts[stage] for stage in stages}
    if not stages:
        assert "No such gift" in page.get_data(as_text=True)


def test_a_gift_is_found_by_a_part_of_its_number(gifts, desk):
    assert listed(desk.get(f"/donors/gifts?text={gifts['gone'].lower()}")) == {
        gifts["gone"]
    }


def test_the_list_leads_to_the_same_gifts_as_a_table(gifts, desk, programme):
    programme.perform(
        "v", lambda work: set_values(work, gifts["gone"], {SOAP: DOLLARS})
    )
    page = desk.get("/donors/gifts?stage=gone").get_data(as_text=True)
    link = re.search(r'href="(/donors/tables/gifts\.csv[^"]*)"', page)[1]

    [row] = rows_of(desk.get(link.replace("&amp;", "&")))

    assert (row["gift_number"], row["donor"]) == (gifts["gone"], "NORDIC (example)")
    assert (row["announced"], row["received"], row["accepted"]) == ("103", "60", "60")
    assert (row["value_of_one"], row["currency"], row["rate"]) == ("1.25", "USD", "500")


def test_the_register_of_receipts_shows_the_rate_beside_every_sum(
    gifts, desk, programme
):
    number = gifts["in_stock"]
    programme.perform("v", lambda work: set_values(work, number, {SOAP: DOLLARS}))
    programme.perform("r", lambda work: issue_receipt(work, number))

    [row] = rows_of(desk.get("/donors/tables/receipts.csv"))

    assert (row["receipt_number"], row["quantity"]) == ("R-2026-001", "60")
    assert (row["value"], row["currency"]) == ("75.00", "USD")
    assert (row["value_in_tenge"], row["rate_source"]) == ("37500.00", "National Bank")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("since=2026-02-01&until=2026-01-01", "The period ends before it starts."),
        ("since=soon", "Choose a day, such as 2026-12-31."),
    ],
)
def test_a_period_that_cannot_be_shown_is_told_beside_the_running_year(
    desk, asked, words
):
    answer = desk.get(f"/donors/fulfilment?{asked}")
    page = answer.get_data(as_text=True)

    assert answer.status_code == 422
    assert words in page
    assert f'value="{asked.partition("=")[2].partition("&")[0]}"' in page
    assert "1\N{NO-BREAK SPACE}Jan" in page


@pytest.mark.usefixtures("gifts")
def test_fulfilment_can_be_taken_away(desk):
    rows = rows_of(desk.get("/donors/tables/fulfilment.csv"))

    assert [(row["donor_code"], row["announced"], row["received"]) for row in rows] == [
        ("NORDIC", "205", "120"),
        ("ORCHARD", "201", "60"),
    ]
    empty = desk.get("/donors/tables/fulfilment.csv?since=2025-01-01&until=2025-12-31")
    assert rows_of(empty) == []


@pytest.mark.usefixtures("pledges")
@pytest.mark.parametrize("name", ["gifts", "pledges", "receipts"])
def test_a_table_is_as_long_as_its_list(gifts, desk, programme, monkeypatch, name):
    for number in set(gifts.values()) - {gifts["expected"]}:
        programme.perform(number, lambda work, n=number: issue_receipt(work, n))
    at_once = rows_of(desk.get(f"/donors/tables/{name}.csv"))

    monkeypatch.setattr(table_rows, "ROWS_AT_ONCE", 2)

    assert len(at_once) >= 3
    assert rows_of(desk.get(f"/donors/tables/{name}.csv")) == at_once


@pytest.mark.usefixtures("pledges")
def test_half_a_table_is_an_error_and_no_table(desk, donors, monkeypatch):
    monkeypatch.setattr(table_rows, "ROWS_AT_ONCE", 2)
    with failing(donors.database, "ORDER BY pledges", after=1):
        answer = desk.get("/donors/tables/pledges.csv")

    assert answer.status_code == 500


@pytest.fixture
def pledges(gifts, programme):  # noqa: ARG001  donors and gifts come with it
    """One without a day, one overdue, one that is due later."""
    days = {"undated": None, "late": date(2026, 11, 1), "later": date(2026, 12, 1)}
    return {
        name: programme.perform(
            f"pledge {name}",
            lambda work, d=due_on: make_pledge(
                work, MakePledge("ORCHARD", d, [Line(SOAP, 40)])
            ),
        )["pledge_number"]
        for name, due_on in days.items()
    }


def pledged(page):
    return set(re.findall(r'class="code">(P-2026-\d+)<', page.get_data(as_text=True)))


def test_a_pledge_ends_with_a_gift_of_the_list_and_can_be_taken_up_again(
    pledges, gifts, desk
):
    desk.do(f"pledges/{pledges['late']}/end", gift_number=gifts["in_stock"])
    came = pledged(desk.get("/donors/pledges?state=came"))
    rows = rows_of(desk.get("/donors/tables/pledges.csv"))
    desk.do(f"pledges/{pledges['late']}/reopen")

    assert came == {pledges["late"]}
    assert {
        (row["pledge_number"], row["state"], row["gift_number"]) for row in rows
    } == {
        (pledges["undated"], "open", ""),
        (pledges["later"], "open", ""),
        (pledges["late"], "came", gifts["in_stock"]),
    }
    assert pledged(desk.get("/donors/pledges?state=came")) == set()
    assert pledged(desk.get("/donors/pledges?state=overdue")) == {pledges["late"]}
    assert pledged(desk.get("/donors/pledges?state=open")) == {
        pledges["undated"],
        pledges["later"],
    }


def test_a_pledge_that_cannot_end_so_is_shown_with_the_reason(pledges, gifts, desk):
    path = f"pledges/{pledges['late']}/end"
    theirs = desk.do(path, gift_number=gifts["gone"])
    desk.do(path, gift_number=gifts["in_stock"])
    again = desk.do(path)

    assert (theirs.status_code, again.status_code) == (409, 409)
    assert "Choose one that does" in theirs.get_data(as_text=True)
    assert "has already ended" in again.get_data(as_text=True)
    assert pledges["late"] in pledged(again)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("pledges/P-2026-001/end", {"gift_number": "G-2026-999"}),
        ("gifts/G-2026-001/values", {"basis": "cost"}),
        ("gifts/G-2026-001/earmark", {"earmark": "nobody"}),
        ("gifts/G-2026-001/donor", {"donor_code": "NOBODY"}),
        ("people/ORCHARD/contact", {"contact_email": "typed"}),
        ("contracts/F-2026-001/drop", {}),
    ],
)
@pytest.mark.usefixtures("pledges")
def test_links_of_a_page_that_shows_a_refusal_lead_to_the_page(desk, path, form):
    refused = desk.do(path, **form)
    links = re.findall(
        r'href="([^"]*(?:lang|theme)=[^"]*)"', refused.get_data(as_text=True)
    )

    assert refused.status_code in {404, 409, 422}
    assert len(links) >= 5
    for link in links:
        shown = desk.get(link.replace("&amp;", "&"), follow_redirects=True)
        assert shown.status_code == 200, link


def test_only_gifts_of_the_own_donor_are_offered_for_a_pledge(pledges, gifts, desk):
    page = desk.get("/donors/pledges?donor=ORCHARD").get_data(as_text=True)
    offered = set(re.findall(r'<option value="(G-2026-\d+)"', page))

    assert len(pledges) == 3
    assert offered == {gifts["expected"], gifts["in_stock"]}


def test_thanks_noted_by_mistake_are_taken_back(gifts, desk, donors):
    number = gifts["in_stock"]
    desk.do(f"gifts/{number}/thanks", way="spoken")
    [thanked] = donors.giving.papers([number])
    desk.do(f"gifts/{number}/unthank")
    [waiting] = donors.giving.papers([number])

    assert (thanked.thanked_by, waiting.thanked_by) == ("spoken", None)


def test_many_values_are_kept_at_once_and_offered_for_the_next_gift(
    gifts, desk, donors, programme
):
    first, later = gifts["in_stock"], programme.gift_of("ORCHARD", quantity=7)
    rate = {"rate": "500,5", "rate_source": "National Bank", "rate_on": "2026-11-01"}
    form = {f"amount-{SOAP}": "1,25", "currency": "usd", "basis": "cost"} | rate

    assert desk.do(f"gifts/{first}/values", **form).status_code == 303
    page = desk.get(f"/donors/gifts/{later}/papers").get_data(as_text=True)

    assert donors.papers.values([first])[first][SOAP].rate.tenge == Decimal("500.5")
    assert re.search(rf'name="amount-{SOAP}"[^>]*value="1.25"', page)
    assert 'value="USD"' in page
    assert 'value="National Bank"' in page


def test_a_refused_value_leaves_the_form_as_it_was_filled(gifts, desk, donors):
    number = gifts["in_stock"]
    form = {f"amount-{SOAP}": "12,5", "currency": "EUR", "basis": "market_price"}

    answer = desk.do(f"gifts/{number}/values", **form)
    page = answer.get_data(as_text=True)

    assert answer.status_code == 409
    assert "needs its rate to tenge" in page
    assert 'value="12,5"' in page
    assert 'value="EUR"' in page
    assert donors.papers.values([number]) == {}


def test_a_refused_contact_leaves_the_form_as_it_was_filled(gifts, desk):
    assert gifts
    answer = desk.do("people/ORCHARD/contact", contact_email="typed", consented_on="")

    assert answer.status_code == 422
    assert 'value="typed"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("text", ["айырЫМ", "ex-k", " AIDA@k "])
@pytest.mark.usefixtures("gifts")
def test_a_donor_is_found_by_name_code_and_contact(desk, programme, text):
    contact = Contact("aida@k.example", date(2026, 11, 1))
    kind = DonorKind.ORGANISATION
    donor = Donor("EX-K", "Қайырымдылық (example)", kind, "kk", contact)
    programme.perform("K", lambda work: register_donor(work, donor))

    def shown(wanted):
        page = desk.get("/donors/people", query_string={"text": wanted})
        return re.findall(
            r'href="/donors/people/([A-Z-]+)"', page.get_data(as_text=True)
        )

    assert shown(text) == ["EX-K"]
    assert shown("") == ["EX-K", "NORDIC", "ORCHARD"]
    assert shown("nobody") == []


@pytest.mark.usefixtures("gifts")
def test_in_january_the_statements_of_last_year_are_one_press_away(programme, browser):
    programme.clock.set(datetime(2027, 1, 5, 7, tzinfo=UTC))
    programme.gift_of("NORDIC")
    coordinator = browser("coordinator")
    page = coordinator.get("/donors/people").get_data(as_text=True)
    years = re.findall(r'href="(/donors/people/all-(\d+)\.zip)"', page)

    assert [year for _link, year in years] == ["2027", "2026"]
    packed = [ZipFile(BytesIO(coordinator.get(link).get_data())) for link, _ in years]
    assert [each.namelist() for each in packed] == [
        ["NORDIC-2027.pdf"],
        ["NORDIC-2026.pdf", "ORCHARD-2026.pdf"],
    ]


CONTRACT = {
    "donor_code": "ORCHARD",
    "source": "state",
    "title": "Social contract",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "amount": "1000",
    "currency": "kzt",
}


@pytest.mark.usefixtures("gifts")
def test_a_contract_kept_by_mistake_is_dropped(desk, donors):
    desk.do("contracts", **CONTRACT)
    [kept] = donors.giving.contracts()
    answer = desk.do(f"contracts/{kept.contract_number}/drop")

    assert answer.status_code == 303
    assert donors.giving.contracts() == []


def test_a_contract_says_what_it_paid_for_and_then_stays(
    gifts, desk, donors, programme
):
    desk.do("contracts", **CONTRACT)
    [kept] = donors.giving.contracts()
    number = gifts["in_stock"]
    programme.perform("v", lambda work: set_values(work, number, {SOAP: DOLLARS}))
    desk.do(f"gifts/{number}/contract", contract_number=kept.contract_number)
    answer = desk.do(f"contracts/{kept.contract_number}/drop")
    page = answer.get_data(as_text=True)

    assert answer.status_code == 409
    assert "Book them to another one first" in page
    assert "Paid for 1 gift; what came is worth about 75.00 USD" in page


@pytest.mark.usefixtures("gifts")
@pytest.mark.parametrize(
    "wrong",
    [{"currency": "TENGE"}, {"amount": "-1"}, {"amount": "NaN"}, {"amount": "1e40"}],
)
def test_money_that_is_none_is_refused_and_kept_in_the_form(desk, donors, wrong):
    answer = desk.do("contracts", **CONTRACT | wrong)

    assert answer.status_code == 422
    assert 'value="Social contract"' in answer.get_data(as_text=True)
    assert donors.giving.contracts() == []


def test_a_risky_earmark_is_asked_about_before_it_is_set(
    gifts, desk, programme, donors
):
    programme.has_units(P1=["women"], P2=["women"], P3=["women"], K1=["children"])
    number = gifts["in_stock"]

    asked = desk.do(f"gifts/{number}/earmark", earmark="children")
    before = donors.queries.gift(number).earmark
    set_anyway = desk.do(
        f"gifts/{number}/earmark", earmark="children", warned="children"
    )
    page = desk.get(f"/donors/gifts/{number}").get_data(as_text=True)

    assert f'action="/donors/gifts/{number}/earmark"' in page
    assert asked.status_code == 200
    assert "Nothing is changed yet" in asked.get_data(as_text=True)
    assert before is None
    assert set_anyway.status_code == 303
    assert "The earmark may leave goods unused" in page
    assert "Only 1 facility can use it." in page
    assert "until its month is frozen, thirty days after its end" in page


def test_a_group_that_does_not_exist_is_refused_on_the_page(gifts, desk):
    answer = desk.do(f"gifts/{gifts['in_stock']}/earmark", earmark="nobody")

    assert answer.status_code == 409
    assert "Nothing was changed" in answer.get_data(as_text=True)


def test_all_gifts_that_wait_for_thanks_can_be_ticked_at_once(gifts, desk):
    waiting = len(gifts) - 1
    plain = desk.get("/donors/thanks").get_data(as_text=True)
    ticked = desk.get("/donors/thanks?tick=all").get_data(as_text=True)

    assert plain.count(" checked") == 0
    assert ticked.count(" checked") == waiting


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Последний день раньше первого"),
        ("kk", "Соңғы күн біріншісінен бұрын"),
        ("en", "The last day comes before the first"),
    ],
)
@pytest.mark.usefixtures("gifts")
def test_what_a_field_needs_is_said_in_the_readers_language(desk, language, words):
    desk.get(f"/donors/contracts?lang={language}")
    answer = desk.do("contracts", **CONTRACT | {"ends_on": "2025-12-31"})

    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
