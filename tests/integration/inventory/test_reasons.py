"""Why lots are released or held, scans laid aside, lists sent off short: chosen."""

from typing import Any
from uuid import UUID

import pytest

from services.inventory.application.holding.hold_lots import DecideOnLot, quarantine_lot
from services.inventory.application.kits.assemble_kit import AssembleKits, assemble_kits
from services.inventory.application.kits.write_recipe import WriteRecipe, write_recipe
from services.inventory.domain.reasons import (
    DiscardReason,
    HoldReason,
    ReleaseReason,
    ShortReason,
)
from services.inventory.entrypoints.words.reasons import REASONS_TO_CHOOSE, reason_word
from tests.integration.inventory.pages import Pages, words
from tests.support.counting import a_command
from tests.support.lasting import lasting
from tests.support.store import a_share
from tests.support.warehouse import AIDA, BERIK, LATER, Warehouse

MEDICINE = {"product_code": "MED-PARA", "lot_number": "P1", "expires_on": LATER}
PASTED = "0104870001234560215aB%c&D\x1d93dGVz"


@pytest.fixture
def lot_id(warehouse: Warehouse) -> str:
    """Medicine that waits for the reviewer."""
    return str(warehouse.receive(quantity=5, **MEDICINE)["lot_id"])


def test_every_code_has_its_word():
    lists = {
        "release": ReleaseReason,
        "quarantine": HoldReason,
        "discard": DiscardReason,
        "short": ShortReason,
    }

    assert {name: set(words) for name, words in REASONS_TO_CHOOSE.items()} == {
        name: set(codes) for name, codes in lists.items()
    }
    assert reason_word("packing_whole") != "packing_whole"
    assert reason_word("a torn box") == "a torn box"
    assert reason_word(None) == ""


def test_programs_are_given_the_lists(call: Any):
    lists = call["reviewer"].get("/reasons").json["items"]

    told = {each["decision"]: each["reasons"] for each in lists}
    assert list(told) == ["release", "quarantine", "discard", "short"]
    assert told["short"][0] == {"code": "not_found", "word": "Not at its place"}
    assert call["donor"].get("/reasons").status_code == 403


class TestDeciding:
    def test_a_chosen_reason_is_stored_as_its_code_and_read_in_words(
        self, pages: Pages, warehouse: Warehouse, lot_id: str
    ):
        pages.post(f"/lots/{lot_id}/release", "reviewer", reason="packing_whole")

        [decision] = warehouse.app.page_reads.decisions(UUID(lot_id))
        page = words(pages.get(f"/lots/{lot_id}"))
        assert decision.reason == "packing_whole"
        assert "Packing whole, leaflet can be read" in page

    def test_words_are_asked_for_only_where_no_reason_of_the_list_fits(
        self, pages: Pages, warehouse: Warehouse, lot_id: str
    ):
        address = f"/lots/{lot_id}/release"
        sent = {"reason": "other", "reason_words": "sealed anew by the pharmacy"}

        refused = pages.post(address, "reviewer", reason="other")
        pages.post(address, "reviewer", **sent)

        [decision] = warehouse.app.page_reads.decisions(UUID(lot_id))
        assert refused.status_code == 422
        assert "Say why, in a few words." in words(refused)
        assert '<option value="other" selected>' in refused.text
        assert decision.reason == "sealed anew by the pharmacy"

    @pytest.mark.parametrize("typed", [PASTED, "ask Aigul, 8 701 123 45 67"])
    def test_neither_a_pasted_code_nor_a_persons_number_is_a_reason(
        self, call: Any, warehouse: Warehouse, lot_id: str, typed: str
    ):
        reason = {"reason": typed}
        held = {"product_code": "MED-PARA", "lot_number": "P1"}
        reviewer = call["reviewer"]

        answers = [
            reviewer.post(f"/lots/{lot_id}/release", {**a_command(), **reason}),
            reviewer.post("/recalls", {**a_command(), **held, **reason}),
        ]

        assert {answer.status_code for answer in answers} == {422}
        assert all("dGVz" not in lasting(answer.text) for answer in answers)
        assert all("701" not in lasting(answer.text) for answer in answers)
        assert warehouse.app.page_reads.decisions(UUID(lot_id)) == []

    def test_a_broken_cold_chain_is_told_in_the_readers_words(
        self, pages: Pages, warehouse: Warehouse
    ):
        cold = {**MEDICINE, "product_code": "MED-SUPP", "temperature_celsius": 25}
        lot_id = warehouse.receive(**cold)["lot_id"]

        english = words(pages.get(f"/lots/{lot_id}"))
        russian = words(pages.get(f"/lots/{lot_id}?lang=ru", is_followed=True))

        assert "The cold chain broke: 25.0 °C at receipt" in english
        assert "25,0 °C" in russian
        assert "at receipt" not in russian

    def test_a_kit_held_for_one_of_its_parts_names_the_part(
        self, pages: Pages, warehouse: Warehouse
    ):
        combs = warehouse.receive(quantity=5)
        with warehouse.working() as work:
            write_recipe(work, WriteRecipe("KIT-DIG", {"HYG-COMB": 1}, BERIK))
        with warehouse.working() as work:
            [kit] = assemble_kits(work, AssembleKits("KIT-DIG", 2, "A-02", AIDA))[
                "kit_lots"
            ]
        wish = DecideOnLot(UUID(combs["lot_id"]), "looks_wrong", BERIK)
        with warehouse.working() as work:
            quarantine_lot(work, wish)

        page = words(pages.get(f"/lots/{kit['lot_id']}"))

        number = warehouse.lot(combs).lot_number
        assert f"HYG-COMB {number}: Looks or smells other than it should" in page


