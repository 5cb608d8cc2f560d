"""What the world did meanwhile has a defined answer, whichever step it meets."""

import pytest

from services.distribution.application.publish_needs import publish_needs
from shared.contracts.distribution_v1 import NeedsPublished
from tests.integration.distribution.field import SOAP, TOWEL, named


@pytest.fixture
def database_kind():
    """These rules do not depend on the database."""
    return "sqlite"


@pytest.fixture
def waiting(field):
    """W-A waits for 50 bars of the 200 on the shelf."""
    field.unit(heads=40)
    field.put("L1", 200)
    field.approved("r1", SOAP=50)
    return field


def cancel(field, document, name, **more):
    body = {"command_id": named(f"cancel {name}{more}"), "reason": "no longer"}
    return field.coordinator.send(f"/{document}/{name}/cancel", **body | more)


def approve(field, name, **more):
    body = {"command_id": named(f"approve again {name}{more}"), **more}
    return field.coordinator.send(f"/requisitions/{named(name)}/approve", **body)


class TestApproval:
    def test_a_gate_that_was_closed_to_a_product_meanwhile(self, waiting):
        waiting.propose()
        waiting.place(not_admitted=[SOAP])

        assert waiting.approve().json["code"] == "not_admitted"

    def test_what_a_requisition_does_not_ask_for_is_not_approved(self, field):
        field.unit()
        field.asks("r1", SOAP=5)
        lines = [{"product_code": TOWEL, "approved": 1}]

        refused = approve(field, "r1", lines=lines)

        assert (refused.status_code, refused.json["code"]) == (
            422,
            "not_on_requisition",
        )

    @pytest.mark.parametrize("quantity", [-1, 1_000_001])
    def test_an_approved_quantity_is_one_that_can_be(self, field, quantity):
        field.unit()
        field.asks("r1", SOAP=5)
        lines = [{"product_code": SOAP, "approved": quantity}]

        refused = approve(field, "r1", lines=lines)

        assert refused.json["code"] == "quantity_out_of_range"

    def test_one_line_is_decided_once(self, field):
        field.unit()
        field.asks("r1", SOAP=5)
        lines = [{"product_code": SOAP, "approved": 1}] * 2

        assert approve(field, "r1", lines=lines).json["code"] == "duplicate_line"

    def test_a_requisition_that_is_not_there(self, field):
        assert approve(field, "r1").status_code == 404


class TestCancelling:
    def test_a_cancelled_run_is_not_cancelled_again(self, waiting):
        waiting.propose()
        cancel(waiting, "allocation-runs", named("run"))

        refused = cancel(waiting, "allocation-runs", named("run"), reason="again")

        assert refused.json["code"] == "run_not_open"

    def test_a_refusal_that_comes_after_the_cancellation(self, waiting):
        waiting.propose()
        waiting.approve()
        cancel(waiting, "allocation-runs", named("run"))

        waiting.answer(refuse=[SOAP])

        assert waiting.run()["state"] == "cancelled"

    def test_a_consignment_that_has_left(self, waiting):
        waiting.on_the_way()

        refused = cancel(waiting, "consignments", "C-2026-0001")

        assert refused.json["code"] == "consignment_state"

    @pytest.mark.parametrize("number", ["C-2026-0009", "<script>"])
    def test_a_consignment_that_is_not_there(self, field, number):
        assert cancel(field, "consignments", number).status_code == 404

    def test_a_fulfilled_requisition(self, waiting):
        waiting.on_the_way()
        waiting.hands_over()

        refused = cancel(waiting, "requisitions", named("r1"))

        assert refused.json["code"] == "requisition_state"

    def test_the_rest_of_a_requisition_may_be_given_up(self, waiting):
        waiting.on_the_way()
        waiting.hands_over(ends={"short": 20})
        assert cancel(waiting, "requisitions", named("r1")).status_code == 200

        fixed = waiting.hands_over(name="fixed", corrects=named("handover"))

        assert fixed.status_code == 200
        assert waiting.requisition("r1")["state"] == "cancelled"
        assert waiting.propose("next").json["lines"] == []


