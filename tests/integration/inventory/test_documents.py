"""Papers of the warehouse: every field, in three languages, empty and huge."""

import io
from uuid import UUID

import pytest
from pypdf import PdfReader

from services.inventory.application.receiving.finish_note import (
    CheckNote,
    FinishNote,
    check_note,
    finish_note,
)
from services.inventory.application.receiving.set_damaged_aside import (
    SetDamagedAside,
    set_damaged_aside,
)
from services.inventory.entrypoints.pages.people import initials_of
from shared.kernel.clock import local_day
from tests.support.counting import a_command, count, finish, plan
from tests.support.store import a_share
from tests.support.warehouse import AIDA, BERIK, LATER


def read(answer):
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]


def fetch(pages, path, language="en", role="volunteer"):
    answer = pages.get(f"{path}?lang={language}", role, is_followed=True)
    return "\n".join(read(answer))


def plain(text):
    """Lines of a cell and the blanks within are how a page is laid out."""
    return "".join(text.split())


ODD_LOT = '=1*(A)"<b>_'


def soap(warehouse, **fields):
    answer = warehouse.receive(product_code="HYG-SOAP-B", quantity=60, **fields)
    return warehouse.lot(answer)


@pytest.fixture
def pick_list(warehouse):
    sooner = soap(warehouse, lot_number=ODD_LOT, expires_on="2028-03-31")
    later = soap(warehouse, lot_number="B2409A", expires_on=LATER, location_code="A-02")
    return warehouse.list_of(
        a_share(later.lot_id, 5, product_code="HYG-SOAP-B"),
        a_share(sooner.lot_id, 7, product_code="HYG-SOAP-B"),
    )


def test_a_pick_list_on_paper_has_every_field(pages, pick_list):
    text = plain(fetch(pages, f"/pick-lists/{pick_list}/paper.pdf"))

    for said in (
        pick_list,
        "C-2026-0001",
        "WOMENS-PRISON",
        "A-01",
        "A-02",
        ODD_LOT,
        "B2409A",
        "Bathing soap 100 g",
        "31 Mar 2028",
        "Goes first",
        "Picked by",
        "Another lot: which and why",
    ):
        assert plain(said) in text, said


def test_a_pick_list_that_left_says_what_was_picked(pages, warehouse, pick_list):
    lines = warehouse.pick_list(pick_list).lines
    for line in lines:
        warehouse.pick(
            pick_list,
            line.quantity,
            product_code="HYG-SOAP-B",
            lot_id=line.lot_id,
        )
    warehouse.dispatch(pick_list)

    text = fetch(pages, f"/pick-lists/{pick_list}/paper.pdf")

    assert warehouse.pick_list(pick_list).waybill_number in text
    assert "Dispatched" in text


def test_another_lot_is_on_the_pick_list_with_its_reason(pages, warehouse):
    asked = soap(warehouse, lot_number="B2409A", expires_on=LATER)
    other = soap(warehouse, lot_number="C1", expires_on=LATER, location_code="A-02")
    number = warehouse.list_of(a_share(asked.lot_id, 5, product_code="HYG-SOAP-B"))
    warehouse.pick(
        number,
        5,
        product_code="HYG-SOAP-B",
        lot_id=other.lot_id,
        location_code="A-02",
        other_lot_reason="first lot is wet",
    )

    text = fetch(pages, f"/pick-lists/{number}/paper.pdf")

    assert plain("first lot is wet") in plain(text)
    assert "C1" in text


def test_a_pick_list_nobody_made_is_not_there(pages):
    assert pages.get("/pick-lists/PL-2026-9999/paper.pdf").status_code == 404


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_stock_card_on_paper_has_every_field(pages, warehouse, language):
    received = warehouse.receive(product_code="HYG-COMB", quantity=12)
    warehouse.undo(received)

    text = plain(fetch(pages, "/stock/HYG-COMB/card.pdf", language))

    stock = warehouse.app.page_reads.names(["HYG-COMB"])["HYG-COMB"]
    number = warehouse.lot(received).lot_number
    for said in (stock.names[language], "HYG-COMB", number, "A-01", "12", "GRN-2026"):
        assert plain(said) in text, said


def test_the_heading_of_a_stock_card_keeps_code_and_name_apart(pages, warehouse):
    warehouse.receive(product_code="HYG-COMB", quantity=12)

    lines = fetch(pages, "/stock/HYG-COMB/card.pdf", "en").splitlines()

    assert "Comb" in [line.strip() for line in lines]


def test_a_stock_card_of_four_hundred_movements_is_whole(pages, warehouse):
    warehouse.scan(*(warehouse.line(quantity=1) for _ in range(400)))

    made = read(pages.get("/stock/HYG-COMB/card.pdf"))

    assert len(made) > 8
    assert all("HYG-COMB" in page and "Balance" in page for page in made)
    assert "400" in made[-1]


def test_an_empty_stock_card_says_so(pages):
    assert "No lines." in fetch(pages, "/stock/HYG-COMB/card.pdf")


def test_a_card_is_signed_with_initials():
    assert initials_of("Aida B. Kenes") == "ABK"


