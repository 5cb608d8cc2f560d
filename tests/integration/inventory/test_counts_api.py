"""Count sheets as programs see them: planned, blind, finished."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.counting import a_command, count
from tests.support.inventory_site import Caller
from tests.support.lasting import lasting
from tests.support.warehouse import BERIK, Warehouse

Call = Mapping[str, Caller]


def a_sheet(call: Call, **what: Any) -> str:
    body = {**a_command(), **(what or {"location_code": "A-01"})}
    answer = call["coordinator"].post("/counts", body)
    assert answer.status_code == 200, answer.json
    return str(answer.json["count_sheet_number"])


def test_a_sheet_is_numbered_and_named_once(call: Call):
    body = {**a_command(), "location_code": "A-01"}

    first = call["coordinator"].post("/counts", body).json
    again = call["coordinator"].post("/counts", body).json

    assert first == again == {"count_sheet_number": "CS-2026-0001"}


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({}, "malformed"),
        ({"location_code": "A-01", "product_code": "HYG-COMB"}, "malformed"),
        ({"location_code": "Z-99"}, "unknown_location"),
        ({"product_code": "NO-SUCH"}, "unknown_product"),
    ],
)
def test_a_sheet_counts_one_known_place_or_product(
    call: Call, what: dict[str, str], code: str
):
    answer = call["coordinator"].post("/counts", {**a_command(), **what})

    assert answer.json["code"] == code


@pytest.mark.parametrize("role", ["volunteer", "reviewer", "coordinator", "auditor"])
def test_nobody_reads_the_books_on_an_open_sheet(
    warehouse: Warehouse, call: Call, role: str
):
    warehouse.receive(quantity=4321)
    sheet = a_sheet(call)
    count(warehouse, sheet, 3987)
    count(warehouse, sheet, 5, BERIK, lot_number="K-FOUND")

    one = call[role].get(f"/counts/{sheet}")
    many = call[role].get("/counts", status="open")
    station = call[role].get("/station")

    for answer in (one, many, station):
        assert "4321" not in lasting(answer.text)
        assert "3987" not in lasting(answer.text)
    states = [line["state"] for line in one.json["lines"]]
    assert states == ["second_count_needed", "second_count_needed"]


def test_an_uncounted_lot_stands_on_the_sheet(warehouse: Warehouse, call: Call):
    warehouse.receive(quantity=3)

    lines = call["volunteer"].get(f"/counts/{a_sheet(call)}").json["lines"]

    assert [(line["state"], line["counted"]) for line in lines] == [("uncounted", None)]


def test_a_coordinator_sees_both_counts_that_differ(warehouse: Warehouse, call: Call):
    warehouse.receive(quantity=100)
    sheet = a_sheet(call)
    count(warehouse, sheet, 90)
    count(warehouse, sheet, 80, BERIK)

    [line] = call["coordinator"].get(f"/counts/{sheet}").json["lines"]
    [blind] = call["volunteer"].get(f"/counts/{sheet}").json["lines"]

    assert (line["first_counted"], line["second_counted"]) == (90, 80)
    assert "first_counted" not in blind


def test_a_finished_sheet_tells_everything(warehouse: Warehouse, call: Call):
    warehouse.receive(quantity=100)
    sheet = a_sheet(call)
    count(warehouse, sheet, 99)

    done = call["coordinator"].post(f"/counts/{sheet}/finish", a_command())
    [line] = call["volunteer"].get(f"/counts/{sheet}").json["lines"]

    assert done.json["differences"] == 1
    assert (line["booked"], line["counted"], line["difference"]) == (100, 99, -1)
    assert line["movement_id"]


def test_finishing_without_a_word_about_what_is_uncounted(
    warehouse: Warehouse, call: Call
):
    warehouse.receive()

    answer = call["coordinator"].post(f"/counts/{a_sheet(call)}/finish", a_command())

    assert (answer.status_code, answer.json["code"]) == (409, "uncounted_lots")


@pytest.mark.parametrize("path", ["", "/CS-2026-0001/finish"])
def test_only_a_coordinator_plans_and_finishes(call: Call, path: str):
    body = {**a_command(), "location_code": "A-01"}

    assert call["volunteer"].post(f"/counts{path}", body).status_code == 403


def test_a_sheet_that_is_not_there(call: Call):
    assert call["volunteer"].get("/counts/CS-2026-9999").status_code == 404


def test_due_are_places_never_counted_and_medicine(warehouse: Warehouse, call: Call):
    warehouse.receive(product_code="MED-PARA", lot_number="P1", expires_on="2029-12-31")

    due = call["volunteer"].get("/counts/due").json

    assert due["medicines"] == ["MED-PARA"]
    assert len(due["locations"]) == 1
    a_sheet(call, product_code="MED-PARA")
    assert call["volunteer"].get("/counts/due").json["medicines"] == []