class TestOverriding:
    def test_an_approved_run_is_no_proposal_any_more(self, waiting):
        waiting.propose()
        waiting.approve()

        assert waiting.override(quantity=1).json["code"] == "run_not_open"

    def test_one_line_is_overridden_once_in_a_command(self, waiting):
        waiting.propose()
        line = {"unit_code": "W-A", "product_code": SOAP, "quantity": 1, "reason": "r"}

        refused = waiting.coordinator.patch_json(
            f"/allocation-runs/{named('run')}/lines",
            command_id=named("twice"),
            lines=[line, line],
        )

        assert refused.json["code"] == "duplicate_line"

    def test_where_nobody_waits_any_more_only_nothing_can_be_given(self, waiting):
        waiting.propose()
        cancel(waiting, "requisitions", named("r1"))

        assert waiting.override(quantity=1).json["code"] == "more_than_open"
        assert waiting.override(quantity=0).status_code == 200
        assert waiting.given() == {("W-A", SOAP): 0}


class TestProposing:
    def test_a_product_nobody_knows(self, field):
        refused = field.propose(product_codes=["NOPE"])

        assert (refused.status_code, refused.json["code"]) == (404, "unknown_product")

    def test_only_the_wished_products_are_shared(self, waiting):
        waiting.put("T1", 5, product_code=TOWEL)
        waiting.approved("r2", TOWEL=5)

        waiting.propose(product_codes=[TOWEL])

        assert waiting.given() == {("W-A", TOWEL): 5}

    def test_a_run_without_a_day_is_for_today(self, waiting):
        assert waiting.propose(handover_on=None).json["handover_on"] == "2026-11-20"

    def test_a_run_that_is_not_there(self, field):
        path = f"/allocation-runs/{named('nothing')}"

        assert field.coordinator.fetch(path).status_code == 404
        assert field.approve("nothing").json["code"] == "unknown_run"


class TestPlaces:
    def test_a_unit_of_a_house_that_is_not_there(self, field):
        refused = field.coordinator.send(
            "/units", unit_code="X-1", facility_code="EX-NO", kind="ward", groups=[]
        )

        assert (refused.status_code, refused.json["code"]) == (404, "unknown_facility")

    def test_a_unit_is_where_its_house_is_unless_it_says_otherwise(self, field):
        field.place("EX-HH", audience="community")

        assert field.unit("H-1", facility_code="EX-HH")["audience"] == "community"

    def test_a_requisition_of_another_team_keeps_its_id(self, field):
        field.unit("Z-9")
        lines = [{"product_code": SOAP, "quantity": 1}]
        body = {"requisition_id": named("r1"), "needed_by": "2026-11-26"}
        body["lines"] = lines
        field.coordinator.send("/requisitions", **body, unit_code="Z-9", draft=True)
        field.unit("W-A")

        refused = field.outreach.send("/requisitions", **body, unit_code="W-A")

        assert refused.json["code"] == "unknown_requisition"

    def test_a_requisition_sent_twice_under_two_commands(self, field):
        field.unit()
        field.asks("r1", SOAP=1)

        refused = field.outreach.send(
            "/requisitions",
            requisition_id=named("r1"),
            command_id=named("another"),
            unit_code="W-A",
            needed_by="2026-11-26",
            lines=[{"product_code": SOAP, "quantity": 2}],
        )

        assert refused.json["code"] == "requisition_state"


def test_needs_that_are_known_are_not_told_again(waiting):
    waiting.app.publish_needs()
    told = len(waiting.said(NeedsPublished))

    with waiting.app.working() as work:
        assert publish_needs(work) is False
    assert len(waiting.said(NeedsPublished)) == told


def test_a_rule_named_twice_in_one_command_is_refused(field):
    rule = {"rule_code": "Q02", "product_code": SOAP, "bands": ["pregnant"]}
    rule["numerator"] = 1

    refused = field.coordinator.put_json(
        "/quota-rules", command_id=named("q"), rules=[rule, rule]
    )

    assert refused.json["code"] == "duplicate_line"
