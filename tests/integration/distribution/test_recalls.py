"""A recall is told on every delivery and unit that has the lot, wherever it is."""

import re
from uuid import UUID

import pytest

from shared.contracts.inventory_v1 import LotRecalled, PickingStarted
from tests.integration.distribution.field import SOAP, named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/consignments/C-2026-0001"
TOLD = "Recalled goods are on it"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def reserved(field):
    """W-A is to get 30 bars of L1 and W-B 20 of L2."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 30)
    field.approved("r1", "W-A", SOAP=30)
    field.reserved()
    field.put("L2", 20)
    field.approved("r2", "W-B", SOAP=20)
    field.reserved("second")
    return field


def planned(field):
    field.consignment()


def picking(field):
    field.consignment()
    field.hear(PickingStarted("C-2026-0001"))


def sent(field):
    field.consignment()
    field.leaves()


def handed_over(field):
    sent(field)
    field.hands_over()


ADVICE = {
    planned: "It must not leave.",
    picking: "It must not leave.",
    sent: "bring it back to the warehouse",
    handed_over: "Ask the unit to stop using it today",
}


@pytest.mark.parametrize("reach", ADVICE, ids=lambda step: step.__name__)
@pytest.mark.parametrize("when", ["before", "after"])
def test_delivery_and_unit_say_what_to_do(reserved, reader, reach, when):
    """Whether the recall is heard before the delivery came so far, or after."""
    if when == "before":
        reserved.recalls("L1")
    reach(reserved)
    if when == "after":
        reserved.recalls("L1")
    coordinator = reader("coordinator")

    delivery, unit = coordinator.look(HERE).text, coordinator.look("/units/W-A").text

    for page in (delivery, unit):
        assert TOLD in page
        assert ADVICE[reach] in page
        assert "mould" in page
    assert TOLD not in coordinator.look("/units/W-B").text


@pytest.mark.parametrize("reach", ADVICE, ids=lambda step: step.__name__)
def test_programs_read_it_on_the_lines_that_have_the_lot(reserved, reach):
    reach(reserved)
    reserved.recalls("L1")

    lines = reserved.coordinator.fetch(HERE).json["lines"]

    assert {line["unit_code"]: line["is_recalled"] for line in lines} == {
        "W-A": True,
        "W-B": False,
    }


def test_the_form_at_the_gate_and_the_phone_say_it_line_by_line(reserved, reader):
    sent(reserved)
    reserved.recalls("L1")

    page = reader("outreach").look(f"{HERE}/handover/").text
    (kept,) = reserved.outreach.fetch("/gate").json["deliveries"]

    assert page.count("data-recalled") == 1
    assert {x["unit_code"]: x["is_recalled"] for x in kept["lines"]} == {
        "W-A": True,
        "W-B": False,
    }


def test_the_receipt_says_it_and_a_correction_does_not_hide_it(reserved, reader):
    handed_over(reserved)
    reserved.recalls("L1")
    reserved.hands_over(name="fixed", corrects=named("handover"))

    assert TOLD in reader("outreach").look(f"{HERE}/handover/receipt").text


def test_who_got_nothing_of_it_in_the_end_is_not_told(reserved, reader):
    sent(reserved)
    reserved.hands_over(ends={"refused": 20, "refusal_reason": "not_needed"})
    lines = reserved.coordinator.fetch(HERE).json["lines"]
    (of_b,) = [line for line in lines if line["unit_code"] == "W-B"]
    assert of_b["accepted"] == 0

    reserved.recalls("L2")

    assert TOLD not in reader("coordinator").look("/units/W-B").text


def test_a_lot_that_was_picked_instead_is_the_one_that_counts(reserved, reader):
    reserved.put("L3", 100)
    reserved.consignment(unit_codes=["W-A"])
    reserved.leaves(swap="L3")
    reserved.recalls("L1")
    coordinator = reader("coordinator")
    (line,) = [
        x for x in coordinator_lines(reserved) if x["dispatched"] and x["quantity"]
    ]
    assert line["is_recalled"] is False

    reserved.recalls("L3")

    assert TOLD in coordinator.look("/units/W-A").text


def coordinator_lines(field):
    return field.coordinator.fetch(HERE).json["lines"]


def test_a_kit_with_the_lot_in_it_is_told_too(reserved, reader):
    """Inventory names kit lots among the lots of a recall."""
    sent(reserved)
    kit = UUID(coordinator_lines(reserved)[1]["lot_id"])
    loose = UUID(named("somewhere else"))

    reserved.hear(LotRecalled("MED-PARA", "P7", (loose, kit), "broken seal", ()))

    assert "broken seal" in reader("coordinator").look("/units/W-B").text


def test_promised_and_not_yet_on_a_delivery_it_is_withdrawn_by_the_warehouse(field):
    """The run is refused its goods; the page of the run says so."""
    field.unit("W-A", heads=40)
    field.put("L1", 30)
    field.approved("r1", "W-A", SOAP=30)
    field.propose()
    field.approve()
    field.recalls("L1")

    field.answer(refuse=[SOAP])

    assert field.run()["state"] == "partly_refused"
    assert field.line("r1")["open"] == 30


def links_of(page):
    """Where the badges of a recall lead."""
    marked = re.findall(r'<a class="lk" href="([^"]*)"><span class="badge stop">', page)
    return [path.removeprefix("/distribution") for path in marked]


@pytest.mark.parametrize(
    ("reach", "links"),
    [
        (planned, [HERE, "/units/W-A"]),
        (sent, [HERE, "/units/W-A"]),
        (handed_over, ["/units/W-A"]),
    ],
)
def test_the_team_s_first_page_leads_to_what_to_do(reserved, reader, reach, links):
    reach(reserved)
    outreach = reader("outreach")
    assert links_of(outreach.look("/").text) == []

    reserved.recalls("L1")

    assert links_of(outreach.look("/").text) == links
    assert ADVICE[reach] in outreach.look(links[-1]).text


def test_a_team_is_told_of_no_other_team_s_recall(reserved, reader):
    reserved.unit("X-Z")
    reserved.put("L9", 10)
    reserved.coordinator.send(
        "/requisitions",
        requisition_id=named("foreign"),
        unit_code="X-Z",
        needed_by="2026-11-26",
        lines=[{"product_code": SOAP, "quantity": 10}],
    )
    reserved.coordinator.send(
        f"/requisitions/{named('foreign')}/approve", command_id=named("yes")
    )
    reserved.reserved("third")
    reserved.consignment(unit_codes=["X-Z"])
    reserved.recalls("L9")
    assert TOLD in reader("coordinator").look("/units/X-Z").text

    assert links_of(reader("outreach").look("/").text) == []
