"""A unit gives goods back: chosen by code or pack, taken back, told what comes next."""

import html
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
)
from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.application.receiving.record_return import (
    RecordReturn,
    record_return,
)
from services.inventory.domain.giving_back import Condition
from services.inventory.domain.movement import delivered, location
from tests.integration.inventory.pages import Pages, hidden, words
from tests.support.counting import a_command, plan
from tests.support.store import a_share, an_ending
from tests.support.warehouse import BERIK, Warehouse

SOAP = "HYG-SOAP-B"
SOAP_CODE = "2000100010006"
SECRET = "k7Qs" * 11


def give(
    warehouse: Warehouse,
    lot: str,
    product_code: str = SOAP,
    unit_code: str = "U-1",
    **facts: Any,
) -> UUID:
    """Let a unit accept 12 of a new lot, by a consignment of its own."""
    lot_id = warehouse.shelve(lot, {"A-01": 20}, product_code=product_code, **facts)
    share = a_share(lot_id, 12, unit_code, product_code)
    consignment = f"C-{lot}"
    number = warehouse.list_of(share, number=consignment)
    warehouse.pick(number, 12, lot_id=lot_id, product_code=product_code)
    warehouse.dispatch(number)
    ending = an_ending(lot_id, 12, unit_code=unit_code, product_code=product_code)
    warehouse.hand_over(ending, handover=consignment, number=consignment)
    return lot_id


@pytest.fixture
def soap(warehouse: Warehouse) -> UUID:
    """Soap of lot S1, of which U-1 has 12."""
    return give(warehouse, "S1")


def back(lot_id: UUID, **more: Any) -> dict[str, Any]:
    """Fill in the form: four whole ones from U-1."""
    usual = {"sought": "U-1", "goods": f"U-1@{lot_id}", "quantity": "4"}
    return {**usual, "condition": "whole", **more}


def off_table(lot_id: UUID, to: str = "A-02", code: str = SOAP) -> dict[str, str]:
    """Say which goods go from the returns table to a place."""
    places = {"location_code": "RETURNS", "to_location_code": to}
    return {"product_code": code, "lot_id": str(lot_id), **places}


def undo_of(page: Any) -> Mapping[str, str]:
    """Read the fields that the toast's Undo sends."""
    [toast] = re.findall(r'<div class="toast".*?</form>', page.text, re.DOTALL)
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', toast)
    return {name: html.unescape(value) for name, value in fields}


