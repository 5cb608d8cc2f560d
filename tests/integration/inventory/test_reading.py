"""What is read of the books: lists by key, a card that adds up, a catalogue."""

import csv
import io

import pytest
from openpyxl import Workbook

from services.inventory.application.catalogue.import_products import import_products
from services.inventory.application.catalogue.importing import ImportRefusedError
from services.inventory.application.queries import CardPlace, StockFilter
from services.inventory.domain.attention import UnknownProductError
from shared.contracts.inventory_v1 import ProductRegistered
from shared.sheets.reading import read_sheet
from tests.support.warehouse import CATALOGUE, LATER


def the_catalogue():
    return list(read_sheet(CATALOGUE.read_bytes()).rows)


class TestStock:
    def test_is_read_page_by_page_without_repeating(self, warehouse):
        for number in range(7):
            warehouse.receive(
                product_code="HYG-SOAP-B", expires_on=LATER, lot_number=f"L{number}"
            )
        seen, after = [], None

        while True:
            page = warehouse.app.queries.stock(StockFilter(), after=after, limit=3)
            if not page:
                break
            last = page[-1]
            after = (last.product_code, last.lot_id, last.location_code)
            seen += [each.lot_number for each in page]

        assert sorted(seen) == [f"L{number}" for number in range(7)]

    def test_is_narrowed(self, warehouse):
        warehouse.receive(location_code="H-01")
        warehouse.receive(gift_number="G-2026-404")
        warehouse.receive(product_code="MED-PARA", lot_number="P", expires_on=LATER)

        assert warehouse.stock(product_code="MED-PARA") == [("MED-PARA", "A-01", 2)]
        assert warehouse.stock(location_code="H-01") == [("HYG-COMB", "H-01", 2)]
        assert warehouse.stock(status="quarantined") == [("MED-PARA", "A-01", 2)]
        assert warehouse.stock(status="awaiting_gift") == [("HYG-COMB", "A-01", 2)]
        assert warehouse.stock(status="released") == [("HYG-COMB", "H-01", 2)]

    def test_goods_on_hold_are_not_available(self, warehouse):
        warehouse.receive(location_code="H-01", quantity=5)

        [line] = warehouse.app.queries.stock(StockFilter())
        assert (line.on_hand, line.available) == (5, 0)

    def test_expires_overnight(self, warehouse):
        warehouse.receive(product_code="HYG-SOAP-B", expires_on="2027-03-31")
        assert warehouse.stock(status="expired") == []

        warehouse.wait(days=130)

        assert warehouse.stock(status="expired") == [("HYG-SOAP-B", "A-01", 2)]


class TestStockCard:
    def test_a_page_goes_on_where_the_last_one_ended(self, warehouse):
        for quantity in (1, 2, 3, 4):
            warehouse.receive(quantity=quantity)
            warehouse.wait(minutes=1)

        first = warehouse.app.queries.stock_card("HYG-COMB", limit=2)
        place = CardPlace(first[-1].occurred_at, first[-1].position, 3)
        rest = warehouse.app.queries.stock_card("HYG-COMB", after=place)

        assert [each.balance for each in (*first, *rest)] == [10, 6, 3, 1]

    def test_a_back_dated_movement_stands_where_it_belongs(self, warehouse):
        warehouse.receive(quantity=5)
        warehouse.receive(quantity=2, occurred_at="2026-11-22T07:00:00+05:00")

        card = warehouse.app.queries.stock_card("HYG-COMB")
        assert [(each.change, each.balance) for each in card] == [(5, 7), (2, 2)]

    def test_of_an_unknown_product_there_is_none(self, warehouse):
        with pytest.raises(UnknownProductError):
            warehouse.app.queries.stock_card("NOTHING-LIKE-IT")


