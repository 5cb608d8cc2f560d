"""What travels, what arrives, and how a mistake at the gate is mended."""

import pytest
from sqlalchemy.exc import IntegrityError

from shared.contracts.distribution_v1 import (
    ConsignmentCancelled,
    ConsignmentHandedOver,
)
from shared.contracts.inventory_v1 import PickingStarted
from tests.integration.distribution.field import SOAP, named
from tests.support.lasting import lasting


@pytest.fixture
def database_kind():
    """The journey has shown that both databases keep these documents alike."""
    return "sqlite"


@pytest.fixture
def reserved(field):
    """80 bars reserved for W-A from two requisitions, the second more urgent."""
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", by="2026-11-28", SOAP=50)
    field.approved("r2", by="2026-11-25", SOAP=30)
    field.reserved()
    return field


@pytest.fixture
def travelling(reserved):
    reserved.consignment()
    reserved.leaves()
    return reserved


def counted(registry, kind):
    metric = "distribution_handover_discrepancies_total"
    return registry.get_sample_value(metric, {"kind": kind}) or 0


class TestPlan:
    def test_each_reserved_line_travels_once(self, reserved):
        assert reserved.consignment().status_code == 201

        refused = reserved.consignment("another")

        assert (refused.status_code, refused.json["code"]) == (409, "nothing_to_send")

    def test_the_same_command_makes_one_consignment(self, reserved):
        assert reserved.consignment().json == reserved.consignment().json

    def test_only_the_named_units_travel(self, reserved):
        reserved.unit("W-B")

        refused = reserved.consignment(unit_codes=["W-B"])

        assert refused.json["code"] == "nothing_to_send"
        assert reserved.consignment("one", unit_codes=["W-A"]).status_code == 201

    def test_a_unit_of_another_house_is_not_there(self, reserved):
        reserved.place("EX-BF")
        reserved.unit("B-1", facility_code="EX-BF")

        assert reserved.consignment(unit_codes=["B-1"]).status_code == 404

    def test_a_cancelled_consignment_leaves_its_goods_reserved(self, reserved):
        reserved.consignment()
        reserved.coordinator.send(
            "/consignments/C-2026-0001/cancel",
            command_id=named("cancel"),
            reason="road closed",
        )

        assert reserved.said(ConsignmentCancelled)[0].reason == "road closed"
        again = reserved.consignment("again").json
        assert again["consignment_number"] == "C-2026-0002"
        assert again["lines"][0]["quantity"] == 80

    def test_why_it_is_cancelled_names_nobody(self, reserved):
        reserved.consignment()

        refused = reserved.coordinator.send(
            "/consignments/C-2026-0001/cancel",
            command_id=named("cancel"),
            reason="call Aigul, +7 701 123 45 67",
        )

        assert (refused.status_code, refused.json["code"]) == (422, "personal_data")
        assert "701" not in lasting(refused.text)
        assert reserved.said(ConsignmentCancelled) == []


class TestPicking:
    def test_the_warehouse_tells_that_it_has_begun(self, reserved):
        reserved.consignment()
        reserved.hear(PickingStarted("C-2026-0001"))

        found = reserved.coordinator.fetch("/consignments/C-2026-0001").json
        assert found["status"] == "picking"
        assert found["picking_started_at"]

    def test_told_after_it_left_it_changes_nothing(self, reserved):
        reserved.consignment()
        reserved.leaves()
        reserved.hear(PickingStarted("C-2026-0001"))

        found = reserved.coordinator.fetch("/consignments/C-2026-0001").json
        assert found["status"] == "in_transit"

    def test_what_is_being_picked_can_still_be_cancelled(self, reserved):
        reserved.consignment()
        reserved.hear(PickingStarted("C-2026-0001"))

        answer = reserved.coordinator.send(
            "/consignments/C-2026-0001/cancel", command_id=named("c"), reason="late"
        )

        assert answer.json["status"] == "cancelled"


class TestDispatch:
    def test_lines_show_what_left_and_the_rest_is_open_again(self, reserved):
        reserved.consignment()
        reserved.leaves(short=20)

        (line,) = reserved.coordinator.fetch("/consignments/C-2026-0001").json["lines"]
        assert (line["planned"], line["quantity"], line["dispatched"]) == (80, 60, 60)
        assert reserved.line("r1")["open"] == 20
        assert reserved.line("r2")["open"] == 0

    def test_a_pick_from_another_lot_is_handed_over_as_that_lot(self, reserved):
        reserved.put("L2", 500)
        reserved.consignment()
        reserved.leaves(swap="L2")

        assert reserved.hands_over().status_code == 200
        assert reserved.requisition("r1")["state"] == "fulfilled"
        assert not any(check["violations"] for check in reserved.app.verify())

    def test_goods_that_left_count_even_when_somebody_cancelled(self, reserved):
        reserved.consignment()
        reserved.coordinator.send(
            "/consignments/C-2026-0001/cancel", command_id=named("c"), reason="late"
        )

        reserved.leaves()

        assert reserved.line("r1")["dispatched"] == 50
        assert reserved.hands_over().status_code == 200
        assert not any(check["violations"] for check in reserved.app.verify())

    def test_hearing_it_twice_changes_nothing(self, travelling):
        travelling.leaves(short=10)

        assert travelling.line("r1")["dispatched"] == 50