class TestChoosing:
    @pytest.mark.usefixtures("soap")
    def test_the_work_page_leads_there_and_back(self, pages: Pages):
        hub = pages.get("/work")
        form = pages.get("/returns/new")

        assert 'href="/inventory/returns/new"' in hub.text
        assert 'href="/returns"' in form.text
        assert '<option value="U-1">' in form.text

    @pytest.mark.usefixtures("soap")
    @pytest.mark.parametrize("sought", ["U-1", "C-S1"])
    def test_a_unit_or_a_consignment_says_what_there_is(
        self, pages: Pages, warehouse: Warehouse, sought: str
    ):
        give(warehouse, "S2", unit_code="U-2")

        found = words(pages.post("/returns/new", sought=sought))

        assert "S1 U-1 · has: 12" in found
        assert "S2" not in found

    @pytest.mark.usefixtures("soap")
    @pytest.mark.parametrize(
        "pack",
        [
            SOAP_CODE,
            "s1",
            SOAP.lower(),
            f"]d201{SOAP_CODE:>014}10S1\x1d91EE10\x1d92{SECRET}",
        ],
    )
    def test_a_scanned_pack_a_lot_or_a_product_narrows_it(
        self, pages: Pages, warehouse: Warehouse, pack: str
    ):
        give(warehouse, "T1", "HYG-TOWEL")

        page = pages.post("/returns/new", sought="U-1", pack=pack)

        assert "S1 U-1" in words(page)
        assert "T1" not in words(page)
        assert "checked" in page.text, "the only one that fits is chosen"
        assert SECRET not in page.text

    @pytest.mark.usefixtures("soap")
    def test_another_lot_of_the_product_is_said_to_be_none_of_theirs(
        self, pages: Pages
    ):
        pack = f"01{SOAP_CODE:>014}10S9"

        page = words(pages.post("/returns/new", sought="U-1", pack=pack))

        assert "This pack is none of theirs" in page
        assert "S1 U-1" in page

    def test_of_many_lots_the_product_is_asked_for_first(
        self, pages: Pages, warehouse: Warehouse
    ):
        for number in range(13):
            give(warehouse, f"M{number}", ("HYG-TOWEL", SOAP)[number % 2])

        products = pages.post("/returns/new", sought="U-1")
        lots = words(pages.post("/returns/new", sought="U-1", pack=SOAP))

        assert 'name="goods"' not in products.text
        assert f'<button class="b" name="pack" value="{SOAP}">' in products.text
        assert "M1 U-1" in lots
        assert "M0 U-1" not in lots

    @pytest.mark.usefixtures("soap")
    def test_a_code_of_nobody_says_what_to_do(self, pages: Pages):
        page = words(pages.post("/returns/new", sought="U-9"))

        assert "U-9 has nothing that could come back. Compare the code" in page

    def test_before_any_delivery_the_page_says_when_goods_can_come_back(
        self, pages: Pages
    ):
        assert "No unit has anything yet" in words(pages.get("/returns/new"))

    def test_what_was_given_on_to_others_belongs_to_no_unit(
        self, pages: Pages, warehouse: Warehouse
    ):
        received = warehouse.receive(quantity=5)
        body = {"lot": f"{received['lot_id']}@A-01", "reason": "DONATED_ON"}
        pages.post("/losses", "coordinator", **body, quantity="2")

        assert "DONATED_ON" not in pages.get("/returns/new").text
        assert "has:" not in words(pages.post("/returns/new", sought="DONATED_ON"))

    def test_what_was_given_on_comes_back_from_no_unit(
        self, pages: Pages, call: Any, warehouse: Warehouse
    ):
        received = warehouse.receive(quantity=5)
        lot_id = received["lot_id"]
        body = {"lot": f"{lot_id}@A-01", "reason": "DONATED_ON"}
        pages.post("/losses", "coordinator", **body, quantity="2")
        wish = {"unit_code": "DONATED_ON", "lot_id": lot_id, "quantity": 1}

        recorded = call["volunteer"].post(
            "/returns", {**a_command(), **wish, "condition": "whole"}
        )
        scanned = warehouse.only(action="return", location_code="RETURNS", **wish)

        assert recorded.json["code"] == "more_than_unit_has"
        assert recorded.json["available"] == 0
        assert scanned["code"] == "malformed"
        assert warehouse.balances(UUID(lot_id))[delivered("DONATED_ON")] == 2


