"""Pages of notes, kits, places, returns and recalls, as people fill them in."""

import pytest

from services.inventory.application.kits.write_recipe import WriteRecipe, write_recipe
from shared.contracts.donors_v1 import ExpectedLine, GiftAnnounced
from tests.integration.inventory.pages import Pages, hidden, words
from tests.support.counting import plan
from tests.support.warehouse import BERIK, LATER, Warehouse


def announce(warehouse: Warehouse, **quantities: int) -> None:
    lines = tuple(
        ExpectedLine(code.replace("_", "-"), quantity)
        for code, quantity in quantities.items()
    )
    warehouse.hear(GiftAnnounced("G-1", "EX-D1", None, lines))


def receive(pages: Pages, product_code: str, quantity: int, **fields: str) -> None:
    answer = pages.post(
        "/scan",
        action="receive",
        product_code=product_code,
        quantity=str(quantity),
        location_code="A-01",
        gift_number="G-1",
        **fields,
    )
    assert answer.status_code == 200


class TestNotes:
    def test_tell_expected_against_counted(self, pages, warehouse):
        announce(warehouse, HYG_COMB=50, HYG_TOWEL=10)
        receive(pages, "HYG-COMB", 48)

        listed = words(pages.get("/receiving"))
        note = words(pages.get("/receiving/GRN-2026-000001"))

        assert "GRN-2026-000001" in listed
        assert "Still expected" in listed
        assert "−2" in note
        assert "−10" in note

    def test_are_finished_by_one_and_checked_by_another(self, pages, warehouse):
        announce(warehouse, HYG_COMB=50)
        receive(pages, "HYG-COMB", 50)
        one = "/receiving/GRN-2026-000001"

        pages.post(f"{one}/finish", document="PAPER-77", condition="dry and whole")
        own = pages.post(f"{one}/check")
        other = pages.post(f"{one}/check", "coordinator")

        assert own.status_code == 409
        assert "Ask somebody else" in words(own)
        assert other.status_code == 303
        shown = words(pages.get(one))
        assert "PAPER-77" in shown
        assert "dry and whole" in shown

    def test_damaged_goods_go_on_hold(self, pages, warehouse):
        announce(warehouse, HYG_COMB=50)
        receive(pages, "HYG-COMB", 50)
        [line] = warehouse.app.receiving.note("GRN-2026-000001").lines

        pages.post(
            "/receiving/GRN-2026-000001/damaged",
            lot_id=str(line.lot_id),
            location_code="A-01",
            quantity="3",
            damage="wet boxes",
            to_location_code="H-02",
        )

        assert ("HYG-COMB", "H-02", 3) in warehouse.stock()
        shown = words(pages.get("/receiving/GRN-2026-000001"))
        assert "wet boxes" in shown

    def test_goods_are_put_away_from_the_note(self, pages, warehouse):
        announce(warehouse, HYG_COMB=50)
        receive(pages, "HYG-COMB", 50)
        note = "/receiving/GRN-2026-000001"
        [line] = warehouse.app.receiving.note("GRN-2026-000001").lines

        answer = pages.post(
            "/put-away",
            product_code="HYG-COMB",
            lot_id=str(line.lot_id),
            location_code="A-01",
            to_location_code="A-04",
            quantity="50",
            back=hidden(pages.get(note), "back"),
        )

        assert warehouse.stock() == [("HYG-COMB", "A-04", 50)]
        assert answer.location == note

    def test_the_way_back_is_on_this_site(self, pages):
        elsewhere = pages.post("/put-away", quantity="1", back="//elsewhere.example/")

        assert elsewhere.location == "/receiving"


