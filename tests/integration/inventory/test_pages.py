"""What the pages of the warehouse show and decide."""

import csv
import io
import re
from uuid import UUID

import pytest

from services.inventory.domain.movement import Reason
from shared.kernel.clock import local_day
from tests.integration.inventory.pages import words
from tests.support.store import a_share
from tests.support.warehouse import LATER, Warehouse


def medicine(warehouse: Warehouse, lot_number: str = "B77") -> str:
    """Take in five packs of medicine; the id of their quarantined lot."""
    answer = warehouse.receive(
        product_code="MED-IBU", lot_number=lot_number, expires_on=LATER, quantity=5
    )
    return str(answer["lot_id"])


PAGES = (
    "/scan",
    "/scan?mode=move",
    "/scan?mode=count",
    "/scan?mode=look",
    "/stock",
    "/stock/HYG-COMB",
    "/attention",
    "/quarantine",
    "/pick-lists",
    "/products",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_page_is_whole_in_every_language(pages, warehouse, path, language):
    warehouse.receive()
    medicine(warehouse)
    warehouse.only(product_code="MED-IBU", quantity=1)
    joint = "&" if "?" in path else "?"

    page = pages.get(f"{path}{joint}lang={language}", "coordinator", is_followed=True)

    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    assert " style=" not in page.text
    assert not re.search(r"<script(?![^>]*src=)", page.text)


def test_stock_says_what_is_free_what_waits_and_why(pages, warehouse):
    medicine(warehouse)
    warehouse.receive(quantity=7)

    shown = words(pages.get("/stock"))

    assert "Comb HYG-COMB 7 pieces free" in shown
    assert "Ibuprofen 200 mg, 20 tabs MED-IBU 0 packs free" in shown
    assert "Held back: 5" in shown


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"category": "medicine"}, {"MED-IBU"}),
        ({"status": "quarantined"}, {"MED-IBU"}),
        ({"status": "available"}, {"HYG-COMB"}),
        ({"query": "b77"}, {"MED-IBU"}),
        ({"query": "comb"}, {"HYG-COMB"}),
        ({"query": "%"}, set()),
        ({"status": "no such"}, {"MED-IBU", "HYG-COMB"}),
    ],
)
def test_filters_leave_what_fits(pages, warehouse, wanted, names):
    medicine(warehouse)
    warehouse.receive(quantity=7)

    page = pages.get("/stock.csv", **wanted)

    rows = list(csv.DictReader(io.StringIO(page.text.lstrip("\ufeff"))))
    assert {row["product_code"] for row in rows} == names


def test_a_lot_that_looks_like_a_formula_stays_a_text(pages, warehouse):
    warehouse.receive(lot_number="=1+1", expires_on=LATER)

    page = pages.get("/stock.csv")

    [row] = csv.DictReader(io.StringIO(page.text.lstrip("\ufeff")))
    assert row["lot_number"] == "'=1+1"


def test_a_lot_that_looks_like_markup_is_shown_as_text(pages, warehouse):
    warehouse.receive(lot_number="<b>x</b>", expires_on=LATER)

    page = pages.get("/stock/HYG-COMB")

    assert "<b>x</b>" not in page.text
    assert "<b>x</b>" in words(page)


def test_an_empty_warehouse_says_what_to_do(pages):
    assert "The shelves are empty" in words(pages.get("/stock"))
    assert "Clear the filters" in words(pages.get("/stock", query="nothing"))


def test_the_stock_card_runs_backwards_with_its_balance(pages, warehouse):
    warehouse.receive(quantity=7)
    warehouse.wait(minutes=1)
    answer = warehouse.receive(quantity=3)
    warehouse.undo(answer)

    shown = words(pages.get("/stock/HYG-COMB"))

    balances = re.findall(r"(?:GRN-2026-\d{6}|–) ([+−]\d+) (\d+)", shown)
    assert balances == [("−3", "7"), ("+3", "10"), ("+7", "7")]