@pytest.fixture
def note(warehouse):
    """Goods of an announced gift: some damaged, some refused, some too warm."""
    warehouse.announce("G-2026-001", ["women"])
    lot = soap(
        warehouse, lot_number=ODD_LOT, expires_on="2028-03-31", gift_number="G-2026-001"
    )
    warehouse.only(
        product_code="HYG-SOAP-B",
        action="refuse",
        reason="expired",
        gift_number="G-2026-001",
        quantity=4,
    )
    since = local_day(warehouse.clock.now())
    [row] = warehouse.app.receiving.notes(since=since, limit=5)
    number = row.note.grn_number
    aside = SetDamagedAside(
        grn_number=number,
        lot_id=lot.lot_id,
        location_code="A-01",
        quantity=3,
        to_location_code="H-01",
        condition="box torn",
        account=BERIK,
    )
    with warehouse.working() as work:
        set_damaged_aside(work, aside)
    with warehouse.working() as work:
        finish_note(work, FinishNote(number, AIDA, "PAPER-77/A", "dry and whole"))
    with warehouse.working() as work:
        check_note(work, CheckNote(number, BERIK))
    return number


def test_a_goods_received_note_has_every_field(pages, note):
    text = plain(fetch(pages, f"/receiving/{note}/note.pdf"))

    for said in (
        note,
        "G-2026-001",
        "EX-D1",
        "PAPER-77/A",
        "dry and whole",
        "Bathing soap 100 g",
        "2000100010006",
        ODD_LOT,
        "31 Mar 2028",
        "60",
        "box torn",
        "A-01",
        "women",
        "Value, currency, source",
        "Not taken in",
        "Past its last day of use",
        "Counted by",
        "Checked by",
    ):
        assert plain(said) in text, said


def test_a_note_nobody_made_is_not_there(pages):
    assert pages.get("/receiving/GRN-2026-999999/note.pdf").status_code == 404


@pytest.fixture
def sheet(warehouse):
    """A sheet of one place, with two lots of which the books expect 60 each."""
    soap(warehouse, lot_number=ODD_LOT, expires_on="2028-03-31")
    soap(warehouse, lot_number="B2409A", expires_on=LATER)
    return plan(warehouse, location_code="A-01")


def test_a_count_sheet_is_blind_and_has_room_to_write(pages, sheet):
    text = fetch(pages, f"/counts/{sheet}/sheet.pdf")

    for said in (sheet, "A-01", ODD_LOT, "B2409A", "Counted", "Second count"):
        assert plain(said) in plain(text), said
    assert "60" not in text


def test_the_result_of_a_count_says_what_the_books_said(pages, warehouse, sheet):
    for lot_number in (ODD_LOT, "B2409A"):
        count(warehouse, sheet, 59, product_code="HYG-SOAP-B", lot_number=lot_number)
    finish(warehouse, sheet)

    text = plain(fetch(pages, f"/counts/{sheet}/sheet.pdf"))

    for said in ("Count result", "In the books", "60", "59", "booked", "First count"):
        assert plain(said) in text, said


def test_a_loss_report_has_every_field(pages, warehouse, call):
    received = warehouse.receive(product_code="HYG-SHAM", quantity=20, expires_on=LATER)
    body = {
        **a_command(),
        "lot_id": received["lot_id"],
        "location_code": "A-01",
        "quantity": 12,
        "reason": "STOLEN",
        "incident": {
            "cause": "stolen",
            "discovered": "counting",
            "facts": "lock_forced",
            "action": "police_told",
            "happened_on": "2026-11-21",
            "value_tenge": 12000,
        },
    }
    number = call["coordinator"].post("/write-offs", body).json["incident_number"]

    text = plain(fetch(pages, f"/incidents/{number}/report.pdf"))

    for said in (
        number,
        "Lock or door forced",
        "Police told",
        "21 Nov 2026",
        "12,000",
        "Shampoo 250 ml",
        "Stolen",
        "Approved by",
        warehouse.lot(received).lot_number,
    ):
        assert plain(said) in text, said


def test_a_destruction_record_has_every_field(pages, warehouse, call):
    soap(warehouse, lot_number=ODD_LOT, expires_on="2027-03-31")
    warehouse.wait(days=200)
    body = {**a_command(), "method": "crushed"}
    opened = call["volunteer"].post("/destructions", body)
    number = opened.json["destruction_number"]
    for role in ("volunteer", "reviewer"):
        call[role].post(f"/destructions/{number}/confirm", a_command())

    text = plain(fetch(pages, f"/destructions/{number}/record.pdf"))

    for said in (
        number,
        "Crushed, made unusable",
        ODD_LOT,
        "31 Mar 2027",
        "60",
        "Expired",
        "storekeeper",
        "medical reviewer",
        "Destroyed",
    ):
        assert plain(said) in text, said


@pytest.mark.parametrize(
    ("language", "title", "signs"),
    [
        ("ru", "Лист отбора", "Должность и табельный номер"),
        ("kk", "Жинақтау парағы", "Лауазымы және табель нөмірі"),
    ],
)
def test_a_paper_speaks_the_language_of_its_reader(
    pages, pick_list, language, title, signs
):
    text = plain(fetch(pages, f"/pick-lists/{pick_list}/paper.pdf", language))

    assert plain(title) in text
    assert plain(signs) in text
    assert "Pickedby" not in text


def test_a_pick_list_of_four_hundred_lots_is_whole(pages, warehouse):
    answers = warehouse.scan(
        *(
            warehouse.line(
                product_code="HYG-SOAP-B", lot_number=f"L{n:04}", expires_on=LATER
            )
            for n in range(400)
        )
    )
    lots = [UUID(answer["lot_id"]) for answer in answers]
    number = warehouse.list_of(
        *(a_share(lot_id, 1, product_code="HYG-SOAP-B") for lot_id in lots)
    )

    made = read(pages.get(f"/pick-lists/{number}/paper.pdf"))

    assert len(made) > 10
    assert all(number in page for page in made)
    assert all("Goesfirst" in plain(page) for page in made[:-1])
    assert "L0399" in "".join(made)