class TestLayingAside:
    @pytest.fixture
    def scan(self, warehouse: Warehouse) -> str:
        line = warehouse.line(raw="4600000000015")
        [answer] = warehouse.scan(line)
        assert answer["status"] == "attention"
        return str(line["scan_id"])

    def test_a_reason_is_chosen(self, pages: Pages, warehouse: Warehouse, scan: str):
        address = f"/attention/{scan}/discard"

        done = pages.post(address, discard_reason="scanned_twice")

        assert done.status_code == 303
        assert warehouse.attention() == []

    def test_without_one_the_page_asks_again(
        self, pages: Pages, warehouse: Warehouse, scan: str
    ):
        refused = pages.post(f"/attention/{scan}/discard", discard_reason="")

        assert refused.status_code == 422
        assert "Lay the scan aside" in words(refused)
        assert "Say why, in a few words." in words(refused)
        assert len(warehouse.attention()) == 1


def test_a_list_sent_off_short_says_why_in_the_readers_words(
    pages: Pages, warehouse: Warehouse
):
    lot_id = warehouse.shelve("S1", {"A-01": 20}, product_code="HYG-SOAP-B")
    number = warehouse.list_of(a_share(lot_id, 12, product_code="HYG-SOAP-B"))
    warehouse.pick(number, 8, lot_id=lot_id, product_code="HYG-SOAP-B")
    address = f"/pick-lists/{number}"

    asked = pages.post(f"{address}/dispatch")
    pages.post(f"{address}/dispatch", short_reason="no_room")

    assert '<option value="no_room">' in asked.text
    assert "No room in the vehicle" in words(pages.get(address))
    assert warehouse.app.outbound.waybill("C-2026-0001").short_reason == "no_room"


class TestNotes:
    def test_no_word_of_a_delivery_is_a_pasted_code(
        self, call: Any, warehouse: Warehouse
    ):
        lot = warehouse.receive(quantity=5)["lot_id"]
        [row] = call["volunteer"].get("/receiving-notes").json["items"]
        note = f"/receiving-notes/{row['note']['grn_number']}"
        damaged = {"lot_id": lot, "location_code": "A-01", "quantity": 1}

        def said(address: str, **facts: Any) -> str:
            answer = call["volunteer"].post(address, {**a_command(), **facts})
            return str(answer.json.get("code", answer.status_code))

        assert said(f"{note}/damaged", **damaged, condition=PASTED) == "code_in_text"
        assert said(f"{note}/finish", condition=PASTED) == "code_in_text"
        assert said(f"{note}/finish", donor_document=PASTED) == "code_in_text"
        assert said(f"{note}/finish", donor_document="870112345678") == "200"


def test_a_complete_list_refused_for_its_goods_is_not_asked_why_lines_are_open(
    pages: Pages, warehouse: Warehouse
):
    lot_id = warehouse.shelve("S1", {"A-01": 20}, product_code="HYG-SOAP-B")
    number = warehouse.list_of(a_share(lot_id, 4, product_code="HYG-SOAP-B"))
    address = f"/pick-lists/{number}/dispatch"
    open_lines = pages.post(address)
    unfit_reason = pages.post(address, short_reason="")
    warehouse.pick(number, 4, lot_id=lot_id, product_code="HYG-SOAP-B")
    with warehouse.working() as work:
        quarantine_lot(work, DecideOnLot(lot_id, "looks_wrong", BERIK))

    refused = pages.post(address)

    asked = "Why do lines stay open"
    assert asked in words(open_lines)
    assert asked in words(unfit_reason)
    assert (refused.status_code, asked in words(refused)) == (409, False)
    assert 'name="short_reason"' not in refused.text
    assert "Not dispatched yet" in words(refused)
