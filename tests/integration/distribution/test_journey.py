"""From a headcount to a signed handover, with the warehouse played by messages."""

from datetime import date

from shared.contracts.distribution_v1 import (
    AllocationApproved,
    ConsignmentHandedOver,
    ConsignmentPlanned,
    RequisitionApproved,
    UnitRegistered,
)
from tests.integration.distribution.field import SOAP, TOWEL, named


def test_what_is_asked_for_is_proposed_approved_and_reserved(field):
    field.unit(heads=40)
    field.put("L1", 500)

    asked = field.asks("r1", SOAP=80).json
    assert (asked["state"], asked["lines"][0]["entitlement"]) == ("submitted", 100)
    assert asked["lines"][0]["basis"]["terms"][0]["amount"] == "100"

    assert field.approved("r1", SOAP=80)["state"] == "approved"
    (fact,) = field.said(RequisitionApproved)
    assert [(x.product_code, x.approved) for x in fact.lines] == [(SOAP, 80)]

    proposal = field.propose().json
    (line,) = proposal["lines"]
    assert proposal["state"] == "proposed"
    assert (line["entitlement"], line["already_received"]) == (100, 0)
    assert (line["requested"], line["quantity"], line["share"]) == (80, 80, "4/5")
    assert line["reasons"][0]["code"] == "FULL"

    assert field.approve().json["state"] == "approved"
    (fact,) = field.said(AllocationApproved)
    assert [(x.unit_code, x.quantity) for x in fact.lines] == [("W-A", 80)]

    field.answer()
    assert field.run()["state"] == "reserved"
    assert field.line("r1")["reserved"] == 80


def test_what_is_reserved_travels_and_is_handed_over(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=80)
    field.reserved()

    planned = field.consignment().json
    assert (planned["consignment_number"], planned["status"]) == (
        "C-2026-0001",
        "planned",
    )
    (fact,) = field.said(ConsignmentPlanned)
    assert [(x.unit_code, x.quantity) for x in fact.lines] == [("W-A", 80)]

    field.leaves()
    on_the_way = field.coordinator.fetch("/consignments/C-2026-0001").json
    assert (on_the_way["status"], on_the_way["waybill_number"]) == (
        "in_transit",
        "WB-2026-0001",
    )

    ends = {"refused": 5, "refusal_reason": "not_on_list", "damaged": 2, "short": 3}
    done = field.hands_over(ends=ends).json
    (fact,) = field.said(ConsignmentHandedOver)
    (end,) = fact.lines
    assert done["status"] == "handed_over"
    assert (end.accepted, end.refused, end.damaged, end.short) == (70, 5, 2, 3)
    assert str(fact.handover_id) == done["handover_id"] == named("handover")

    line = field.line("r1")
    progress = ("allocated", "reserved", "dispatched", "accepted", "refused", "short")
    assert [line[each] for each in progress] == [80, 0, 80, 70, 5, 3]
    assert field.requisition("r1")["state"] == "partly_fulfilled"
    assert not any(check["violations"] for check in field.app.verify())


def test_what_was_not_accepted_is_open_for_the_next_run(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=80)
    field.on_the_way()
    field.hands_over(ends={"short": 10})

    (line,) = field.propose("second").json["lines"]

    assert (line["already_received"], line["requested"]) == (70, 10)
    assert line["quantity"] == 10


def test_a_second_run_right_after_an_approval_awards_nothing(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=80)
    field.propose()
    field.approve()

    assert field.propose("second").json["lines"] == []


def test_scarce_goods_are_shared_by_what_is_due(field):
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=20)
    field.put("L1", 75)
    field.approved("r1", "W-A", SOAP=100)
    field.approved("r2", "W-B", SOAP=50)

    proposal = field.propose().json

    assert field.given() == {("W-A", SOAP): 50, ("W-B", SOAP): 25}
    assert {line["share"] for line in proposal["lines"]} == {"1/2"}
    (product,) = proposal["products"]
    assert product["figures"]["lowest_percent"] == 50
    assert product["figures"]["jain"] == 1.0


def test_goods_received_this_month_count_in_the_next_share(field):
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 50)
    field.approved("r1", "W-A", SOAP=50)
    field.on_the_way()
    field.hands_over()
    field.put("L2", 50)
    field.approved("r2", "W-A", SOAP=50)
    field.approved("r3", "W-B", SOAP=100)

    field.propose("second")

    assert field.given("second") == {("W-A", SOAP): 0, ("W-B", SOAP): 50}