class TestKits:
    @pytest.fixture(autouse=True)
    def stocked(self, pages, warehouse):
        announce(warehouse, HYG_COMB=50, HYG_TOWEL=10)
        receive(pages, "HYG-COMB", 50)
        receive(pages, "HYG-TOWEL", 10)

    def test_have_a_recipe_that_the_coordinator_writes(self, pages):
        assert "no recipe yet" in words(pages.get("/kits"))

        written = pages.post(
            "/kits/KIT-DIG/recipe",
            "coordinator",
            code=["HYG-COMB", "HYG-TOWEL", ""],
            per=["2", "1", ""],
        )

        assert written.status_code == 303
        assert "can be built now: 10" in words(pages.get("/kits"))

    def test_are_built_and_taken_apart(self, pages, warehouse):
        with warehouse.working() as work:
            components = {"HYG-COMB": 2, "HYG-TOWEL": 1}
            write_recipe(work, WriteRecipe("KIT-DIG", components, BERIK))

        built = pages.post("/kits/KIT-DIG/build", quantity="4", location_code="A-02")
        pages.post(
            f"{built.location}/take-apart",
            quantity="1",
            location_code="A-02",
            to_location_code="A-03",
        )

        assert ("KIT-DIG", "A-02", 3) in warehouse.stock()
        assert ("HYG-COMB", "A-03", 2) in warehouse.stock()
        assert "KIT-2026-0001" in words(pages.get(built.location))

    def test_say_what_is_missing(self, pages, warehouse):
        with warehouse.working() as work:
            write_recipe(work, WriteRecipe("KIT-DIG", {"HYG-TOWEL": 1}, BERIK))

        refused = pages.post("/kits/KIT-DIG/build", quantity="11", location_code="A-02")

        assert refused.status_code == 409
        assert "free are 10" in words(refused)
        assert 'value="11"' in refused.text

    def test_are_built_of_another_lot_for_a_reason(self, pages, warehouse):
        warehouse.wait(days=1)
        other = warehouse.receive(product_code="HYG-TOWEL", lot_number="L9")["lot_id"]
        with warehouse.working() as work:
            write_recipe(work, WriteRecipe("KIT-DIG", {"HYG-TOWEL": 1}, BERIK))
        form = words(pages.get("/kits/KIT-DIG"))
        chosen = {"quantity": "2", "location_code": "A-02", "lot": ["", other]}

        refused = pages.post("/kits/KIT-DIG/build", **chosen)
        built = pages.post(
            "/kits/KIT-DIG/build", **chosen, other_lot_reason="a set of two"
        )

        assert "L9 · free: 2" in form
        assert refused.status_code == 409
        assert "of HYG-TOWEL goes first" in words(refused)
        assert f'value="{other}" selected' in refused.text
        kit = words(pages.get(built.location))
        assert "Lot L9" in kit
        assert "Why another lot a set of two" in kit

    def test_tell_a_counter_no_number_of_what_is_counted(self, pages, warehouse):
        with warehouse.working() as work:
            write_recipe(work, WriteRecipe("KIT-DIG", {"HYG-TOWEL": 1}, BERIK))
        plan(warehouse, product_code="HYG-TOWEL")

        page = words(pages.get("/kits/KIT-DIG")) + words(pages.get("/kits"))

        assert page.count("being counted") == 2
        assert "Can be built now: 10" not in page
        assert "Can be built now: 10" in words(
            pages.get("/kits/KIT-DIG", "coordinator")
        )


class TestPlaces:
    def test_are_walked_in_the_order_the_coordinator_gives(self, pages, warehouse):
        steps = {"step-A-03": "1", "step-A-01": "5"}

        pages.post("/places", "coordinator", **steps)

        walk = [place.location_code for place in warehouse.app.page_reads.places()]
        assert walk.index("A-03") < walk.index("A-01")

    def test_can_be_added(self, pages):
        pages.post(
            "/places/new",
            "coordinator",
            location_code="B-01",
            name="Second room",
            kind="storage",
            sequence="9",
        )

        assert "Second room" in words(pages.get("/places"))

    def test_are_arranged_by_the_coordinator_alone(self, pages):
        assert pages.post("/places", "volunteer").status_code == 403


class TestRecalls:
    def test_are_looked_at_before_they_are_made(self, pages, warehouse):
        announce(warehouse, MED_PARA=50)
        receive(pages, "MED-PARA", 50, lot_number="P1", expires_on=LATER)

        shown = pages.get(
            "/recalls", "reviewer", product_code="MED-PARA", lot_number="P1"
        )

        assert "Here: 50" in words(shown)
        assert "Recall the lot" in words(shown)
        assert "Nobody received any of it" in words(shown)


class TestReturns:
    def test_wait_until_somebody_puts_them_on_a_shelf(self, pages, warehouse):
        assert "Nothing came back" in words(pages.get("/returns"))
        announce(warehouse, HYG_COMB=50)
        receive(pages, "HYG-COMB", 50)
        warehouse.only(
            action="move", location_code="A-01", to_location_code="RETURNS", quantity=5
        )

        shown = words(pages.get("/returns"))

        assert "Comb" in shown
        assert "put away" in shown