class TestCatalogue:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("soap", {"HYG-SOAP-B", "HYG-SOAP-L", "INF-SOAP"}),
            ("Soap BABY", {"INF-SOAP"}),
            ("ПАРАЦЕТАМОЛ", {"MED-PARA", "MED-SUPP"}),
            ("ИІС сабын", {"HYG-SOAP-B"}),
            ("2000100010006", {"HYG-SOAP-B"}),
            ("0,05 %", {"MED-CHLOR"}),
            ("%", {"MED-CHLOR"}),
            ("_", set()),
        ],
    )
    def test_is_searched_by_code_name_and_number(self, warehouse, query, found):
        products = warehouse.app.queries.products(query)

        assert {each.product_code for each in products} == found

    def test_every_product_has_three_names(self, warehouse):
        products = warehouse.app.queries.products()

        assert len(products) == 45
        assert all(set(each.names) == {"kk", "ru", "en"} for each in products)
        assert len({each.names["kk"] for each in products}) == 45

    def test_is_told_to_the_others(self, warehouse):
        told = {each.product_code: each for each in warehouse.facts(ProductRegistered)}

        assert len(told) == 45
        assert told["MED-SUPP"].flags == ("medicine", "cold-15C")


class TestImport:
    def with_cells(self, *changes):
        rows = the_catalogue()
        for number, cells in changes:
            rows[number - 2] = {**rows[number - 2], **cells}
        return rows

    def test_the_same_table_again_says_nothing_new(self, warehouse):
        with warehouse.working() as work:
            assert import_products(work, the_catalogue()) == 45

        assert len(warehouse.facts(ProductRegistered)) == 45

    def test_a_changed_row_is_a_new_version(self, warehouse):
        with warehouse.working() as work:
            import_products(work, self.with_cells((2, {"min_days_receipt": "120"})))

        told = warehouse.facts(ProductRegistered)[-1]
        assert (told.product_code, told.version) == ("HYG-SOAP-B", 2)

    def test_names_every_bad_cell_and_imports_nothing(self, warehouse):
        rows = self.with_cells(
            (2, {"name_en": "Soap anew"}),
            (3, {"gtin13_demo": "2000100020004", "sensitivity": "7"}),
            (9, {"code": "HYG-SHAM"}),
        )

        with pytest.raises(ImportRefusedError) as refused, warehouse.working() as work:
            import_products(work, rows)

        assert [(each.row, each.column) for each in refused.value.faults] == [
            (3, "gtin13_demo"),
            (3, "sensitivity"),
            (9, "code"),
        ]
        assert len(warehouse.facts(ProductRegistered)) == 45

    def test_keeps_packs_the_table_does_not_know(self, warehouse):
        with warehouse.working() as work:
            soap = work.catalogue.of_codes(["HYG-SOAP-B"])["HYG-SOAP-B"]
            rows = self.with_cells((2, {"gtin13_demo": "9520000000011"}))
            import_products(work, rows)

        packs = warehouse.app.queries.product("HYG-SOAP-B").packs
        assert {pack.gtin for pack in packs} == {
            soap.packs[0].gtin,
            "09520000000011",
        }

    def test_a_missing_column_is_named(self, warehouse):
        rows = [
            {name: text for name, text in row.items() if name != "unit_of_issue"}
            for row in the_catalogue()
        ]

        with pytest.raises(ImportRefusedError) as refused, warehouse.working() as work:
            import_products(work, rows)

        assert refused.value.faults[0].column == "unit_of_issue"

    def test_an_empty_table_is_refused(self, warehouse):
        with pytest.raises(ImportRefusedError), warehouse.working() as work:
            import_products(work, [])


class TestTable:
    def test_a_sheet_reads_like_the_text(self):
        """Spreadsheets keep a GTIN as a number; it must come back whole."""
        book, content = Workbook(), io.BytesIO()
        with CATALOGUE.open(encoding="utf-8", newline="") as table:
            for row in csv.reader(table):
                book.active.append([int(c) if c.isdigit() else c for c in row])
        book.save(content)

        assert read_sheet(content.getvalue()).rows == the_catalogue()
