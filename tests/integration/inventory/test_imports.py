"""Tables set a warehouse up: looked at, every bad cell named, taken in once."""

import io
from datetime import date
from uuid import uuid5

import pytest
from openpyxl import Workbook, load_workbook

from services.inventory.application.ports.importing import SentTable
from services.inventory.application.queries import StockFilter
from services.inventory.domain.cells import CellError, day
from services.inventory.entrypoints.pages.imports import KINDS
from services.inventory.entrypoints.words.cells import CELL_TEXTS
from shared.contracts.inventory_v1 import WalkInGiftOpened
from tests.integration.inventory.pages import Pages, hidden, words
from tests.support.store import NAMESPACE, an_id
from tests.support.warehouse import AIDA, BERIK

STOCK = "product_code,lot_number,expires_on,quantity,location_code,gift_number\n"
SOAP = "HYG-SOAP-B,L1,2028-03-31,120,A-01,\n"


def look(pages, kind, text, role="coordinator"):
    return pages.post(f"/imports/{kind}", role, text=text)


def take_in(pages, kind, text):
    """Look at a table and confirm it; the answer to the confirmation."""
    seen = look(pages, kind, text)
    assert seen.status_code == 200, words(seen)
    return confirm(pages, kind, hidden(seen, "import_id"))


def confirm(pages, kind, import_id):
    return pages.post(f"/imports/{kind}/confirm", "coordinator", import_id=import_id)


def test_opening_stock_stands_where_the_table_says(pages, warehouse):
    page = take_in(pages, "stock", STOCK + SOAP + "HYG-COMB,,,7,A-02,\n")

    assert page.status_code == 303
    assert warehouse.stock() == [("HYG-COMB", "A-02", 7), ("HYG-SOAP-B", "A-01", 120)]
    [line] = warehouse.app.queries.stock(StockFilter(product_code="HYG-SOAP-B"))
    assert (line.expires_on, line.lot_number) == (date(2028, 3, 31), "L1")
    [gift] = warehouse.facts(WalkInGiftOpened)
    assert line.gift_number == gift.gift_number
    [card] = warehouse.app.queries.stock_card("HYG-COMB")
    assert (card.reason, card.document) == ("OPENING", "OPEN-2026-0001")


def test_nothing_is_written_by_a_look(pages, warehouse):
    seen = look(pages, "stock", STOCK + SOAP)

    assert "Rows in the table: 1" in words(seen)
    assert warehouse.stock() == []


