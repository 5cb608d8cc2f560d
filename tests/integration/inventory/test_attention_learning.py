"""Codes nobody knew: a person says once what they are, and all that waits follows."""

import logging
from pathlib import Path

import pytest

from services.inventory.domain.attention import UnknownProductError
from shared.contracts.inventory_v1 import ProductRegistered
from shared.kernel.free_text import CodeInTextError
from tests.support.pasted_codes import CODES
from tests.support.warehouse import LATER

ITEM, CASE = "9520000000011", "19520000000018"
FOREIGN = "2100000000005"
PALLET = "00348700010000000128"
COMB = {"product_code": "HYG-COMB"}


@pytest.fixture
def known_item(warehouse):
    """The item of the demonstration range is a comb."""
    line = warehouse.line(raw=ITEM)
    warehouse.scan(line)
    warehouse.resolve(line["scan_id"], **COMB)
    return line


def waiting(warehouse, **fields):
    line = warehouse.line(**fields)
    [answer] = warehouse.scan(line)
    assert answer["status"] == "attention", answer
    return line


def codes(warehouse):
    return [code for code, _ in warehouse.attention()]


class TestUnknownProduct:
    def test_is_learnt_once_for_every_scan_that_waits(self, warehouse):
        lines = [
            waiting(warehouse, raw=ITEM, quantity=quantity) for quantity in (3, 4, 5)
        ]

        answer = warehouse.resolve(lines[1]["scan_id"], **COMB)

        assert answer["also_applied"] == [lines[0]["scan_id"], lines[2]["scan_id"]]
        assert warehouse.attention() == []
        assert warehouse.stock() == [("HYG-COMB", "A-01", 12)]
        assert warehouse.only(raw=ITEM)["status"] == "applied"
        [*_, told] = warehouse.facts(ProductRegistered)
        assert [(pack.gtin, pack.quantity) for pack in told.packs][-1] == (
            f"0{ITEM}",
            1,
        )

    def test_each_keeps_who_where_and_when(self, warehouse):
        first = waiting(warehouse, raw=ITEM)
        waiting(warehouse, raw=ITEM, location_code="A-02")
        warehouse.wait(minutes=5)

        warehouse.resolve(first["scan_id"], **COMB)

        card = warehouse.app.queries.stock_card("HYG-COMB")
        assert {each.target for each in card} == {"location:A-01", "location:A-02"}
        assert all(each.occurred_at < warehouse.clock.now() for each in card)

    def test_what_still_lacks_something_waits_for_that(self, warehouse):
        lacking = waiting(warehouse, raw=ITEM)
        whole = waiting(warehouse, raw=ITEM, expires_on=LATER)

        answer = warehouse.resolve(whole["scan_id"], product_code="HYG-SOAP-B")
        [again] = warehouse.scan(lacking)

        assert answer["status"] == "applied"
        assert codes(warehouse) == ["expiry_missing"]
        assert (again["status"], again["code"]) == ("duplicate", "expiry_missing")
        warehouse.resolve(lacking["scan_id"], expires_on=LATER)
        assert warehouse.stock() == [("HYG-SOAP-B", "A-01", 4)]

    def test_the_scan_itself_may_go_on_waiting_too(self, warehouse):
        line = waiting(warehouse, raw=ITEM)

        answer = warehouse.resolve(line["scan_id"], product_code="HYG-SOAP-B")

        assert (answer["status"], answer["code"]) == ("attention", "expiry_missing")
        assert codes(warehouse) == ["expiry_missing"]

    def test_a_coordinator_who_names_it_agrees_to_no_other_scan(self, warehouse):
        short = {"expires_on": "2027-02-01", "reason": "used up within a month"}
        looked_at = waiting(warehouse, raw=ITEM, expires_on=LATER)
        waiting(warehouse, raw=ITEM, **short)

        said = {"product_code": "MEN-PAD", "by_coordinator": True}
        answer = warehouse.resolve(looked_at["scan_id"], **said)

        assert answer["status"] == "applied"
        assert codes(warehouse) == ["short_life_needs_consent"]
        assert warehouse.stock() == [("MEN-PAD", "A-01", 2)]

    def test_a_product_that_is_not_there_teaches_nothing(self, warehouse):
        line = waiting(warehouse, raw=ITEM)

        with pytest.raises(UnknownProductError):
            warehouse.resolve(line["scan_id"], product_code="NOTHING-LIKE-IT")

        assert codes(warehouse) == ["unknown_product"]

    def test_a_number_of_another_company_is_not_learnt(self, warehouse):
        """DOMAIN.md 1.1: restricted numbers must not enter a shared catalogue."""
        lines = [waiting(warehouse, raw=FOREIGN) for _ in range(2)]

        warehouse.resolve(
            lines[0]["scan_id"], **COMB, pack_quantity=6, by_coordinator=True
        )

        assert warehouse.stock() == [("HYG-COMB", "A-01", 24)]
        assert warehouse.only(raw=FOREIGN)["code"] == "unknown_product"


