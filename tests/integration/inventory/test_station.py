"""What a phone takes into the cellar: everything it needs, nothing it may not know."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from services.inventory.adapters.tables import PACKS, PRODUCTS
from services.inventory.application.station import station_snapshot, usual_quantity
from tests.support.store import a_share
from tests.support.warehouse import LATER


def snapshot(warehouse):
    return station_snapshot(warehouse.app.station_queries)


def product(warehouse, code):
    found = {each["product_code"]: each for each in snapshot(warehouse)["products"]}
    return found[code]


@contextmanager
def counted_statements(database):
    """Count what is asked of the database meanwhile."""
    asked = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *said: asked.append(said[2])
    )
    yield asked


class TestSnapshot:
    def test_says_what_a_receipt_of_a_product_needs(self, warehouse):
        medicine = product(warehouse, "MED-SUPP")

        assert medicine["needs"] == ["lot", "expiry"]
        assert medicine["temperature_range"] == {"lowest": None, "highest": 15}
        assert medicine["packs"] == [{"gtin": "02000400070007", "quantity": 1}]
        assert medicine["min_days_at_receipt"] == 365
        assert {"medicine", "cold-15C"} == set(medicine["flags"])
        assert product(warehouse, "HYG-COMB")["needs"] == []

    def test_lists_places_gifts_and_open_pick_lists(self, warehouse):
        warehouse.announce("G-2026-001")
        received = warehouse.receive(quantity=10)
        share = a_share(warehouse.lot(received).lot_id, 4, product_code="HYG-COMB")
        number = warehouse.list_of(share)

        kept = snapshot(warehouse)

        assert {"location_code": "A-01", "name": "Shelf A-01", "kind": "storage"} in (
            kept["locations"]
        )
        assert kept["gifts"] == [{"gift_number": "G-2026-001", "donor_code": "EX-D1"}]
        [listed] = kept["pick_lists"]
        assert listed["pick_list_number"] == number
        assert [(line["quantity"], line["picked"]) for line in listed["lines"]] == [
            (4, 0)
        ]

    def test_names_the_lots_that_have_to_be_told_apart(self, either_warehouse):
        warehouse = either_warehouse
        facts = {"product_code": "HYG-SOAP-B", "expires_on": LATER}
        for number in ("L2", "L1"):
            warehouse.receive(lot_number=number, quantity=3, **facts)
        warehouse.receive(lot_number="L3", location_code="A-02", **facts)

        kept = snapshot(warehouse)["lots"]

        lot = {"product_code": "HYG-SOAP-B", "location_code": "A-01"}
        assert kept == [
            {**lot, "lot_number": number, "expires_on": LATER}
            for number in ("L1", "L2")
        ]

    def test_a_change_of_the_catalogue_shows_at_once(self, warehouse):
        snapshot(warehouse)
        line = warehouse.line(raw="9520000000011")
        warehouse.scan(line)
        warehouse.resolve(line["scan_id"], product_code="HYG-COMB")

        gtins = [pack["gtin"] for pack in product(warehouse, "HYG-COMB")["packs"]]

        assert "09520000000011" in gtins

    def test_asks_as_little_for_many_products_as_for_few(self, warehouse):
        with warehouse.database.writing() as connection:
            connection.execute(PRODUCTS.insert(), [a_product(n) for n in range(2_000)])
            connection.execute(PACKS.insert(), [a_pack(n) for n in range(2_000)])

        with counted_statements(warehouse.database) as asked:
            first = len(snapshot(warehouse)["products"])
            asked_first = len(asked)
            snapshot(warehouse)

        assert first > 2_000
        assert len(asked) - asked_first < asked_first < 20


class TestUsualQuantity:
    @pytest.mark.parametrize(
        ("receipts", "usual"), [([], None), ([5, 5], None), ([1, 500, 24], 24)]
    )
    def test_is_the_middle_of_at_least_three(self, receipts, usual):
        assert usual_quantity(receipts) == usual

    def test_grows_with_receipts_and_forgets_what_was_taken_back(self, warehouse):
        for quantity in (10, 12, 14):
            wrong = warehouse.receive(quantity=quantity)
        assert product(warehouse, "HYG-COMB")["usual_quantity"] == 12
        warehouse.undo(wrong)
        assert product(warehouse, "HYG-COMB")["usual_quantity"] is None
        warehouse.receive(quantity=2)

        assert product(warehouse, "HYG-COMB")["usual_quantity"] == 10

    def test_looks_at_the_last_twenty(self, warehouse):
        for _ in range(20):
            warehouse.receive(quantity=900)
        warehouse.scan(*[warehouse.line(quantity=3) for _ in range(20)])

        assert product(warehouse, "HYG-COMB")["usual_quantity"] == 3


class TestOverHttp:
    def test_nothing_is_sent_again_while_nothing_changed(self, call, warehouse):
        first = call["volunteer"].get("/station")
        tag = first.headers["ETag"]

        again = call["volunteer"].get_with("/station", {"If-None-Match": tag})
        warehouse.receive(product_code="HYG-SOAP-B", expires_on=LATER)
        warehouse.announce("G-2026-009")
        changed = call["volunteer"].get_with("/station", {"If-None-Match": tag})

        assert (again.status_code, again.data) == (304, b"")
        assert changed.status_code == 200
        assert changed.json["version"] != first.json["version"]

    def test_is_packed_for_who_can_unpack_it(self, call):
        packed = call["volunteer"].get_with("/station", {"Accept-Encoding": "gzip"})

        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.data[:2] == b"\x1f\x8b"

    def test_is_for_the_warehouse(self, call):
        assert call["donor"].get("/station").status_code == 403
        assert call["auditor"].get("/station").status_code == 200


def a_product(number):
    return {
        "product_code": f"MANY-{number}",
        "version": 1,
        "category": "hygiene",
        "names": {"en": "x", "ru": "x", "kk": "x"},
        "unit_of_issue": "piece",
        "min_days_at_receipt": 0,
        "min_days_at_dispatch": 0,
        "sensitivity": 0,
        "flags": [],
        "searched": "x",
    }


def a_pack(number):
    return {
        "gtin": f"{number:014d}",
        "product_code": f"MANY-{number}",
        "quantity": 1,
    }
