"""Losses: approved by somebody else, with an incident, destroyed by two roles."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.counting import a_command
from tests.support.inventory_site import Caller
from tests.support.warehouse import LATER, Warehouse

Call = Mapping[str, Caller]
INCIDENT = {
    "cause": "stolen",
    "discovered": "counting",
    "facts": "lock_forced",
    "action": "police_told",
    "happened_on": "2026-11-21",
    "value_tenge": 12000,
}


def wish(received: Any, reason: str = "DAMAGED", **more: Any) -> dict[str, Any]:
    return {
        **a_command(),
        "lot_id": received["lot_id"],
        "location_code": "A-01",
        "quantity": 1,
        "reason": reason,
        **more,
    }


def here(warehouse: Warehouse) -> int:
    return sum(quantity for *_, quantity in warehouse.stock())


class TestWriteOffs:
    def test_a_volunteer_s_waits_for_a_coordinator(
        self, warehouse: Warehouse, call: Call
    ):
        received = warehouse.receive(quantity=5)

        recorded = call["volunteer"].post("/write-offs", wish(received)).json
        waiting = call["coordinator"].get("/write-offs", status="waiting").json
        assert here(warehouse) == 5
        one = f"/write-offs/{recorded['write_off_id']}/approve"
        approved = call["coordinator"].post(one, a_command()).json

        assert recorded["status"] == "waiting"
        assert len(waiting["items"]) == 1
        assert approved["status"] == "approved"
        assert here(warehouse) == 4

    def test_a_rejected_one_leaves_the_goods_in_the_books(
        self, warehouse: Warehouse, call: Call
    ):
        received = warehouse.receive(quantity=5)
        recorded = call["volunteer"].post("/write-offs", wish(received)).json

        one = f"/write-offs/{recorded['write_off_id']}"
        call["coordinator"].post(f"{one}/reject", a_command())
        late = call["coordinator"].post(f"{one}/approve", a_command())

        assert late.json["code"] == "write_off_decided"
        assert here(warehouse) == 5

    def test_a_coordinator_s_own_is_booked_at_once(
        self, warehouse: Warehouse, call: Call
    ):
        received = warehouse.receive(quantity=5)

        answer = call["coordinator"].post("/write-offs", wish(received)).json

        assert answer["status"] == "approved"
        assert here(warehouse) == 4

    def test_who_received_the_goods_does_not_approve_their_loss(
        self, warehouse: Warehouse, call: Call
    ):
        line = warehouse.line(quantity=5)
        [received] = (
            call["coordinator"].post("/scans", {"scans": [line]}).json["results"]
        )

        waiting = call["coordinator"].post("/write-offs", wish(received)).json
        one = f"/write-offs/{waiting['write_off_id']}/approve"
        refused = call["coordinator"].post(one, a_command())

        assert waiting["status"] == "waiting"
        assert refused.json["code"] == "own_write_off"
        other = call["volunteer"].post("/write-offs", wish(received)).json
        one = f"/write-offs/{other['write_off_id']}/approve"
        refused = call["coordinator"].post(one, a_command())
        assert refused.json["code"] == "receiver_may_not_write_off"
        assert here(warehouse) == 5

    def test_more_than_is_there_is_refused(self, warehouse: Warehouse, call: Call):
        received = warehouse.receive(quantity=5)

        answer = call["volunteer"].post("/write-offs", wish(received, quantity=6))

        assert answer.json["code"] == "insufficient_stock"

    @pytest.mark.parametrize("reason", ["EXPIRED", "RECALLED_DESTROYED"])
    def test_expired_goods_take_the_way_of_two_roles(
        self, warehouse: Warehouse, call: Call, reason: str
    ):
        received = warehouse.receive()

        answer = call["coordinator"].post("/write-offs", wish(received, reason))

        assert answer.json["code"] == "destruction_needed"

    @pytest.mark.parametrize(
        ("reason", "account"),
        [
            ("RETURN_TO_DONOR", "returned:G-2026-001"),
            ("DONATED_ON", "delivered:DONATED_ON"),
            ("SAMPLE", "loss:SAMPLE"),
            ("COLD_CHAIN", "loss:COLD_CHAIN"),
        ],
    )
    def test_goods_go_where_their_reason_says(
        self, warehouse: Warehouse, call: Call, reason: str, account: str
    ):
        warehouse.announce("G-2026-001")
        received = warehouse.receive(quantity=5, gift_number="G-2026-001")

        call["coordinator"].post("/write-offs", wish(received, reason))

        assert warehouse.balances(warehouse.lot(received).lot_id)[account] == 1


class TestIncidents:
    def test_theft_needs_an_incident(self, warehouse: Warehouse, call: Call):
        received = warehouse.receive()

        bare = call["volunteer"].post("/write-offs", wish(received, "STOLEN"))
        invented = call["volunteer"].post(
            "/write-offs", wish(received, "STOLEN", incident_number="INC-2026-0099")
        )

        assert bare.json["code"] == "incident_number_needed"
        assert invented.json["code"] == "incident_unknown"

    def test_its_facts_open_one_and_make_the_loss_report(
        self, warehouse: Warehouse, call: Call
    ):
        received = warehouse.receive(quantity=5)

        done = call["coordinator"].post(
            "/write-offs", wish(received, "STOLEN", incident=INCIDENT)
        )
        report = call["auditor"].get(f"/incidents/{done.json['incident_number']}").json

        assert report["incident_number"] == "INC-2026-0001"
        assert (report["facts"], report["value_tenge"]) == ("lock_forced", 12000)
        assert [(each["quantity"], each["reason"]) for each in report["lines"]] == [
            (1, "STOLEN")
        ]
        assert len(report["approvers"]) == 1

    def test_an_opened_incident_is_named_by_its_losses(
        self, warehouse: Warehouse, call: Call
    ):
        received = warehouse.receive(quantity=5)
        number = (
            call["volunteer"]
            .post("/incidents", {**a_command(), **INCIDENT})
            .json["incident_number"]
        )

        done = call["coordinator"].post(
            "/write-offs", wish(received, "STOLEN", incident_number=number)
        )

        assert done.json["incident_number"] == number

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("facts", "Aida saw a man"),
            ("happened_on", "2026-12-01"),
            ("value_tenge", -1),
            ("cause", ""),
        ],
    )
    def test_facts_are_chosen_not_told(self, call: Call, field: str, value: Any):
        answer = call["volunteer"].post(
            "/incidents", {**a_command(), **INCIDENT, field: value}
        )

        assert answer.status_code == 422


class TestDestruction:
    @pytest.fixture
    def number(self, warehouse: Warehouse, call: Call) -> str:
        """A record of seven expired packs."""
        warehouse.receive(
            product_code="MED-PARA", lot_number="P1", expires_on=LATER, quantity=7
        )
        warehouse.wait(days=1500)
        body = {**a_command(), "method": "incinerated"}
        answer = call["volunteer"].post("/destructions", body)
        return str(answer.json["destruction_number"])

    def confirm(self, call: Call, number: str, role: str) -> Any:
        return call[role].post(f"/destructions/{number}/confirm", a_command())

    def test_two_people_of_two_roles_book_it(
        self, warehouse: Warehouse, call: Call, number: str
    ):
        """INV-14: before the second confirmation nothing has moved."""
        first = self.confirm(call, number, "volunteer")
        assert here(warehouse) == 7
        second = self.confirm(call, number, "reviewer")

        record = call["auditor"].get(f"/destructions/{number}").json
        assert (first.json["status"], second.json["status"]) == ("open", "destroyed")
        assert here(warehouse) == 0
        assert (record["first_role"], record["second_role"]) == (
            "volunteer",
            "reviewer",
        )
        assert record["lines"][0]["movement_id"]
        assert number.startswith("DR-20")

    def test_the_same_person_cannot_be_both(
        self, warehouse: Warehouse, call: Call, number: str
    ):
        self.confirm(call, number, "reviewer")

        again = self.confirm(call, number, "reviewer")

        assert again.json["code"] == "second_role_needed"
        assert here(warehouse) == 7

    def test_a_third_confirmation_finds_it_closed(self, call: Call, number: str):
        for role in ("reviewer", "coordinator"):
            self.confirm(call, number, role)

        third = self.confirm(call, number, "volunteer")

        assert third.json["code"] == "destruction_closed"

    def test_what_is_on_a_record_is_due_no_more(self, call: Call, number: str):
        assert call["volunteer"].get("/destructions/due").json["items"] == []
        call["coordinator"].post(f"/destructions/{number}/cancel", a_command())
        assert len(call["volunteer"].get("/destructions/due").json["items"]) == 1

    def test_nobody_confirms_in_a_role_they_have_not(self, call: Call, number: str):
        answer = call["volunteer"].post(
            f"/destructions/{number}/confirm", {**a_command(), "role": "reviewer"}
        )

        assert answer.status_code == 403

    def test_recalled_goods_open_their_incident(self, warehouse: Warehouse, call: Call):
        warehouse.receive(quantity=7, lot_number="L-1")
        recall = {"product_code": "HYG-COMB", "lot_number": "L-1", "reason": "maker"}
        call["reviewer"].post("/recalls", {**a_command(), **recall})

        body = {**a_command(), "method": "crushed"}
        number = (
            call["volunteer"].post("/destructions", body).json["destruction_number"]
        )
        for role in ("volunteer", "coordinator"):
            self.confirm(call, number, role)
        record = call["auditor"].get(f"/destructions/{number}").json
        report = call["auditor"].get(f"/incidents/{record['incident_number']}").json

        assert report["cause"] == "recalled"
        assert report["lines"][0]["quantity"] == 7
        assert here(warehouse) == 0

    def test_nothing_to_destroy(self, call: Call):
        body = {**a_command(), "method": "crushed"}

        answer = call["volunteer"].post("/destructions", body)

        assert answer.json["code"] == "nothing_to_destroy"