class TestCase:
    @pytest.mark.usefixtures("known_item")
    def test_of_a_known_item_asks_how_many_it_holds(self, warehouse):
        answer = warehouse.only(raw=CASE)

        assert (answer["status"], answer["code"]) == ("attention", "unknown_pack")
        assert answer["facts"] == {"product": "HYG-COMB", "gtin": CASE}

    def test_of_an_unknown_item_is_an_unknown_product(self, warehouse):
        assert warehouse.only(raw=CASE)["code"] == "unknown_product"

    @pytest.mark.usefixtures("known_item")
    def test_a_volunteer_proposes_and_a_coordinator_confirms(self, warehouse):
        line = waiting(warehouse, raw=CASE, quantity=2)
        other = waiting(warehouse, raw=CASE, quantity=1)

        proposed = warehouse.resolve(line["scan_id"], pack_quantity=12)
        [(code, kept), _] = warehouse.attention()
        confirmed = warehouse.resolve(line["scan_id"], by_coordinator=True)

        assert proposed["status"] == "proposed"
        assert (code, kept["pack_quantity"]) == ("unknown_pack", 12)
        assert confirmed["also_applied"] == [other["scan_id"]]
        assert warehouse.stock() == [("HYG-COMB", "A-01", 2 + 24 + 12)]
        assert warehouse.only(raw=CASE)["status"] == "applied"

    @pytest.mark.usefixtures("known_item")
    def test_what_the_line_itself_says_waits_to_be_confirmed(self, warehouse):
        line = waiting(warehouse, raw=CASE, pack_quantity=10)

        again = warehouse.resolve(line["scan_id"])
        confirmed = warehouse.resolve(line["scan_id"], by_coordinator=True)

        assert (again["status"], confirmed["status"]) == ("proposed", "applied")
        assert warehouse.stock() == [("HYG-COMB", "A-01", 22)]

    @pytest.mark.usefixtures("known_item")
    def test_a_coordinator_may_correct_what_was_proposed(self, warehouse):
        line = waiting(warehouse, raw=CASE, pack_quantity=10)

        warehouse.resolve(line["scan_id"], pack_quantity=8, by_coordinator=True)

        assert warehouse.stock() == [("HYG-COMB", "A-01", 2 + 16)]

    def test_of_a_named_product_waits_too(self, warehouse):
        """A person names the product of an unknown case, and how many it holds."""
        line = waiting(warehouse, raw=CASE, quantity=3, pack_quantity=5, **COMB)

        warehouse.resolve(line["scan_id"], by_coordinator=True)

        assert warehouse.stock() == [("HYG-COMB", "A-01", 15)]

    def test_whose_number_of_units_nobody_says_is_counted_in_units(self, warehouse):
        line = waiting(warehouse, raw=CASE, quantity=30)

        warehouse.resolve(line["scan_id"], **COMB)

        assert warehouse.stock() == [("HYG-COMB", "A-01", 30)]
        assert warehouse.only(raw=CASE)["code"] == "unknown_product"

    @pytest.mark.usefixtures("known_item")
    def test_inside_a_pallet_is_asked_for_as_well(self, warehouse):
        line = waiting(warehouse, raw=f"{PALLET}02{CASE}3703", quantity=1)

        warehouse.resolve(line["scan_id"], pack_quantity=4, by_coordinator=True)

        assert warehouse.stock() == [("HYG-COMB", "A-01", 2 + 12)]


@pytest.mark.parametrize(
    ("description", "is_fine"),
    [
        ("blue box, 24 bars", True),
        ("шампунь 250 мл, 4870001234560", True),
        ("900101 300123", False),
        ("ring +7 701 123-45-67", False),
        ("8 (727) 123 45 67", False),
    ],
)
def test_a_description_is_of_goods_only(warehouse, description, is_fine):
    answer = warehouse.only(raw=ITEM, description=description)

    if is_fine:
        [(_, line)] = warehouse.attention()
        assert line["description"] == description
    else:
        assert (answer["status"], answer["code"]) == ("refused", "personal_data")


@pytest.mark.parametrize("field", ["description", "reason"])
@pytest.mark.parametrize("code", CODES)
def test_a_code_pasted_among_the_words_is_kept_nowhere(warehouse, caplog, field, code):
    caplog.set_level(logging.DEBUG)
    waits = waiting(warehouse, raw=ITEM)
    answer = warehouse.only(raw=ITEM, **{field: f"box {code}"})
    with pytest.raises(CodeInTextError) as refused:
        warehouse.resolve(waits["scan_id"], description=f"box {code}")
    warehouse.database.close()

    stored = b"".join(
        file.read_bytes()
        for file in Path(warehouse.database.engine.url.database).parent.iterdir()
    )
    told = f"{answer} {refused.value.facts} {refused.value} {caplog.text}"
    assert (answer["status"], answer["code"]) == ("refused", "code_in_text")
    assert code[-6:] not in told
    assert code[-6:].encode() not in stored


def test_a_code_is_no_reason_to_lay_a_scan_aside(warehouse):
    line = waiting(warehouse, raw=ITEM)

    with pytest.raises(CodeInTextError):
        warehouse.resolve(line["scan_id"], discard_reason=CODES[0])
