"""Where it went, as donors, coordination offices and spreadsheets read it."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import hxl
import pytest
from openpyxl import load_workbook

from services.donors.application.issue_receipt import issue_receipt
from services.donors.application.keep_contact import choose_letters
from services.donors.application.register_donor import register_donor
from services.donors.domain.digest import Cadence
from services.donors.domain.donor import Donor, DonorKind
from services.donors.domain.masking.freezing import LineKind
from shared.contracts.distribution_v1 import HandoverLine, UnitRegistered
from shared.contracts.inventory_v1 import Pack, ProductRegistered
from tests.integration.donors.programme import a_handover, a_lot, named
from tests.integration.donors.readable import readable

HXL_ROW = (
    "#date+start,#date+end,#org+impl+name,#org+funder+name,#activity+project+code,"
    "#country+code+v_iso3,#adm1+name,#loc+type,#sector+cluster+name,#modality+name,"
    "#item+code,#item+name+i_en,#item+name+i_ru,#item+name+i_kk,#item+type,#item+unit,"
    "#output+received+num,#output+provided+num,#output+lost+num,"
    "#value+provided+x_estimate,#currency+code,#reached+ind+x_rounded,#status+code,"
    "#meta+suppressed"
)
"""Row 2 of the file, letter for letter as DOMAIN.md 5.1 has it."""

EVERY_LETTER = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ ёъыэщ ЁЪЫЭЩ"
A_GIFT = {"kk": "сыйлы", "ru": "дар", "en": "gift"}
FORMULA = "=HYPERLINK(1)"
IN_OCTOBER = datetime(2026, 10, 14, 6, tzinfo=UTC)
PEOPLE = {"W-A": 120, "W-B": 60, "W-ANT": None, "H-1": 20, "S-1": None, "C-1": 30}


def a_product(code, category, sensitivity=0):
    return ProductRegistered(
        product_code=code,
        version=1,
        category=category,
        names={"en": f"{FORMULA} {code}", "ru": EVERY_LETTER, "kk": EVERY_LETTER},
        unit_of_issue="bar",
        packs=(Pack("02000100010006", 1),),
        min_days_at_receipt=90,
        min_days_at_dispatch=30,
        sensitivity=sensitivity,
        flags=(),
    )


def given_to(unit_code, lot, accepted, product="SOAP"):
    return HandoverLine(unit_code, product, named(lot), accepted, 0, None, 0, 0)


@pytest.fixture
def database_kind():
    """What is answered does not depend on the kind of database."""
    return "sqlite"


@pytest.fixture
def frozen(programme):
    """October, frozen: soap to large places, combs to a ward of few."""
    programme.hears(
        a_product("SOAP", "hygiene"),
        a_product("BOOK", "education"),
        a_product("MED", "medicine", 1),
    )
    programme.hears(
        *(
            UnitRegistered(
                unit_code=code,
                version=1,
                facility_code=f"F-{code}",
                kind="ward",
                audience="detention" if code.startswith("W") else "community",
                groups=("women",),
                people_in_tens=people,
            )
            for code, people in PEOPLE.items()
        )
    )
    donor = Donor("ORCHARD", f"{FORMULA} {EVERY_LETTER}", DonorKind.ORGANISATION, "en")
    programme.perform("donor", lambda work: register_donor(work, donor))
    number = programme.gift_of("ORCHARD", product="SOAP", quantity=400)
    programme.hears(
        a_lot("soap", 1, number, product_code="SOAP", received=400, accepted=160),
        a_lot("book", 1, number, product_code="BOOK", received=60, accepted=50),
        a_lot("med", 1, number, product_code="MED", received=90, accepted=70),
        at=IN_OCTOBER,
    )
    lines = (
        given_to("W-A", "soap", 118),
        given_to("H-1", "soap", 42),
        given_to("W-ANT", "book", 50, "BOOK"),
        given_to("W-A", "med", 70, "MED"),
    )
    for gate, line in enumerate(lines):
        programme.hears(a_handover(f"gate {gate}", line, at=IN_OCTOBER))
    programme.clock.set(datetime(2026, 12, 1, tzinfo=UTC))
    programme.freezes_next_month()


def rows_of(answer):
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.reader(StringIO(text)))


@pytest.mark.usefixtures("frozen")
def test_a_donor_reads_kinds_of_places_and_tens(caller):
    (month,) = caller("donor").fetch("/api/v1/me/destinations").json["months"]

    lines = {
        (line["product_code"], line["audience"]): line
        for line in month["lines"]
        if line["kind"] == LineKind.DELIVERED
    }
    assert month["month"] == "2026-10"
    assert lines["SOAP", "detention"]["quantity"] == 120
    assert lines["SOAP", "community"]["people"] == 20
    hidden = lines[None, None]
    assert (hidden["quantity"], hidden["people"]) in {(None, None), (70, 120)}


@pytest.mark.usefixtures("frozen")
def test_a_ward_of_few_is_in_no_answer(caller):
    donor = caller("donor")
    for path in (
        "destinations",
        "distribution.csv",
        "distribution.xlsx",
        "statement.pdf",
    ):
        text = readable(donor.fetch(f"/api/v1/me/{path}").get_data())
        assert "W-ANT" not in text, path
        assert "F-W" not in text, path
    page = donor.fetch("/destinations").get_data(as_text=True)
    assert "W-ANT" not in page
    assert "not told" in page


@pytest.mark.usefixtures("frozen")
def test_the_second_row_is_the_hxl_row(caller):
    rows = rows_of(caller("donor").fetch("/api/v1/me/distribution.csv"))

    assert ",".join(rows[1]) == HXL_ROW
    assert {len(row) for row in rows} == {24}


@pytest.mark.usefixtures("frozen")
def test_a_coordination_office_opens_the_file_with_libhxl(caller, tmp_path):
    path = tmp_path / "distribution.csv"
    path.write_bytes(caller("donor").fetch("/api/v1/me/distribution.csv").get_data())

    options = hxl.InputOptions(allow_local=True)
    with hxl.make_input(str(path), options) as source:
        data = hxl.data(source)
        tags = [column.display_tag for column in data.columns]
        rows = list(data)

    assert [tag.split("+")[0] for tag in tags] == [
        tag.split("+")[0] for tag in HXL_ROW.split(",")
    ]
    soap = [
        row
        for row in rows
        if row.get("#item+code") == "SOAP" and row.get("#loc+type") == "detention"
    ]
    assert [row.get("#output+provided+num") for row in soap] == ["120"]
    assert soap[0].get("#meta+suppressed") == "no"
    assert {row.get("#loc+type") or "" for row in rows} <= {
        "detention",
        "community",
        "",
    }
    untold = [row for row in rows if not row.get("#output+provided+num")]
    assert all(row.get("#country+code+v_iso3") == "KAZ" for row in rows)
    assert any("few_people" in row.get("#meta+suppressed") for row in untold)


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("path", ["me/distribution", "me/in-kind", "distribution"])
def test_no_cell_is_worked_out_and_no_letter_is_lost(caller, path):
    asks = caller("donor" if path.startswith("me/") else "coordinator")

    text = asks.fetch(f"/api/v1/{path}.csv")
    book = load_workbook(BytesIO(asks.fetch(f"/api/v1/{path}.xlsx").get_data()))

    cells = [cell for row in rows_of(text) for cell in row]
    values = [cell.value for row in book.active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert not [value for value in values if str(value).startswith("=")]
    if path == "me/distribution":
        assert EVERY_LETTER in cells
        assert EVERY_LETTER in values


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("role", "paper"),
    [
        ("coordinator", "gifts/G-2026-001/acknowledgement.pdf"),
        ("coordinator", "receipts/R-2026-001.pdf"),
        ("donor", "me/statement.pdf"),
        ("coordinator", "donors/ORCHARD/statement-of-year.pdf"),
    ],
)
def test_a_paper_holds_every_letter(programme, caller, role, paper, language):
    """The statement speaks its reader's language, the others their donor's."""
    programme.perform("receipt", lambda work: issue_receipt(work, "G-2026-001"))
    programme.perform(
        "wish",
        lambda work: choose_letters(work, "ORCHARD", Cadence.NEVER, language),
    )
    asked = {"lang": language, "year": 2026}
    answer = caller(role).fetch(f"/api/v1/{paper}", query_string=asked)

    text = readable(answer.get_data())
    assert answer.mimetype == "application/pdf"
    assert A_GIFT[language] in text.casefold()
    for word in EVERY_LETTER.split():
        assert word in text, word


@pytest.mark.usefixtures("frozen")
def test_a_state_body_gets_what_donors_were_told_added_up(caller):
    rows = rows_of(caller("coordinator").fetch("/api/v1/distribution.csv"))

    soap = [row for row in rows if row[10] == "SOAP"]
    assert {(row[7], row[17]) for row in soap} == {
        ("detention", "120"),
        ("community", "40"),
    }
    assert {row[3] for row in rows[2:]} == {"All donors"}


@pytest.mark.usefixtures("frozen")
def test_a_person_is_named_in_no_file_that_may_be_passed_on(donors, caller):
    person = Donor("NORDIC", "Jane Doe", DonorKind.PERSON, "en")
    with donors.working() as work:
        register_donor(work, person)

    rows = rows_of(caller("neighbour").fetch("/api/v1/me/in-kind.csv"))

    assert "Jane Doe" not in str(rows)


@pytest.mark.usefixtures("frozen")
def test_contributions_stand_as_fts_asks_for_them(caller):
    header, row = rows_of(caller("donor").fetch("/api/v1/me/in-kind.csv"))

    said = dict(zip(header, row, strict=True))
    assert said["Contribution type"] == "In-kind"
    assert said["Contribution status"] == "paid"
    assert said["Destination country"] == "KAZ"
    assert said["Decision date"] == date(2026, 11, 20).isoformat()
    assert said["Description"].startswith("60 bar")


@pytest.mark.usefixtures("frozen")
def test_the_coordinator_looks_and_then_freezes(programme, browser, donors):
    programme.clock.set(datetime(2027, 1, 5, tzinfo=UTC))
    coordinator = browser("coordinator")
    page = coordinator.get("/donors/months/preview").get_data(as_text=True)
    fields = ("csrf_token", "command_id", "month", "threshold", "fingerprint")
    form = {name: _value(page, name) for name in fields}

    answer = coordinator.post("/donors/months", data=form)

    assert answer.status_code == 303
    assert [each.month for each in donors.snapshots.calendar().frozen] == [
        date(2026, 11, 1),
        date(2026, 10, 1),
    ]
    shown = coordinator.get("/donors/months").get_data(as_text=True)
    assert "Nov\N{NO-BREAK SPACE}2026" in shown
    assert coordinator.get("/donors/months/2026-10").status_code == 200


def _value(page, name):
    _, _, rest = page.rpartition(f'name="{name}" value="')
    return rest.partition('"')[0]


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("threshold", ["4", "0", "-1", "99999"])
def test_a_wrong_threshold_is_refused_on_the_page(browser, threshold):
    answer = browser("coordinator").get(f"/donors/months/preview?threshold={threshold}")

    assert answer.status_code == 422
    assert "5 to 1000" in answer.get_data(as_text=True)


def test_without_a_frozen_month_the_page_says_when(programme, caller):
    programme.registers("ORCHARD")

    page = caller("donor").fetch("/destinations").get_data(as_text=True)

    assert "No month has been told yet" in page