def test_a_new_month_begins_at_nothing_received(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=100)
    field.on_the_way()
    field.hands_over()
    field.approved("r2", SOAP=100)

    lines = field.propose("second", handover_on="2026-12-03").json["lines"]

    assert [(x["already_received"], x["quantity"]) for x in lines] == [(0, 100)]


def test_formula_is_never_awarded_however_much_is_approved(field):
    field.unit("W-MCU", heads=33)
    field.count("W-MCU", as_of="2026-11-02", women_18_49=33, children_0_2m=3)
    field.put("F1", 100, product_code="INF-FORM")
    field.approved("r1", "W-MCU", FORMULA=10)

    (line,) = field.propose().json["lines"]

    assert (line["entitlement"], line["quantity"]) == (0, 0)
    assert line["reasons"][0]["code"] == "NO_ENTITLEMENT"
    refused = field.override(unit_code="W-MCU", product_code="INF-FORM", quantity=1)
    assert (refused.status_code, refused.json["code"]) == (409, "never_given")


def test_without_a_rule_what_is_approved_is_due(field):
    field.unit(heads=0)
    field.put("T1", 100, product_code=TOWEL)

    assert field.approved("r1", TOWEL=12)["lines"][0]["entitlement"] == 12
    (line,) = field.propose().json["lines"]

    assert (line["entitlement"], line["quantity"]) == (12, 12)


def test_what_a_gate_does_not_admit_is_not_proposed_and_says_so(field):
    field.place(not_admitted=["prison-restricted"])
    field.unit(heads=40)
    field.put("Z1", 100, product_code="HYG-RAZOR")
    field.approved("r1", RAZOR=10)

    (line,) = field.propose().json["lines"]

    assert line["quantity"] == 0
    (reason,) = line["reasons"]
    assert (reason["code"], reason["facility_code"]) == ("NOT_ADMITTED", "EX-WF")
    assert reason["rule"] == "prison-restricted"
    refused = field.override(product_code="HYG-RAZOR", quantity=1)
    assert (refused.status_code, refused.json["code"]) == (409, "not_admitted")


def test_held_and_near_dated_and_tied_goods_are_not_used_and_the_run_says_why(field):
    field.unit(heads=40)
    field.put("held", 0, lot_status="quarantined", in_stock=10, received=10)
    field.put("short", 11, expires_on=date(2026, 12, 10))
    field.put("tied", 12, earmark=("children",))
    field.approved("r1", SOAP=80)

    (product,) = field.propose().json["products"]

    why = {each["lot_number"]: each["reason"] for each in product["unused"]}
    assert why == {"held": "quarantined", "short": "shelf_life", "tied": "earmark"}
    assert field.given() == {("W-A", SOAP): 0}


def test_a_units_own_team_hands_over_and_no_other(field):
    field.unit("W-A")
    field.unit("Z-9")
    field.put("L1", 500)
    field.approved("r1", "W-A", SOAP=10)
    body = {
        "requisition_id": named("r2"),
        "unit_code": "Z-9",
        "needed_by": "2026-11-26",
    }
    lines = [{"product_code": SOAP, "quantity": 10}]
    assert (
        field.coordinator.send("/requisitions", **body, lines=lines).status_code == 201
    )
    field.coordinator.send(
        f"/requisitions/{named('r2')}/approve", command_id=named("approve r2")
    )
    field.on_the_way()

    assert field.hands_over().status_code == 404
    assert field.outreach.fetch("/consignments/C-2026-0001").status_code == 404
    assert field.outreach.fetch("/consignments").json["items"] == []
    assert field.hands_over(by=field.coordinator).status_code == 200


def test_other_services_hear_how_a_unit_is_now(field):
    field.unit("W-A", heads=0)
    field.unit("W-A", heads=0, is_closed=True)

    first, second = field.said(UnitRegistered)

    assert (first.version, first.is_closed) == (1, False)
    assert (second.version, second.is_closed) == (2, True)


def test_no_other_service_hears_an_exact_headcount(field):
    field.unit("W-A", heads=14)
    field.count("W-A", "2026-11-02", women_18_49=13)
    field.count("W-A", "2026-11-03", women_18_49=15)
    field.count("W-A", "2026-11-04", women_18_49=9)

    told = [unit.people_in_tens for unit in field.said(UnitRegistered)]

    assert told == [None, 10, 20, None]
