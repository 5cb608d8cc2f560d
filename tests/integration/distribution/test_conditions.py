"""What a coordinator may set before the rule, tried first and kept afterwards."""

import pytest

from tests.integration.distribution.field import SOAP, named


@pytest.fixture
def database_kind():
    """The rule is the domain's; the database only keeps what it says."""
    return "sqlite"


@pytest.fixture
def scarce(field):
    """Two units that are due 100 each and share 80."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 50)
    field.put("L2", 30)
    field.approved("r1", "W-A", SOAP=100)
    field.approved("r2", "W-B", SOAP=100)
    return field


def try_out(field, **conditions):
    path = f"/allocation-runs/{named('run')}/products/{SOAP}/what-if"
    return field.coordinator.send(path, conditions=conditions)


def take_over(field, name="take", **conditions):
    path = f"/allocation-runs/{named('run')}/products/{SOAP}/conditions"
    return field.coordinator.put_json(
        path, command_id=named(name), conditions=conditions
    )


def keep_back(field, quantity, **more):
    body = {"product_code": SOAP, "quantity": quantity, "reason": "winter"} | more
    return field.coordinator.put_json(
        "/reserves", command_id=named(f"reserve {body}"), **body
    )


def quantities(answer):
    return {line["unit_code"]: line["quantity"] for line in answer["lines"]}


def test_a_weight_shifts_the_share_and_is_said_as_the_reason(scarce):
    scarce.propose(conditions={SOAP: {"weights": {"W-A": "3"}}})

    run = scarce.run()
    assert quantities(run) == {"W-A": 60, "W-B": 20}
    assert run["lines"][0]["reasons"][0] == {"code": "WEIGHTED", "weight": "3"}


def test_a_cap_limits_one_unit_and_the_others_get_the_rest(scarce):
    scarce.propose(conditions={SOAP: {"caps": {"W-A": 10}}})

    run = scarce.run()
    assert quantities(run) == {"W-A": 10, "W-B": 70}
    assert [reason["code"] for reason in run["lines"][0]["reasons"]] == ["LIMITED"]


def test_a_reserve_is_for_a_reason_of_the_list(scarce):
    refused = keep_back(scarce, 20, reason="for Aigul")

    assert refused.status_code == 422
    for code in ("emergency", "winter", "new_arrivals", "gap_ahead", "needed_no_more"):
        assert code in refused.text


def test_the_reserve_of_the_policy_holds_without_being_asked_for(scarce):
    assert keep_back(scarce, 20).status_code == 200

    scarce.propose()

    run = scarce.run()
    assert quantities(run) == {"W-A": 30, "W-B": 30}
    unused = run["products"][0]["unused"]
    assert {(lot["quantity"], lot["reason"]) for lot in unused} == {(20, "reserve")}


def test_a_reserve_that_ended_keeps_nothing(scarce):
    keep_back(scarce, 20)
    keep_back(scarce, 0)

    scarce.propose()

    assert quantities(scarce.run()) == {"W-A": 40, "W-B": 40}


def test_a_reserve_cannot_begin_in_the_past(scarce):
    refused = keep_back(scarce, 20, effective_from="2026-01-01")

    assert (refused.status_code, refused.json["code"]) == (409, "effective_too_early")


def test_trying_shows_the_differences_and_keeps_nothing(scarce):
    scarce.propose()
    before = scarce.run()

    answer = try_out(scarce, reserve=20, weights={"W-A": "2"}).json

    assert quantities(answer) == {"W-A": 40, "W-B": 20}
    assert answer["differences"] == [{"unit_code": "W-B", "difference": -20}]
    assert scarce.run() == before


def test_taking_over_replaces_the_lines_and_keeps_the_conditions(scarce):
    scarce.propose()
    scarce.override(quantity=60)

    run = take_over(scarce, caps={"W-B": 30}).json

    assert quantities(run) == {"W-A": 50, "W-B": 30}
    assert run["conditions"][SOAP]["caps"] == {"W-B": 30}
    assert scarce.approve().status_code == 200


def test_an_override_respects_the_reserve_the_run_was_made_with(scarce):
    keep_back(scarce, 20)
    scarce.propose()

    refused = scarce.override(quantity=70)

    assert refused.json["code"] == "not_enough_free"
    assert refused.json["free"] == 60


def test_only_a_proposal_can_be_shared_out_again(scarce):
    scarce.propose()
    scarce.approve()

    assert take_over(scarce, reserve=5).json["code"] == "run_not_open"


@pytest.mark.parametrize(
    "conditions",
    [
        {"weights": {"W-A": "0"}},
        {"weights": {"W-A": "many"}},
        {"reserve": -1},
        {"caps": {"W-A": 2.5}},
    ],
)
def test_conditions_that_are_no_numbers_are_malformed(scarce, conditions):
    scarce.propose()

    assert try_out(scarce, **conditions).status_code == 422


def test_a_product_the_run_does_not_share_is_not_there(scarce):
    scarce.propose()
    path = f"/allocation-runs/{named('run')}/products/NOTHING/what-if"

    assert scarce.coordinator.send(path, conditions={}).json["code"] == "not_on_run"


def test_nobody_but_a_coordinator_sets_conditions(scarce):
    scarce.propose()
    path = f"/allocation-runs/{named('run')}/products/{SOAP}/what-if"

    assert scarce.outreach.send(path, conditions={}).status_code == 403
    assert scarce.auditor.send(path, conditions={}).status_code == 403


def test_a_run_nobody_proposed_cannot_be_tried(scarce):
    path = f"/allocation-runs/{named('none')}/products/{SOAP}/what-if"
    answer = scarce.coordinator.send(path, conditions={})

    assert (answer.status_code, answer.json["code"]) == (404, "unknown_run")
