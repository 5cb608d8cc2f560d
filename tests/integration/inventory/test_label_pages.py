"""Labels are chosen on a page, looked at, printed, and scanned back to the goods."""

import io
import re

import pytest
from flask import Flask
from pypdf import PdfReader

from services.inventory.domain.own_codes import place_of_scan
from services.inventory.domain.scanning.decoding import decode
from services.inventory.entrypoints.papers.frame import TEMPLATES
from services.inventory.entrypoints.papers.numbers import number_sheet_facts
from services.inventory.entrypoints.words.labels import unit_code
from services.inventory.settings import Settings
from shared.documents.rendering import pictures
from shared.kernel.clock import local_day
from shared.kernel.gs1 import SSCC
from shared.web.languages import init_languages
from tests.integration.inventory.pages import words
from tests.support.labels import codes_on
from tests.support.warehouse import LATER


def sheets(answer):
    assert answer.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(answer.data)).pages


def millimetres(points):
    return round(float(points) * 25.4 / 72)


@pytest.fixture
def lot_id(warehouse):
    return warehouse.receive(
        product_code="HYG-SOAP-B", lot_number="B2409A", expires_on=LATER
    )["lot_id"]


def test_the_label_of_a_lot_is_scanned_back_to_its_lot(pages, warehouse, lot_id):
    address = f"/labels.png?kind=lots&stock=roll-62x50&code={lot_id}"
    [raw] = codes_on(pages.get(address).data)

    answer = warehouse.only(action="move", raw=raw, to_location_code="A-02")

    assert answer["status"] == "applied"
    assert answer["lot_id"] == lot_id


def test_the_label_of_a_place_names_the_place(pages, warehouse):
    picture = pages.get("/labels.png?kind=places&stock=roll-62x50&code=A-01").data

    today = local_day(warehouse.clock.now())
    places = {
        place_of_scan(dict(decode(raw, today=today).stated))
        for raw in codes_on(picture)
    }
    assert places == {"A-01"}


def test_boxes_get_numbers_nobody_had_and_the_same_command_the_same(pages):
    form = {"count": "3", "command_id": "0192f0c0-0000-7000-8000-000000000001"}
    first = pages.post("/labels/boxes", **form).location
    again = pages.post("/labels/boxes", **form).location
    other = pages.post("/labels/boxes", count="1").location

    numbers = re.findall(r"code=(\d{18})", first)
    assert len(numbers) == 3
    assert all(SSCC.parse(number) for number in numbers)
    assert again == first
    assert not set(re.findall(r"code=(\d{18})", other)) & set(numbers)


@pytest.mark.parametrize(
    ("stock", "width", "height", "count"),
    [("sheet-24", 210, 297, 2), ("roll-62x29", 62, 29, 30)],
)
def test_a_print_is_as_large_as_its_paper(pages, stock, width, height, count):
    query = f"kind=places&stock={stock}&code=A-01&copies=30"
    made = sheets(pages.get(f"/labels.pdf?{query}"))

    box = made[0].mediabox
    assert (millimetres(box.width), millimetres(box.height)) == (width, height)
    assert len(made) == count


def test_a_used_sheet_is_finished_from_where_it_ended(pages):
    query = "kind=places&stock=sheet-24&code=A-01&copies=2"
    [one] = sheets(pages.get(f"/labels.pdf?{query}&start=23"))
    both = sheets(pages.get(f"/labels.pdf?{query}&start=24"))

    assert one.extract_text().count("(98)A-01") == 2
    assert len(both) == 2


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?kind=nonsense&stock=none&copies=-4&start=x",
        "?kind=places&code=NOWHERE",
        "?kind=lots&code=no-lot",
        "?kind=lots&product_code=HYG-SOAP-B",
        "?kind=boxes&code=123",
        "?kind=places&code=A-01&start=99&copies=99999999",
        f"?kind=places&code=A-01&start={'9' * 5000}&copies={'9' * 5000}",
        "?kind=places&code=A-01&copies=²",
    ],
)
@pytest.mark.usefixtures("lot_id")
def test_whatever_the_address_says_the_page_stands(pages, query):
    assert pages.get(f"/labels{query}").status_code == 200
    assert pages.get(f"/labels.png{query}").data.startswith(b"\x89PNG")


def test_a_product_that_is_not_there_is_said_so(pages):
    answer = pages.get("/labels?kind=lots&product_code=HYG-NONE")

    assert answer.status_code == 404


def test_the_page_offers_the_lots_of_a_product(pages, lot_id):
    page = pages.get("/labels?kind=lots&product_code=HYG-SOAP-B")

    assert "B2409A" in words(page)
    assert f'value="{lot_id}"' in page.text


def test_the_labels_of_a_note_are_those_of_its_lots(pages, warehouse, lot_id):
    since = local_day(warehouse.clock.now())
    [row] = warehouse.app.receiving.notes(since=since, limit=5)

    note = pages.get(f"/receiving/{row.note.grn_number}")
    page = pages.get(f"/labels?kind=lots&grn_number={row.note.grn_number}")

    assert f"grn_number={row.note.grn_number}" in note.text
    assert f'value="{lot_id}" checked' in page.text


def test_a_donor_prints_nothing(pages):
    for path in ("/labels", "/labels.png", "/labels.pdf", "/products/number-codes.pdf"):
        assert pages.get(path, "donor").status_code == 403


def test_the_sheet_of_number_codes_is_scanned_product_by_product(pages, warehouse):
    text = "".join(
        page.extract_text() for page in sheets(pages.get("/products/number-codes.pdf"))
    )

    for product in warehouse.app.queries.products("", "", after=None, limit=500):
        assert product.product_code in text
    assert "2000100010006" in text


def test_every_bar_of_the_sheet_is_read_by_a_scanner(warehouse):
    products = warehouse.app.queries.products("", "", after=None, limit=500)
    app = Flask(__name__)
    init_languages(app)
    with app.app_context():
        facts = number_sheet_facts(products, warehouse.clock.now())
    sheet = pictures(TEMPLATES / "number_sheet.typ", facts, "en", 203)

    read = {raw[3:] for page in sheet for raw in codes_on(page)}

    assert read == {unit_code(product).shortest for product in products}


@pytest.mark.parametrize("prefix", ["", "12", "abc4567", "1" * 13])
def test_a_prefix_gs1_cannot_have_given_is_refused(prefix):
    with pytest.raises(ValueError, match="KOMEK_GS1_PREFIX"):
        Settings(company_prefix=prefix)