class TestHandover:
    def test_everything_accepted_fulfils_the_requisitions(self, travelling):
        travelling.hands_over()

        states = [travelling.requisition(name)["state"] for name in ("r1", "r2")]
        assert states == ["fulfilled", "fulfilled"]

    def test_before_dispatch_nothing_can_be_handed_over(self, reserved):
        reserved.consignment()

        refused = reserved.hands_over()

        assert (refused.status_code, refused.json["code"]) == (409, "consignment_state")

    def test_the_same_handover_again_is_one_handover(self, travelling):
        """INV-11: a command takes effect once."""
        first = travelling.hands_over()

        assert travelling.hands_over().json == first.json
        assert len(travelling.said(ConsignmentHandedOver)) == 1

    def test_a_second_phone_learns_that_it_is_done(self, travelling):
        travelling.hands_over()

        refused = travelling.hands_over(name="other phone")

        assert refused.status_code == 409
        assert refused.json["code"] == "already_handed_over"
        assert refused.json["handover_id"] == named("handover")

    def test_a_correction_takes_the_place_of_what_was_recorded(self, travelling):
        travelling.hands_over()

        ends = {"short": 35}
        corrected = travelling.hands_over(
            name="fixed", corrects=named("handover"), ends=ends
        )

        assert corrected.status_code == 200
        assert [travelling.line(n)["accepted"] for n in ("r2", "r1")] == [30, 15]
        assert travelling.requisition("r1")["state"] == "partly_fulfilled"
        assert str(travelling.said(ConsignmentHandedOver)[1].corrects) == named(
            "handover"
        )
        assert not any(check["violations"] for check in travelling.app.verify())

    def test_only_the_last_handover_can_be_corrected(self, travelling):
        travelling.hands_over()
        travelling.hands_over(name="fixed", corrects=named("handover"))

        refused = travelling.hands_over(name="late", corrects=named("handover"))

        assert refused.json["code"] == "not_the_last_handover"

    def test_what_does_not_add_up_is_refused_with_both_numbers(self, travelling):
        lines = travelling.gate_lines()
        lines[0]["accepted"] -= 1

        refused = travelling.hands_over(lines=lines)

        assert (refused.status_code, refused.json["code"]) == (409, "does_not_add_up")
        assert (refused.json["dispatched"], refused.json["found"]) == (80, 79)

    def test_a_refusal_needs_a_reason(self, travelling):
        refused = travelling.hands_over(ends={"refused": 1})

        assert refused.status_code == 422
        assert refused.json["code"] == "refusal_reason_missing"

    def test_words_about_people_are_not_kept(self, travelling):
        ends = {"refused": 1, "refusal_reason": "Officer N. did not like it"}
        (line,) = travelling.hands_over(ends=ends).json["lines"]

        assert line["refusal_reason"] == "other"

    def test_nothing_happens_in_the_future(self, travelling):
        refused = travelling.hands_over(occurred_at="2026-11-20T12:11:00+05:00")

        assert refused.status_code == 422
        assert refused.json["code"] == "occurred_in_future"

    def test_lines_that_were_not_accepted_whole_are_counted_by_kind(
        self, travelling, registry
    ):
        travelling.hands_over(ends={"damaged": 1, "short": 2})

        found = [counted(registry, kind) for kind in ("damaged", "short", "refused")]
        assert found == [1, 1, 0]


def test_a_recalled_lot_is_flagged_on_all_that_got_it(travelling):
    travelling.recalls("L1")

    (line,) = travelling.coordinator.fetch("/consignments/C-2026-0001").json["lines"]
    assert (line["is_recalled"], line["recall_reason"]) == (True, "mould")


def test_the_database_too_wants_every_unit_accounted_for(travelling):
    """INV-08, said once more by the database."""
    travelling.hands_over()

    with (
        pytest.raises(IntegrityError, match="every_unit_is_accounted_for"),
        travelling.app.database.writing() as connection,
    ):
        connection.exec_driver_sql("UPDATE consignment_lines SET accepted = 1")


def test_proof_finds_a_number_that_somebody_changed_by_hand(travelling):
    travelling.hands_over()
    with travelling.app.database.writing() as connection:
        connection.exec_driver_sql("UPDATE allotments SET accepted = accepted - 1")

    broken = {x["name"] for x in travelling.app.verify() if x["violations"]}

    assert broken == {
        "promises agree with consignments",
        "requisition states follow their lines",
    }


def test_goods_are_booked_on_the_most_urgent_requisition_first(reserved):
    assert [reserved.line(n, SOAP)["allocated"] for n in ("r2", "r1")] == [30, 50]