def test_a_table_pressed_twice_is_taken_in_once(pages, warehouse):
    import_id = hidden(look(pages, "stock", STOCK + SOAP), "import_id")

    answers = [confirm(pages, "stock", import_id).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert warehouse.stock() == [("HYG-SOAP-B", "A-01", 120)]


def test_medicine_of_the_opening_stock_waits_for_its_reviewer(pages, warehouse):
    row = "MED-IBU,M1,2028-03-31,5,A-01,\n"
    take_in(pages, "stock", STOCK + row)
    take_in(pages, "stock", STOCK + row)

    assert warehouse.stock(status="quarantined") == [("MED-IBU", "A-01", 5)] * 2


def test_goods_of_a_gift_not_heard_of_are_held(pages, warehouse):
    take_in(pages, "stock", STOCK + "HYG-COMB,,,7,A-02,G-2026-777\n")

    assert warehouse.stock(status="awaiting_gift") == [("HYG-COMB", "A-02", 7)]


def test_expired_goods_may_be_written_down_but_never_given(pages, warehouse):
    take_in(pages, "stock", STOCK + "HYG-SOAP-B,OLD,2026-01-31,3,A-01,\n")

    [line] = warehouse.app.queries.stock(StockFilter())
    assert (line.on_hand, line.available) == (3, 0)
    assert warehouse.stock(status="expired") == [("HYG-SOAP-B", "A-01", 3)]


BAD_CELLS = [
    ("NO-SUCH,,,1,A-01,\n", "product_code", "is not in the catalogue"),
    ("INF-FORM,L,2028-01-01,1,A-01,\n", "product_code", "never take in"),
    ("HYG-COMB,,,0,A-01,\n", "quantity", "is not a whole number from 1 to 1000000"),
    ("HYG-COMB,,,1.5,A-01,\n", "quantity", "1.5 is not a whole number"),
    ("HYG-COMB,,,,A-01,\n", "quantity", "is empty"),
    ("HYG-COMB,,,1,Z-99,\n", "location_code", "Z-99 is no place of this warehouse"),
    ("HYG-SOAP-B,L1,,1,A-01,\n", "expires_on", "needs an expiry date"),
    ("HYG-SOAP-B,L1,31.02.2027,1,A-01,\n", "expires_on", "31.02.2027 is no date"),
    ("MED-IBU,,2028-01-01,1,A-01,\n", "lot_number", "medicine needs the lot number"),
    ("HYG-COMB,A234567890123456789012,,1,A-01,\n", "lot_number", "is longer than 20"),
    ("HYG-COMB,,,1,A-01,,more\n", "column 7", "more stands in no column we know"),
]


@pytest.mark.parametrize(("row", "column", "why"), BAD_CELLS)
def test_every_bad_cell_is_named_with_row_column_value_and_why(
    pages, warehouse, row, column, why
):
    page = look(pages, "stock", STOCK + SOAP + row)

    assert page.status_code == 422
    assert f"row 3, {column}: " in words(page)
    assert why in words(page)
    assert "import_id" not in page.text
    assert warehouse.stock() == []


def test_all_bad_cells_of_a_row_are_named_at_once(pages):
    page = look(
        pages, "stock", STOCK + "MED-IBU,,31.02.2028,many,Z-99,\nНЕТ,,,1,Z-9,\n"
    )

    text = words(page)
    assert "Cells to mend: 6" in text
    for column in ("lot_number", "expires_on", "quantity", "location_code"):
        assert f"row 2, {column}: " in text
    assert "row 3, product_code: НЕТ is no code" in text
    assert "row 3, location_code: Z-9 is no place" in text


def test_a_row_that_repeats_another_names_it(pages):
    page = look(pages, "stock", STOCK + SOAP + "\n" + SOAP)

    assert "row 4, product_code: HYG-SOAP-B stands in row 2 already" in words(page)


def recall(warehouse):
    with warehouse.working() as work:
        facts = {"recalled_by": BERIK, "recalled_at": warehouse.clock.now()}
        work.lots.recall("HYG-SOAP-B", "L1", reason="x", **facts)


def test_a_recalled_lot_is_not_taken_in(pages, warehouse):
    take_in(pages, "stock", STOCK + SOAP)
    recall(warehouse)

    assert "this lot was recalled" in words(look(pages, "stock", STOCK + SOAP))


def test_what_changed_since_the_look_is_told_and_nothing_is_taken_in(pages, warehouse):
    import_id = hidden(look(pages, "stock", STOCK + SOAP), "import_id")
    recall(warehouse)

    page = confirm(pages, "stock", import_id)

    assert page.status_code == 422
    assert "this lot was recalled" in words(page)
    assert warehouse.stock() == []


def test_what_nobody_looked_at_cannot_be_confirmed(pages):
    unknown = str(uuid5(NAMESPACE, "nothing"))

    assert confirm(pages, "stock", unknown).status_code == 404


def test_a_table_waits_for_its_sender_and_for_a_day(warehouse):
    first, second = (SentTable(an_id(n), "stock", AIDA, [{"a": "1"}]) for n in "12")
    with warehouse.working() as work:
        work.sent_tables.keep(first)
        assert work.sent_tables.take(first.import_id, BERIK) is None
    warehouse.wait(days=2)
    with warehouse.working() as work:
        work.sent_tables.keep(second)
        assert work.sent_tables.take(first.import_id, AIDA) is None
        assert work.sent_tables.take(second.import_id, AIDA) == second
        assert work.sent_tables.take(second.import_id, AIDA) is None


def test_places_come_from_a_table_and_keep_their_kind(pages, warehouse):
    head = "location_code,name,kind,sequence\n"
    page = take_in(
        pages, "locations", f"{head}B-01,Shelf B,storage,70\nA-01,New,storage,\n"
    )
    assert page.status_code == 303
    places = {each.location_code: each for each in warehouse.app.queries.locations()}
    assert (places["B-01"].kind, places["B-01"].sequence) == ("storage", 70)
    assert places["A-01"].name == "New"

    refused = look(
        pages, "locations", f"{head}A-01,Hold,hold,\nC,C,shelf,\nC,D,hold,x\n"
    )

    text = words(refused)
    assert "row 2, kind: hold is a place of the kind storage already" in text
    assert "row 3, kind: shelf is not one of: storage, hold, dispatch" in text
    assert "row 4, location_code: C stands in row 3 already" in text
    assert "row 4, sequence: x is not a whole number" in text


PRODUCTS = "code,category,name_en,name_ru,unit_of_issue,min_days_receipt\n"


def test_products_come_from_a_table(pages, warehouse):
    page = take_in(pages, "products", f"{PRODUCTS}NEW-2,hygiene,Two,Два,piece,30\n")

    assert page.status_code == 303
    [product] = warehouse.app.queries.products("NEW-2", "", after=None, limit=5)
    assert product.min_days_at_receipt == 30


def test_bad_products_are_named(pages):
    text = f"{PRODUCTS}NEW-2,hygiene,Two,Два,piece,many\n,hygiene,Three,Три,piece,1\n"

    said = words(look(pages, "products", text))

    assert "Cells to mend: 2" in said
    assert "row 2, min_days_receipt: many is not a whole number" in said
    assert "row 3, code: is empty" in said


def test_a_missing_column_is_named(pages):
    page = look(pages, "stock", "product_code,quantity\nHYG-COMB,1\n")

    assert "row 1, location_code: this column is missing" in words(page)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused_in_words(pages, content):
    page = pages.post(
        "/imports/products", "coordinator", table=(io.BytesIO(content), "a.xlsx")
    )

    assert page.status_code == 422
    assert "Save it as XLSX or as CSV" in words(page)


def test_a_spreadsheet_with_dates_and_an_old_csv_are_taken(pages, warehouse):
    book = Workbook()
    book.active.append(STOCK.strip().split(","))
    book.active.append(["HYG-SOAP-B", "L1", date(2028, 3, 31), 5, "A-01", None])
    book.active.append(["HYG-SOAP-B", "L2", 46843, 6, "A-01", None])
    content = io.BytesIO()
    book.save(content)
    seen = pages.post(
        "/imports/stock",
        "coordinator",
        table=(io.BytesIO(content.getvalue()), "a.xlsx"),
    )
    confirm(pages, "stock", hidden(seen, "import_id"))

    lines = warehouse.app.queries.stock(StockFilter())
    assert {each.expires_on for each in lines} == {date(2028, 3, 31)}
    old = "location_code;name;kind\nB-9;Полка;storage\n".encode("cp1251")
    seen = pages.post(
        "/imports/locations", "coordinator", table=(io.BytesIO(old), "a.csv")
    )
    assert "Read as Windows-1251" in words(seen)
    assert "Полка" in words(seen)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_a_table_we_take(pages, kind, form):
    page = pages.get(f"/imports/{kind}/template.{form}", "coordinator")

    if form == "xlsx":
        assert load_workbook(io.BytesIO(page.data)).active.max_row == 2
    seen = pages.post(
        f"/imports/{kind}", "coordinator", table=(io.BytesIO(page.data), f"a.{form}")
    )
    assert seen.status_code == 200, words(seen)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("path", ["/imports", "/imports/stock"])
def test_every_page_is_whole_in_every_language(pages, path, language):
    page = pages.get(f"{path}?lang={language}", "coordinator", is_followed=True)

    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    assert " style=" not in page.text


def test_only_the_coordinator_takes_tables_in(pages):
    assert look(pages, "stock", STOCK + SOAP, "volunteer").status_code == 403
    assert pages.get("/imports", "reviewer").status_code == 403


def test_both_databases_take_a_table_in_once(either_warehouse, site_of):
    pages = Pages(site_of(either_warehouse))
    take_in(pages, "locations", "location_code,name,kind\nB-01,Shelf B,storage\n")
    take_in(pages, "stock", STOCK + SOAP)

    assert either_warehouse.stock() == [("HYG-SOAP-B", "A-01", 120)]


def test_every_day_a_person_may_write_is_read():
    for text in ("2027-03-31", "31.03.2027", "31/03/2027", "03.2027", "46477"):
        assert day(text) == date(2027, 3, 31)
    for text in ("31.02.2027", "2027-13-01", "99999", "soon", "31.03.1027"):
        with pytest.raises(CellError) as refused:
            day(text)
        assert refused.value.code in CELL_TEXTS


def test_a_long_table_is_taken_in_whole(pages, warehouse):
    rows = "".join(f"HYG-COMB,N{number},,1,A-01,\n" for number in range(2_000))

    assert take_in(pages, "stock", STOCK + rows).status_code == 303
    assert len(warehouse.stock()) == 500
