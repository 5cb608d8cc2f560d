"""What a coordinator does with many requisitions at once, and takes away as tables."""

import csv
import io
import re

import pytest

from shared.sheets.writing import BYTE_ORDER_MARK
from tests.integration.distribution.field import SOAP, TOWEL, named
from tests.integration.distribution.test_pages import app, reader
from tests.support.lasting import lasting

__all__ = ["app", "reader"]

WAITING = "/requisitions/?state=submitted"
TICKED = "/requisitions/approve-ticked"
XLSX_BEGINS = b"PK"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def asked(field):
    """Two wards ask for what is due, a third for more; and a run gives to one."""
    field.put("L1", 500)
    for unit_code in ("W-A", "W-B", "X-Z"):
        field.unit(unit_code)
    field.asks("first", "W-A", SOAP=30)
    field.asks("second", "W-B", SOAP=30)
    field.coordinator.send(
        "/requisitions",
        requisition_id=named("more"),
        unit_code="X-Z",
        needed_by="2026-11-26",
        lines=[{"product_code": SOAP, "quantity": 4_000}],
    )
    return field


def ids_in(page):
    """Give the ids of the commands that the list carries, by field."""
    return {
        name: value
        for name, value in page.items()
        if name and name.startswith("command-")
    }


def test_the_ticked_requisitions_are_approved_as_asked(asked, reader):
    coordinator = reader("coordinator")
    ids = ids_in(coordinator.form_of(WAITING))
    chosen = [named("first"), named("second")]

    for _ in range(2):
        answer = coordinator.press(TICKED, ticked=chosen, **ids)
        assert answer.status_code == 303

    assert asked.requisition("first")["state"] == "approved"
    assert asked.line("second")["approved"] == 30
    assert asked.requisition("more")["state"] == "submitted"


@pytest.mark.usefixtures("asked")
def test_who_asks_for_more_than_is_due_is_not_ticked(reader):
    page = reader("coordinator").look(WAITING).text

    boxes = re.findall(r'name="ticked" value="([^"]+)"[^>]*?( checked)?>', page)
    assert dict(boxes) == {
        named("first"): " checked",
        named("second"): " checked",
        named("more"): "",
    }


def test_one_that_is_cancelled_meanwhile_holds_up_no_other(asked, reader):
    coordinator = reader("coordinator")
    ids = ids_in(coordinator.form_of(WAITING))
    asked.coordinator.send(
        f"/requisitions/{named('first')}/cancel",
        command_id=named("away"),
        reason="no_longer_needed",
    )

    coordinator.press(TICKED, ticked=[named("first"), named("second")], **ids)

    assert asked.requisition("first")["state"] == "cancelled"
    assert asked.requisition("second")["state"] == "approved"
    told = coordinator.look(WAITING).text
    assert "Approved: 1." in told
    assert "cancelled" in told


@pytest.mark.usefixtures("asked")
def test_an_outreach_team_ticks_nothing(reader):
    outreach = reader("outreach")

    assert "approve-ticked" not in outreach.look(WAITING).text
    assert outreach.press(TICKED, ticked=[named("first")]).status_code == 403


@pytest.mark.usefixtures("asked")
def test_requisitions_are_found_by_a_part_of_the_unit_or_facility(reader):
    coordinator = reader("coordinator")

    found = coordinator.look("/requisitions/?query=w-b").text
    assert "W-B" in found
    assert "X-Z" not in lasting(found)
    assert "X-Z" in coordinator.look("/requisitions/?query=ex-wf").text
    told = lasting(reader("outreach").look("/requisitions/?query=x-z").text)
    assert "X-Z" not in told


def rows_of(answer):
    """Read a CSV table as a spreadsheet does."""
    assert answer.status_code == 200, answer.text
    text = answer.data.decode().removeprefix(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text)))


def test_requisitions_a_run_and_deliveries_are_taken_away_as_tables(asked, reader):
    asked.approved("one", "W-A", SOAP=10, TOWEL=2)
    asked.on_the_way()
    coordinator, run = reader("coordinator"), f"/runs/{named('run')}"

    lines = rows_of(coordinator.look("/requisitions.csv?state=approved"))
    assert [(row["unit_code"], row["product_code"]) for row in lines] == [
        ("W-A", SOAP),
        ("W-A", TOWEL),
    ]
    given = rows_of(coordinator.look(f"{run}.csv"))[0]
    assert (given["quantity"], given["name"]) == ("10", "HYG-SOAP-B in English")
    (sent,) = rows_of(coordinator.look("/consignments.csv"))
    assert (sent["lot_number"], sent["dispatched"]) == ("L1", "10")
    for path in ("/requisitions", run, "/consignments"):
        assert coordinator.look(f"{path}.xlsx").data.startswith(XLSX_BEGINS)


@pytest.mark.usefixtures("asked")
def test_what_is_looked_for_is_what_is_taken_away(reader):
    coordinator = reader("coordinator")
    page = coordinator.look("/requisitions/?query=w-b").text
    assert "requisitions.csv?query=w-b" in page

    rows = rows_of(coordinator.look("/requisitions.csv?query=w-b"))

    assert {row["unit_code"] for row in rows} == {"W-B"}


@pytest.mark.usefixtures("asked")
def test_an_outreach_team_takes_away_its_own_units_alone(reader):
    outreach = reader("outreach")

    rows = rows_of(outreach.look("/requisitions.csv"))

    assert {row["unit_code"] for row in rows} == {"W-A", "W-B"}
    assert outreach.look(f"/runs/{named('run')}.csv").status_code == 403
