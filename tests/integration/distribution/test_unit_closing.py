"""A unit closes while goods are meant for it, wherever they are by then."""

import pytest

from shared.contracts.distribution_v1 import AllocationApproved, AllocationCancelled
from tests.integration.distribution.field import SOAP, named
from tests.integration.distribution.moment import at_once


@pytest.fixture
def promised(field):
    """Two units of one house are promised 40 and 20 bars."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 100)
    field.approved("r1", "W-A", SOAP=40)
    field.approved("r2", "W-B", SOAP=20)
    field.propose()
    field.approve()
    return field


@pytest.fixture
def reserved(promised):
    promised.answer()
    return promised


@pytest.fixture
def travelling(reserved):
    reserved.consignment()
    reserved.leaves()
    return reserved


def close(field, unit_code="W-B"):
    return field.unit(unit_code, heads=0, is_closed=True)


def reopen(field, unit_code="W-B"):
    return field.unit(unit_code, heads=0)


def is_well(field):
    return [each for each in field.app.verify() if each["violations"]] == []


def lines_of(field, number="C-2026-0001"):
    lines = field.coordinator.fetch(f"/consignments/{number}").json["lines"]
    return {line["unit_code"]: line for line in lines}


class TestPromised:
    def test_what_was_held_for_it_is_free_again_and_others_keep_theirs(self, reserved):
        close(reserved)

        (told,) = reserved.said(AllocationCancelled)
        assert (told.product_codes, told.unit_codes) == ((SOAP,), ("W-B",))
        assert told.reason == "unit_closed"
        assert reserved.line("r1")["reserved"] == 40
        assert reserved.line("r2")["reserved"] == 0
        states = {x["unit_code"]: x["state"] for x in reserved.run()["lines"]}
        assert states == {"W-A": "reserved", "W-B": "cancelled"}
        assert is_well(reserved)

    def test_an_answer_of_the_warehouse_that_comes_later_holds_nothing_for_it(
        self, promised
    ):
        close(promised)

        promised.answer()

        assert promised.line("r2")["reserved"] == 0
        assert promised.run()["lines"][1]["state"] == "cancelled"

    def test_its_requisitions_end_with_the_reason(self, reserved):
        reserved.asks("later", "W-B", SOAP=3)

        close(reserved)

        for name in ("r2", "later"):
            ended = reserved.requisition(name)
            assert (ended["state"], ended["cancel_reason"]) == (
                "cancelled",
                "unit_closed",
            )
        assert reserved.requisition("r1")["state"] == "approved"

    def test_closed_twice_it_lets_go_once(self, reserved):
        close(reserved)
        close(reserved)

        assert len(reserved.said(AllocationCancelled)) == 1

    def test_open_again_it_asks_anew(self, reserved):
        close(reserved)
        reopen(reserved)

        assert reserved.propose("next").json["lines"] == []
        reserved.approved("again", "W-B", SOAP=20)
        reserved.propose("now")
        assert reserved.given("now") == {("W-B", SOAP): 20}

    def test_a_run_all_of_whose_goods_were_let_go_can_be_called_off(self, reserved):
        reserved.consignment(unit_codes=["W-B"])
        close(reserved)

        called_off = reserved.coordinator.send(
            f"/allocation-runs/{named('run')}/cancel",
            command_id=named("off"),
            reason="plans_changed",
        )

        assert called_off.status_code == 200


class TestOnAConsignment:
    def test_its_goods_stay_here_and_the_delivery_goes_for_the_others(self, reserved):
        reserved.consignment()
        close(reserved)
        reserved.leaves(leaving_out="W-B")

        lines = lines_of(reserved)
        assert (lines["W-A"]["dispatched"], lines["W-B"]["dispatched"]) == (40, 0)
        asked = reserved.line("r2")
        assert (asked["allocated"], asked["dispatched"]) == (0, 0)
        assert reserved.hands_over().status_code == 200
        assert reserved.line("r1")["accepted"] == 40
        assert is_well(reserved)

    def test_called_off_it_promises_the_closed_unit_nothing_again(self, reserved):
        reserved.consignment()
        close(reserved)
        reserved.coordinator.send(
            "/consignments/C-2026-0001/cancel",
            command_id=named("off"),
            reason="plans_changed",
        )

        again = reserved.consignment("next")

        assert {line["unit_code"] for line in again.json["lines"]} == {"W-A"}

    def test_goods_that_left_in_the_same_moment_are_on_their_way(self, reserved):
        reserved.consignment()
        close(reserved)

        reserved.leaves()

        assert lines_of(reserved)["W-B"]["dispatched"] == 20
        assert reserved.line("r2")["dispatched"] == 20
        assert is_well(reserved)


class TestOnTheWay:
    def test_they_travel_on_and_come_back(self, travelling):
        close(travelling)
        assert travelling.line("r2")["dispatched"] == 20
        assert travelling.requisition("r2")["state"] == "approved"
        lines = travelling.gate_lines()
        for line in lines:
            if line["unit_code"] == "W-B":
                line |= {
                    "accepted": 0,
                    "refused": 20,
                    "refusal_reason": "unit_closed",
                }

        recorded = travelling.hands_over(lines=lines)

        assert recorded.status_code == 200
        assert lines_of(travelling)["W-B"]["refusal_reason"] == "unit_closed"
        ended = travelling.requisition("r2")
        assert (ended["state"], ended["cancel_reason"]) == ("cancelled", "unit_closed")
        assert is_well(travelling)

    def test_a_correction_that_finds_they_were_taken_ends_it_so(self, travelling):
        close(travelling)
        lines = travelling.gate_lines()
        sent_back = {"accepted": 0, "refused": 20, "refusal_reason": "unit_closed"}
        for_closed = [
            line | sent_back if line["unit_code"] == "W-B" else line for line in lines
        ]
        travelling.hands_over(lines=for_closed)
        assert travelling.requisition("r2")["state"] == "cancelled"

        corrected = travelling.hands_over(
            name="again", lines=lines, corrects=named("handover")
        )

        assert corrected.status_code == 200
        ended = travelling.requisition("r2")
        assert (ended["state"], ended["cancel_reason"]) == ("fulfilled", None)
        assert travelling.line("r2")["accepted"] == 20
        assert is_well(travelling)

        travelling.hands_over(name="back", lines=for_closed, corrects=named("again"))

        ended = travelling.requisition("r2")
        assert (ended["state"], ended["cancel_reason"]) == ("cancelled", "unit_closed")
        assert is_well(travelling)

    def test_what_the_gate_took_all_the_same_is_recorded_as_it_was(self, travelling):
        close(travelling)

        assert travelling.hands_over().status_code == 200
        assert travelling.line("r2")["accepted"] == 20
        assert travelling.requisition("r2")["state"] == "fulfilled"


def closing(caller):
    """Prepare the closing of W-B by a coordinator of its own."""
    person = caller("coordinator")
    unit = {"unit_code": "W-B", "facility_code": "EX-WF", "kind": "ward"}
    return lambda: person.send("/units", **unit, is_closed=True)


def test_closed_and_approved_at_once_promises_it_nothing_that_stands(field, caller):
    """Whichever is first: in the end the closed unit holds nothing."""
    field.unit("W-B", heads=40)
    field.put("L1", 100)
    field.approved("r2", "W-B", SOAP=20)
    field.propose()
    approver = caller("coordinator")
    path = f"/allocation-runs/{named('run')}/approve"

    approved, closed = at_once(
        lambda: approver.send(path, command_id=named("approve")), closing(caller)
    )

    assert closed.status_code == 201
    was_first = approved.status_code == 200
    assert was_first or approved.json["code"] == "unit_closed"
    assert len(field.said(AllocationApproved)) == was_first
    assert len(field.said(AllocationCancelled)) == was_first
    assert field.line("r2")["allocated"] == 0
    assert field.requisition("r2")["state"] == "cancelled"


def test_closed_and_asking_at_once_leaves_nothing_that_waits(field, caller):
    field.unit("W-B", heads=40)

    asked, closed = at_once(lambda: field.asks("late", "W-B", SOAP=5), closing(caller))

    assert closed.status_code == 201
    if asked.status_code == 201:
        assert field.requisition("late")["state"] == "cancelled"
    else:
        assert asked.json["code"] == "unit_closed"


def test_closed_and_sent_on_its_way_at_once_puts_nothing_on_a_list(reserved, caller):
    """The consignment has the unit's goods and lets them go, or never had them."""
    person = caller("coordinator")
    body = {"facility_code": "EX-WF", "planned_on": "2026-11-26"}

    planned, closed = at_once(
        lambda: person.send("/consignments", command_id=named("plan"), **body),
        closing(caller),
    )

    assert (planned.status_code, closed.status_code) == (201, 201)
    (told,) = reserved.said(AllocationCancelled)
    assert told.unit_codes == ("W-B",)
    assert reserved.line("r2")["reserved"] == 0
    assert is_well(reserved)