class TestTakingBack:
    def test_goods_wait_on_the_table_and_the_next_step_is_said(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        done = pages.post("/returns", **back(soap))
        shown = words(pages.get("/returns"))

        assert (done.status_code, done.location) == (303, "/returns")
        held = warehouse.balances(soap)
        assert (held[location("RETURNS")], held[delivered("U-1")]) == (4, 8)
        assert "Taken back. Next: put it on a shelf." in shown
        assert "4 · Whole, closed and clean" in shown

    def test_it_is_undone_in_one_press_and_no_word_of_it_stays(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))

        pages.post("/scan/undo", **undo_of(pages.get("/returns")))

        assert location("RETURNS") not in warehouse.balances(soap)
        assert "Nothing came back" in words(pages.get("/returns"))
        pages.post("/returns", **back(soap))
        assert "Opened" not in words(pages.get("/returns"))

    def test_more_than_the_unit_has_keeps_what_was_entered(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        refused = pages.post("/returns", **back(soap, quantity="13"))

        assert refused.status_code == 409
        assert "U-1 has 12 of lot S1 that did not come back yet" in words(refused)
        assert 'value="13"' in refused.text
        assert f'value="U-1@{soap}" required checked' in refused.text
        assert 'value="whole" required checked' in refused.text
        assert location("RETURNS") not in warehouse.balances(soap)

    @pytest.mark.parametrize(
        ("entered", "said"),
        [
            ({"goods": ""}, "Choose what came back."),
            ({"goods": "U-1@S1"}, "Choose what came back."),
            ({"condition": ""}, "Say how it looks."),
            ({"quantity": "a few"}, "whole number from 1"),
            ({"quantity": "0"}, "whole number from 1"),
        ],
    )
    def test_what_is_missing_is_asked_for(
        self, pages: Pages, soap: UUID, entered: Any, said: str
    ):
        refused = pages.post("/returns", **back(soap, **entered))

        assert refused.status_code == 422
        assert said in words(refused)
        assert "S1 U-1 · has: 12" in words(refused)

    def test_a_double_press_takes_back_once(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        command = a_command()
        for _press in range(2):
            pages.post("/returns", **back(soap), **command)

        assert warehouse.balances(soap)[location("RETURNS")] == 4

    @pytest.mark.parametrize("role", ["reviewer", "outreach", "donor"])
    def test_only_the_warehouse_takes_back(self, pages: Pages, soap: UUID, role: str):
        assert pages.post("/returns", role, **back(soap)).status_code == 403


class TestWhatBecomesOfIt:
    def after(self, pages: Pages, lot_id: UUID, condition: str, role: str) -> str:
        pages.post("/returns", **back(lot_id, condition=condition))
        return words(pages.get("/returns", role))

    def test_whole_goods_are_put_away_by_anybody(self, pages: Pages, soap: UUID):
        assert "put away" in self.after(pages, soap, "whole", "volunteer")

    def test_opened_goods_are_put_away_by_a_coordinator_alone(
        self, pages: Pages, soap: UUID
    ):
        volunteers = self.after(pages, soap, "opened", "volunteer")
        coordinators = words(pages.get("/returns", "coordinator"))

        assert "ut away" not in volunteers
        assert "Next: it stays in quarantine here" in volunteers
        assert "Put away" in coordinators
        assert "Whole and clean" not in coordinators

    def test_who_puts_it_away_comes_back_to_the_list(self, pages: Pages, soap: UUID):
        self.after(pages, soap, "whole", "volunteer")

        assert hidden(pages.get("/returns"), "back") == "/returns"

    def test_damaged_goods_lead_to_their_write_off(self, pages: Pages, soap: UUID):
        told = self.after(pages, soap, "damaged", "volunteer")
        page = pages.get("/returns")

        assert "Next: write off what is damaged." in told
        assert f"/losses/new?reason=DAMAGED&amp;product_code={SOAP}" in page.text

    def test_recalled_goods_lead_to_their_destruction(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        with warehouse.working() as work:
            recall_lots(work, RecallLots(SOAP, "S1", "letter of the maker", BERIK))

        told = self.after(pages, soap, "whole", "coordinator")

        assert "Next: it is destroyed" in told
        assert "put away" not in told

    def test_what_the_reviewer_holds_is_left_to_the_reviewer(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        with warehouse.working() as work:
            quarantine_lot(work, DecideOnLot(soap, "looks_wrong", BERIK))

        told = self.after(pages, soap, "opened", "volunteer")

        assert "The reviewer decides first." in told
        assert "until a coordinator decides" not in told

    def test_medicine_is_judged_however_it_looks(
        self, pages: Pages, warehouse: Warehouse
    ):
        lot_id = give(warehouse, "P1", "MED-PARA", expires_on=date(2029, 12, 31))

        told = self.after(pages, lot_id, "whole", "volunteer")

        assert "until a coordinator decides" in told
        assert "put away" not in told


class TestLeavingTheTable:
    """However it is asked, what is not put away needs a coordinator."""

    @pytest.fixture(params=["page", "station", "program"])
    def move(self, request: Any, pages: Pages, call: Any, warehouse: Warehouse) -> Any:
        """Move four from the table by one of three ways."""

        def by_page(role: str, **goods: str) -> None:
            goods |= {"quantity": "4", "back": "/returns"}
            assert pages.post("/put-away", role, **goods).location == "/returns"

        def by_station(role: str, **goods: str) -> None:
            pages.post("/scan", role, action="move", **goods, quantity="4")

        def by_program(role: str, **goods: str) -> None:
            line = warehouse.line(action="move", **goods, quantity=4)
            call[role].post("/scans", {"scans": [line]})

        ways = {"page": by_page, "station": by_station, "program": by_program}
        return ways[request.param]

    @pytest.mark.parametrize("condition", ["opened", "kept_wrong", "damaged"])
    def test_a_volunteer_cannot_carry_it_to_a_shelf(
        self,
        move: Any,
        pages: Pages,
        warehouse: Warehouse,
        soap: UUID,
        condition: str,
    ):
        pages.post("/returns", **back(soap, condition=condition))

        move("volunteer", **off_table(soap))

        [(code, line)] = warehouse.attention()
        assert (code, line["action"]) == ("return_not_judged", "move")
        assert warehouse.balances(soap)[location("RETURNS")] == 4

    def test_a_coordinator_carries_it_to_a_shelf(
        self, move: Any, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))

        move("coordinator", **off_table(soap))

        assert warehouse.balances(soap)[location("A-02")] == 4

    def test_a_volunteer_carries_whole_goods_to_a_shelf(
        self, move: Any, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap))

        move("volunteer", **off_table(soap))

        assert warehouse.balances(soap)[location("A-02")] == 4

    def test_no_way_round_by_a_hold_place_leads_to_a_shelf(
        self, move: Any, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))

        move("volunteer", **off_table(soap, "H-01"))
        move("volunteer", **{**off_table(soap), "location_code": "H-01"})

        assert [code for code, _line in warehouse.attention()] == ["return_not_judged"]
        assert warehouse.balances(soap)[location("RETURNS")] == 4

    def test_a_coordinator_sets_it_aside_where_goods_are_held(
        self, move: Any, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))

        move("coordinator", **off_table(soap, "H-01"))

        assert warehouse.balances(soap)[location("H-01")] == 4

    def test_what_the_reviewer_holds_is_set_aside_by_anybody(
        self, move: Any, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        with warehouse.working() as work:
            quarantine_lot(work, DecideOnLot(soap, "looks_wrong", BERIK))
        pages.post("/returns", **back(soap, condition="opened"))

        move("volunteer", **off_table(soap, "H-01"))

        assert warehouse.balances(soap)[location("H-01")] == 4

    def test_medicine_a_unit_had_needs_a_coordinator_however_it_looks(
        self, move: Any, pages: Pages, warehouse: Warehouse
    ):
        para = give(warehouse, "P1", "MED-PARA", expires_on=date(2029, 12, 31))
        pages.post("/returns", **back(para))

        move("volunteer", **off_table(para, code="MED-PARA"))

        assert warehouse.balances(para)[location("RETURNS")] == 4

    def test_medicine_scanned_back_is_judged_wherever_it_is_asked(
        self, move: Any, pages: Pages, call: Any, warehouse: Warehouse
    ):
        para = give(warehouse, "P1", "MED-PARA", expires_on=date(2029, 12, 31))
        wish = {"product_code": "MED-PARA", "unit_code": "U-1", "lot_number": "P1"}
        warehouse.only(action="return", location_code=None, quantity=4, **wish)

        move("volunteer", **off_table(para, code="MED-PARA"))

        assert warehouse.balances(para)[location("RETURNS")] == 4
        [waiting] = call["volunteer"].get("/returns").json["items"]
        assert waiting["next_step"] == "judge"
        assert "until a coordinator decides" in words(pages.get("/returns"))

    def test_medicine_a_gate_did_not_let_through_goes_back_to_its_shelf(
        self, move: Any, warehouse: Warehouse
    ):
        lot_id = warehouse.shelve(
            "P1", {"A-01": 4}, product_code="MED-PARA", expires_on=date(2029, 12, 31)
        )
        number = warehouse.list_of(a_share(lot_id, 4, product_code="MED-PARA"))
        warehouse.pick(number, 4, lot_id=lot_id, product_code="MED-PARA")
        warehouse.dispatch(number)
        warehouse.hand_over(an_ending(lot_id, 0, refused=4, product_code="MED-PARA"))

        move("volunteer", **off_table(lot_id, code="MED-PARA"))

        assert warehouse.balances(lot_id)[location("A-02")] == 4

    def test_a_coordinator_finishes_what_a_volunteer_scanned(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))
        warehouse.only(action="move", quantity=4, **off_table(soap))
        [(_code, line)] = warehouse.attention()
        address = f"/attention/{line['scan_id']}"

        refused = pages.post(f"{address}/resolve", quantity="4")
        shown = words(pages.get(address, "coordinator"))
        pages.post(f"{address}/resolve", "coordinator", quantity="4")

        assert refused.status_code == 409
        assert "Leave it on the returns table until a coordinator" in words(refused)
        assert "It came back; a coordinator has to agree" in shown
        assert warehouse.balances(soap)[location("A-02")] == 4

    def test_who_opens_the_waiting_scan_reads_what_is_to_be_decided(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))
        warehouse.only(action="move", quantity=4, **off_table(soap))
        [(_code, line)] = warehouse.attention()
        address = f"/attention/{line['scan_id']}"
        agree = "Agree and put it on A-02"

        for_volunteer = pages.get(address)
        for_coordinator = pages.get(address, "coordinator")
        pages.post(f"{address}/resolve", "coordinator")

        for page in (for_volunteer, for_coordinator):
            told = words(page)
            assert "Opened" in told
            assert "coordinator agrees that it goes to A-02" in told
            assert "H-01" not in told
            assert "One thing is missing" not in told
            assert 'name="quantity"' not in page.text
        assert agree in words(for_coordinator)
        assert agree not in words(for_volunteer)
        assert warehouse.balances(soap)[location("A-02")] == 4

    def test_the_station_says_at_once_that_a_coordinator_decides(
        self, pages: Pages, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))

        card = pages.post("/scan", action="move", **off_table(soap), quantity="4")

        told = words(card)
        assert "coordinator agrees that it goes to A-02" in told
        assert "One thing is missing" not in told
        assert 'action="/inventory/attention' not in card.text

    def test_who_names_an_unknown_code_judges_no_other_scan_of_it(
        self, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        pages.post("/returns", **back(soap, condition="opened"))
        places = off_table(soap)
        del places["product_code"]
        looked_at, other = (
            warehouse.line(action="move", raw="9520000000011", quantity=each, **places)
            for each in (1, 3)
        )
        warehouse.scan(looked_at, other)

        said = {"product_code": SOAP, "by_coordinator": True}
        answer = warehouse.resolve(looked_at["scan_id"], **said)

        [(code, line)] = warehouse.attention()
        assert (answer["status"], code) == ("applied", "return_not_judged")
        assert line["scan_id"] == other["scan_id"]
        assert warehouse.balances(soap)[location("A-02")] == 1


class TestPrograms:
    def send(self, call: Any, lot_id: UUID, role: str = "volunteer", **more: Any):
        body = {
            **a_command(),
            "unit_code": "U-1",
            "lot_id": str(lot_id),
            "quantity": 5,
            "condition": "kept_wrong",
        }
        return call[role].post("/returns", {**body, **more})

    def test_a_program_gives_back_and_reads_what_waits(self, call: Any, soap: UUID):
        answer = self.send(call, soap)

        [waiting] = call["reviewer"].get("/returns").json["items"]
        assert (answer.status_code, answer.json["next_step"]) == (200, "judge")
        assert (waiting["lot_id"], waiting["quantity"]) == (str(soap), 5)
        assert waiting["next_step"] == "judge"
        assert [each["condition"] for each in waiting["arrivals"]] == ["kept_wrong"]

    def test_the_same_command_takes_back_once(
        self, call: Any, warehouse: Warehouse, soap: UUID
    ):
        command = a_command()

        answers = [self.send(call, soap, **command).json for _time in range(2)]

        assert answers[0] == answers[1]
        assert warehouse.balances(soap)[delivered("U-1")] == 7

    def test_refusals_name_unit_lot_and_number(self, call: Any, soap: UUID):
        refused = self.send(call, soap, quantity=13)

        told = ("code", "unit_code", "lot_number", "requested", "available")
        assert refused.status_code == 409
        assert [refused.json[name] for name in told] == [
            *("more_than_unit_has", "U-1", "S1"),
            *(13, 12),
        ]
        assert self.send(call, soap, unit_code="U-2").status_code == 409
        assert self.send(call, soap, condition="fine").status_code == 422
        assert self.send(call, soap, role="reviewer").status_code == 403

    def test_who_counts_the_table_reads_no_number(
        self, call: Any, pages: Pages, warehouse: Warehouse, soap: UUID
    ):
        self.send(call, soap)
        sheet = plan(warehouse, "RETURNS")

        [blank] = call["volunteer"].get("/returns").json["items"]
        [told] = call["coordinator"].get("/returns").json["items"]

        assert (blank["quantity"], blank["counted_on"]) == (None, sheet)
        [arrival] = blank["arrivals"]
        assert (arrival["quantity"], arrival["condition"]) == (None, "kept_wrong")
        assert blank["next_step"] == "judge"
        page = words(pages.get("/returns"))
        assert "· Nobody knows how it was kept" in page
        assert "Next: put it on a shelf" not in page
        assert (told["quantity"], told["counted_on"]) == (5, None)


def test_either_database_remembers_since_the_table_was_empty(
    either_warehouse: Warehouse,
):
    warehouse = either_warehouse
    soap = give(warehouse, "S1")
    give(warehouse, "S2", unit_code="U-2")

    def returned(quantity: int, condition: Condition) -> None:
        wish = RecordReturn(
            unit_code="U-1",
            lot_id=soap,
            quantity=quantity,
            condition=condition,
            account=BERIK,
        )
        with warehouse.working() as work:
            record_return(work, wish)

    def shelved(quantity: int) -> None:
        line = warehouse.line(action="move", quantity=quantity, **off_table(soap))
        [answer] = warehouse.app.scan(BERIK, [line], by_coordinator=True)
        assert answer["status"] == "applied"

    returned(3, Condition.DAMAGED)
    shelved(3)
    returned(2, Condition.WHOLE)
    returned(4, Condition.OPENED)
    shelved(1)
    [waiting] = warehouse.app.returns.returns(date(2026, 11, 22))

    assert [(each.quantity, each.condition) for each in waiting.arrivals] == [
        (2, "whole"),
        (4, "opened"),
    ]
    assert (waiting.quantity, waiting.next_step) == (5, "judge")
    assert warehouse.app.returns.units() == ["U-1", "U-2"]
    [of_unit] = warehouse.app.returns.with_unit("U-1")
    assert (of_unit.lot_id, of_unit.quantity) == (soap, 3)
    assert warehouse.app.returns.with_unit("C-S1") == [of_unit]