def test_a_card_of_no_product_is_not_found(pages):
    assert pages.get("/stock/NOTHING").status_code == 404


def test_a_scan_is_laid_aside_only_with_a_reason(pages, warehouse):
    warehouse.only(product_code="MED-IBU", quantity=1)
    [(_, line)] = warehouse.attention()
    address = f"/attention/{line['scan_id']}/discard"

    refused = pages.post(address, discard_reason=" ")
    done = pages.post(address, discard_reason="scanned twice")

    assert (refused.status_code, done.status_code) == (422, 303)
    assert warehouse.attention() == []
    assert "Nothing waits for you" in words(pages.get("/attention"))


def test_a_settled_scan_cannot_be_settled_again(pages, warehouse):
    answer = warehouse.only(product_code="MED-IBU", quantity=1)
    [(_, line)] = warehouse.attention()
    address = f"/attention/{line['scan_id']}"
    pages.post(f"{address}/discard", discard_reason="scanned twice")

    assert answer["status"] == "attention"
    assert pages.get(address).status_code == 404
    assert pages.post(f"{address}/resolve").status_code == 404


def test_the_reviewer_releases_with_a_reason(pages, warehouse):
    lot_id = medicine(warehouse)

    refused = pages.post(f"/lots/{lot_id}/release", "reviewer", reason="")
    done = pages.post(f"/lots/{lot_id}/release", "reviewer", reason="packing whole")

    assert (refused.status_code, done.status_code) == (422, 303)
    today = local_day(warehouse.clock.now())
    [lot] = warehouse.app.page_reads.lot(UUID(lot_id), today)
    assert (lot.status, lot.available) == ("released", 5)


def test_a_lot_that_is_used_up_keeps_its_page(pages, warehouse):
    answer = warehouse.receive(quantity=5)
    warehouse.adjust(answer, Reason.DAMAGED, quantity=5)

    page = pages.get(f"/lots/{answer['lot_id']}", "reviewer")

    assert page.status_code == 200
    assert "None of it is in the warehouse now." in words(page)
    assert "Hold the lot back" not in words(page)


def test_a_lot_tells_what_was_decided_about_it_the_latest_first(pages, warehouse):
    lot_id = medicine(warehouse)
    pages.post(f"/lots/{lot_id}/release", "reviewer", reason="packing whole")
    warehouse.wait(minutes=5)
    pages.post(f"/lots/{lot_id}/hold", "reviewer", reason="a doubtful <i>seal</i>")

    page = pages.get(f"/lots/{lot_id}")

    told = words(page)
    assert told.index("a doubtful") < told.index("packing whole")
    assert b"<i>seal" not in page.data
    assert told.count("Released") + told.count("Free to give") >= 1


def test_only_the_reviewer_decides(pages, warehouse):
    lot_id = medicine(warehouse)

    for role in ("volunteer", "coordinator", "auditor"):
        answer = pages.post(f"/lots/{lot_id}/release", role, reason="because")
        assert answer.status_code == 403

    assert "Release the lot" not in words(pages.get("/quarantine"))


def test_a_recall_lists_what_was_blocked(pages, warehouse):
    medicine(warehouse)

    page = pages.post(
        "/recalls",
        "reviewer",
        product_code="MED-IBU",
        lot_number="B77",
        reason="letter of the maker",
    )

    assert page.status_code == 200
    assert "Lot B77 is recalled Blocked here: 5" in words(page)
    assert "Nobody received any of it." in words(page)


def test_a_recall_of_an_unknown_product_keeps_the_form(pages):
    page = pages.post(
        "/recalls", "reviewer", product_code="NOPE", lot_number="B77", reason="letter"
    )

    assert page.status_code == 404
    assert "The catalogue has no product NOPE" in words(page)
    assert 'value="B77"' in page.text


