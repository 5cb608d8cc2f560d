"""A count on paper-like pages: planned, walked blind, decided, finished, undone."""

from tests.integration.inventory.pages import Pages, hidden, words
from tests.support.counting import count
from tests.support.lasting import lasting
from tests.support.warehouse import AIDA, BERIK, Warehouse


def a_sheet(pages: Pages) -> str:
    made = pages.post("/counts", "coordinator", location_code="A-01")
    return str(made.headers["Location"]).removeprefix("/inventory")


def number_of(sheet: str) -> str:
    return sheet.rpartition("/")[2]


def test_what_is_due_can_be_planned_at_a_press(pages: Pages):
    before = words(pages.get("/counts", "coordinator"))
    pages.post("/counts", "coordinator", location_code="A-01")

    after = words(pages.get("/counts", "coordinator"))

    assert "counted longest ago" in before
    assert "CS-2026-0001" in after


def test_the_quarter_is_planned_at_a_press(pages: Pages):
    pages.post("/counts", "coordinator", location_code=["A-01", "A-02"])

    shown = words(pages.get("/counts", "coordinator"))

    assert "CS-2026-0001" in shown
    assert "CS-2026-0002" in shown


def test_a_volunteer_counts_without_seeing_the_books(
    warehouse: Warehouse, pages: Pages
):
    received = warehouse.receive(quantity=4321)
    sheet = a_sheet(pages)

    seen = pages.get(sheet)
    entered = pages.post(
        f"{sheet}/lines",
        product_code="HYG-COMB",
        lot_id=received["lot_id"],
        location_code="A-01",
        quantity="4300",
    )
    told = words(pages.get(sheet))

    assert entered.status_code == 303
    assert "counted: 1 / 1" in told
    assert "4,321" not in words(seen)
    assert "4321" not in lasting(seen.text)
    assert "4,321" not in told


def test_a_sheet_with_gaps_asks_what_they_mean(warehouse: Warehouse, pages: Pages):
    warehouse.receive()
    sheet = a_sheet(pages)

    asked = pages.post(f"{sheet}/finish", "coordinator")
    done = pages.post(f"{sheet}/finish", "coordinator", uncounted="leave")

    assert asked.status_code == 409
    assert "Lots not counted: 1" in words(asked)
    assert done.status_code == 303
    assert "stayed as they were" in words(pages.get(sheet))


def test_a_coordinator_decides_between_two_counts(warehouse: Warehouse, pages: Pages):
    received = warehouse.receive(quantity=100)
    sheet = a_sheet(pages)
    count(warehouse, number_of(sheet), 90)
    count(warehouse, number_of(sheet), 80, BERIK)

    asked = words(pages.get(sheet, "coordinator"))
    decided = pages.post(
        f"{sheet}/decisions",
        "coordinator",
        lot_id=received["lot_id"],
        location_code="A-01",
        counted="90",
    )
    pages.post(f"{sheet}/finish", "coordinator")

    assert "Take 90" in asked
    assert "Take 80" in asked
    assert "Take 90" not in words(pages.get(sheet))
    assert decided.status_code == 303
    assert warehouse.stock() == [("HYG-COMB", "A-01", 90)]


def test_a_conflict_is_shown_and_settled(warehouse: Warehouse, pages: Pages):
    warehouse.receive(quantity=100)
    sheet = a_sheet(pages)
    offline = warehouse.line(
        action="count", quantity=40, count_sheet_number=number_of(sheet)
    )
    count(warehouse, number_of(sheet), 60)
    warehouse.scan(offline, account=BERIK)

    asked = pages.get(sheet, "coordinator")
    settled = pages.post(
        f"{sheet}/rulings",
        "coordinator",
        waiting_id=hidden(asked, "waiting_id"),
        answer="add",
    )
    finished = pages.post(f"{sheet}/finish", "coordinator")

    assert "One lot, two counts" in words(asked)
    assert (settled.status_code, finished.status_code) == (303, 303)
    assert warehouse.stock() == [("HYG-COMB", "A-01", 100)]


def test_results_can_be_taken_back(warehouse: Warehouse, pages: Pages):
    warehouse.receive(quantity=100)
    sheet = a_sheet(pages)
    count(warehouse, number_of(sheet), 98, AIDA)
    pages.post(f"{sheet}/finish", "coordinator")

    results = pages.get(sheet, "coordinator")
    pages.post(
        f"{sheet}/undo", "coordinator", movement_id=hidden(results, "movement_id")
    )

    assert "−2" in words(results)
    assert "taken back" in words(pages.get(sheet))
    assert warehouse.stock() == [("HYG-COMB", "A-01", 100)]
