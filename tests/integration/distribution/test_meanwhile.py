"""Two who decide at the same moment, and the run right after a run."""

import pytest

from shared.contracts.distribution_v1 import AllocationApproved, AllocationCancelled
from tests.integration.distribution.field import SOAP, named
from tests.integration.distribution.moment import at_once


@pytest.fixture
def scarce(field):
    """Two units that are due 100 each and share 80."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 50)
    field.put("L2", 30)
    field.approved("r1", "W-A", SOAP=100)
    field.approved("r2", "W-B", SOAP=100)
    assert field.propose().status_code == 201
    return field


def decision(caller, what, **body):
    """Prepare a call of a coordinator of its own."""
    person = caller("coordinator")
    path = f"/allocation-runs/{named('run')}/{what}"
    send = person.patch_json if what == "lines" else person.send
    return lambda: send(path, command_id=named(what), **body)


def promised(field):
    return [
        (x.unit_code, x.quantity)
        for f in field.said(AllocationApproved)
        for x in f.lines
    ]


def test_approved_and_cancelled_at_once_ends_cancelled_and_holds_nothing(
    scarce, caller
):
    approved, cancelled = at_once(
        decision(caller, "approve"),
        decision(caller, "cancel", reason="a better one follows"),
    )

    assert cancelled.status_code == 200
    assert approved.status_code in {200, 409}
    assert scarce.run()["state"] == "cancelled"
    assert len(scarce.said(AllocationCancelled)) == (approved.status_code == 200)
    assert scarce.line("r1")["open"] == scarce.line("r2")["open"] == 100


def test_approved_and_overridden_at_once_promises_what_the_run_then_shows(
    scarce, caller
):
    line = {
        "unit_code": "W-A",
        "product_code": SOAP,
        "quantity": 60,
        "reason": "letter",
    }

    approved, overridden = at_once(
        decision(caller, "approve"), decision(caller, "lines", lines=[line])
    )

    assert approved.status_code == 200
    assert overridden.status_code in {200, 409}
    totals = {"W-A": 0, "W-B": 0}
    for unit_code, quantity in promised(scarce):
        totals[unit_code] += quantity
    assert totals == {unit: n for (unit, _), n in scarce.given().items()}
    assert totals["W-A"] == (60 if overridden.status_code == 200 else 40)


def test_proposing_while_another_run_is_approved_never_promises_a_piece_twice(
    scarce, caller
):
    wish = {"run_id": named("second"), "handover_on": "2026-11-26"}
    person = caller("coordinator")
    approved, _ = at_once(
        decision(caller, "approve"), lambda: person.send("/allocation-runs", **wish)
    )
    refused = scarce.approve("second")

    assert approved.status_code == 200
    assert refused.json["code"] in {"nothing_to_approve", "lots_already_promised"}
    assert sum(quantity for _, quantity in promised(scarce)) == 80


@pytest.mark.parametrize("has_answered", [False, True])
def test_a_run_right_after_an_approval_gives_nobody_anything(field, has_answered):
    """DOMAIN.md 4.3, tenth: also where goods are left over."""
    field.unit("W-A", heads=4)
    field.unit("W-B", heads=8)
    field.put("L1", 500)
    field.approved("r1", "W-A", SOAP=60)
    field.approved("r2", "W-B", SOAP=60)
    field.propose()
    field.approve()
    if has_answered:
        field.answer()

    field.propose("second")

    assert set(field.given("second").values()) == {0}
    assert field.approve("second").json["code"] == "nothing_to_approve"


@pytest.mark.parametrize("way_out", ["nothing", "again"])
def test_a_run_goes_on_without_a_unit_that_closed(scarce, way_out):
    scarce.unit("W-B", heads=0, is_closed=True)
    assert scarce.approve().json["code"] == "unit_closed"

    if way_out == "nothing":
        scarce.override(unit_code="W-B", quantity=0)
    else:
        scarce.coordinator.put_json(
            f"/allocation-runs/{named('run')}/products/{SOAP}/conditions",
            command_id=named("again"),
            conditions={},
        )

    path = f"/allocation-runs/{named('run')}/approve"
    approved = scarce.coordinator.send(path, command_id=named("now"))
    assert approved.status_code == 200
    assert {unit_code for unit_code, _ in promised(scarce)} == {"W-A"}