def test_a_list_is_picked_and_dispatched_under_a_waybill(pages, warehouse):
    lot = warehouse.shelve("L1", {"A-01": 30}, product_code="HYG-COMB")
    number = warehouse.list_of(a_share(lot, 20, product_code="HYG-COMB"))
    pick = {"raw": "2000100090008", "quantity": "20", "lot_number": "L1"}

    early = pages.post(f"/pick-lists/{number}/dispatch")
    picked = pages.post(f"/pick-lists/{number}/pick", **pick)
    done = pages.post(f"/pick-lists/{number}/dispatch")

    assert early.status_code == 409
    assert "Why do lines stay open" in words(early)
    assert "Picked: 20 / 20" in words(picked)
    assert done.status_code == 303
    assert "Waybill WB-2026-0001" in words(pages.get(f"/pick-lists/{number}"))


def test_a_pick_in_place_draws_the_lines_anew(pages, warehouse):
    lot = warehouse.shelve("L1", {"A-01": 30}, product_code="HYG-COMB")
    number = warehouse.list_of(a_share(lot, 20, product_code="HYG-COMB"))

    part = pages.post(
        f"/pick-lists/{number}/pick",
        is_htmx=True,
        raw="2000100090008",
        quantity="5",
        lot_number="L1",
    )

    assert "<html" not in part.text
    assert "Picked 5 · A-01 → DISPATCH" in words(part)
    assert "Picked: 5 / 20" in words(part)


def test_an_unknown_list_is_not_found(pages):
    assert pages.get("/pick-lists/PL-2026-999999").status_code == 404


def test_a_product_is_added_with_its_case(pages, warehouse):
    page = pages.post(
        "/products/new",
        "coordinator",
        code="NEW-1",
        category="hygiene",
        name_en="New thing",
        name_ru="Новое",
        unit_of_issue="piece",
        gtin13_demo="9520000000011",
        case_gtin="19520000000018",
        case_qty="12",
    )

    assert page.status_code == 303
    packs = warehouse.app.queries.product("NEW-1").packs
    assert [pack.quantity for pack in packs] == [1, 12]


def test_a_wrong_number_is_named_at_its_field(pages):
    page = pages.post(
        "/products/new", "coordinator", code="NEW-1", gtin13_demo="9520000000012"
    )

    assert page.status_code == 422
    assert 'id="gtin13_demo-error"' in page.text
    assert 'id="name_ru-error"' in page.text
    assert 'value="NEW-1"' in page.text


def test_pages_are_read_on_from_where_they_ended(pages, warehouse):
    codes = [
        each.product_code
        for each in warehouse.app.queries.products("", "", after=None, limit=40)
    ]
    for code in codes:
        warehouse.only(product_code=code, lot_number="X1", expires_on=LATER)

    first = pages.get("/stock")
    cursor = re.search(r"cursor=([\w-]+)", first.text)
    assert cursor
    second = pages.get("/stock", cursor=cursor[1])

    shown = [
        re.findall(r'href="/stock/([\w-]+)"', page.text) for page in (first, second)
    ]
    assert len(shown[0]) == 30
    assert shown[1]
    assert not set(shown[0]) & set(shown[1])


def test_a_cursor_of_another_list_is_refused(pages):
    assert pages.get("/stock", cursor="nonsense").status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/products/new",
        "/recalls",
        "/scan/undo",
        "/scan/quantity",
        "/pick-lists/PL-2026-000001/dispatch",
    ],
)
def test_a_form_with_a_broken_id_is_refused_not_crashed(pages, path):
    role = "reviewer" if path == "/recalls" else "coordinator"

    page = pages.post(path, role, command_id="x", movement_id="x", **WHOLE)

    assert page.status_code == 422


WHOLE = {
    "code": "NEW-1",
    "category": "hygiene",
    "name_en": "New thing",
    "name_ru": "Новое",
    "unit_of_issue": "piece",
    "product_code": "HYG-COMB",
    "lot_number": "X1",
    "reason": "because",
}
