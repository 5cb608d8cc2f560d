"""What open sheets cost who reads the stock meanwhile: one question, however many."""

from services.inventory.domain.counting import OpenCounts
from tests.integration.inventory.pages import Pages
from tests.support.counting import plan
from tests.support.statements import asking
from tests.support.warehouse import Warehouse

SOAP = {"product_code": "HYG-SOAP-B", "lot_number": "L1", "expires_on": "2029-12-31"}
PADS = {"product_code": "MEN-PAD", "lot_number": "P1", "expires_on": "2029-12-31"}


def test_what_is_counted_is_one_question_whatever_is_counted(
    either_warehouse: Warehouse,
):
    warehouse = either_warehouse
    warehouse.receive(location_code="A-01")
    warehouse.receive(location_code="A-01", **SOAP)
    warehouse.receive(location_code="A-02", **PADS)
    warehouse.receive(location_code="A-03", **PADS)
    shelf, empty = (plan(warehouse, place) for place in ("A-01", "RETURNS"))
    pads = plan(warehouse, product_code="MEN-PAD")

    with asking(warehouse.database) as asked:
        counts = warehouse.app.counting.open_counts()

    assert asked.times("SELECT") == 1, asked.statements
    assert counts == OpenCounts(
        places={"A-01": shelf, "RETURNS": empty},
        products={"MEN-PAD": pads},
        touched={"HYG-COMB": shelf, "HYG-SOAP-B": shelf, "MEN-PAD": pads},
    )


def test_what_is_due_asks_as_much_for_two_sheets_as_for_none(warehouse: Warehouse):
    warehouse.receive(location_code="A-01")
    warehouse.receive(location_code="A-02", **PADS)
    today = warehouse.clock.now().date()

    with asking(warehouse.database) as without:
        before = warehouse.app.counting.due(today)
    plan(warehouse, "A-01")
    plan(warehouse, product_code="MEN-PAD")
    with asking(warehouse.database) as during:
        after = warehouse.app.counting.due(today)

    assert len(during.statements) == len(without.statements)
    busy = {"A-01", "A-02"}
    assert busy <= set(before.quarter)
    assert set(after.quarter) == set(before.quarter) - busy


def test_a_looked_up_code_without_stock_does_not_ask_what_is_counted(
    pages: Pages, warehouse: Warehouse
):
    def asks(code: str) -> bool:
        with asking(warehouse.database) as asked:
            pages.get("/scan", mode="look", raw=code)
        return asked.times("count_sheets") > 0

    warehouse.receive()
    plan(warehouse)

    assert asks("2000100090008")
    assert not asks("4006381333931")
