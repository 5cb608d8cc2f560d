"""What a table of opening stock asks of inventory's database: no more for more rows."""

from collections.abc import Sequence

import pytest

from tests.integration.inventory.pages import Pages, hidden
from tests.support.statements import asking
from tests.support.warehouse import Warehouse

HEADER = "product_code,lot_number,expires_on,quantity,location_code,gift_number\n"
FEW, MANY = 10, 100


def taking_in(pages: Pages, warehouse: Warehouse, rows: Sequence[str]) -> int:
    """Take a table in; how many statements its confirmation sent."""
    text = HEADER + "\n".join(rows)
    seen = pages.post("/imports/stock", "coordinator", text=text)
    import_id = hidden(seen, "import_id")
    with asking(warehouse.database) as asked:
        done = pages.post("/imports/stock/confirm", "coordinator", import_id=import_id)
    assert done.status_code == 303
    return len(asked.statements)


@pytest.mark.parametrize("gift_number", ["", "G-2026-0001"])
def test_a_hundred_rows_of_a_gift_ask_as_much_as_ten(
    pages: Pages, warehouse: Warehouse, gift_number: str
):
    def rows(count: int, series: str) -> list[str]:
        return [
            f"HYG-SOAP-B,{series}{number},2028-03-31,1,A-01,{gift_number}"
            for number in range(count)
        ]

    taking_in(pages, warehouse, rows(1, "FIRST"))

    few = taking_in(pages, warehouse, rows(FEW, "F"))
    many = taking_in(pages, warehouse, rows(MANY, "M"))
    again = taking_in(pages, warehouse, rows(MANY, "M"))

    assert many == few
    assert again <= few + FEW, "the lots are there already"
    assert len(warehouse.stock()) == 1 + FEW + MANY
