"""Who closes a unit sees first what is meant for it, and then where it went."""

import pytest

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, reader
from tests.support.lasting import lasting

__all__ = ["app", "reader"]

HERE = "/units/W-B/closing/"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def reserved(field):
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 100)
    field.approved("r1", "W-A", SOAP=40)
    field.approved("r2", "W-B", SOAP=23)
    field.reserved()
    return field


def close(person, intent="close"):
    form = person.form_of(HERE)
    return person.press(HERE, command_id=form["command_id"], intent=intent)


def test_what_would_be_let_go_is_shown_before(reserved, reader):
    reserved.consignment()

    page = reader("coordinator").look(HERE).text

    assert "Becomes free for other units" in page
    assert "C-2026-0001" in page
    assert "23" in page
    assert "Is on its way already" not in page
    assert "Requisitions that end: 1." in page


def test_goods_on_their_way_are_shown_apart(reserved, reader):
    reserved.consignment()
    reserved.leaves()

    page = reader("coordinator").look(HERE).text

    assert "Is on its way already" in page
    assert "Becomes free for other units" not in page


def test_it_is_closed_and_opened_again_from_its_page(reserved, reader):
    coordinator = reader("coordinator")

    assert close(coordinator).status_code == 303
    assert "This unit is closed" in coordinator.look("/units/W-B").text
    assert reserved.line("r2")["reserved"] == 0

    assert close(coordinator, "open").status_code == 303
    assert "This unit is closed" not in coordinator.look("/units/W-B").text


@pytest.mark.usefixtures("reserved")
def test_the_team_reads_why_its_requisition_ended(reader):
    close(reader("coordinator"))

    page = reader("outreach").look(f"/requisitions/{named('r2')}").text

    assert "The unit was closed." in page


@pytest.mark.parametrize("role", ["outreach", "auditor"])
def test_nobody_but_a_coordinator_closes_a_unit(reserved, reader, role):
    assert reader(role).press(HERE, intent="close").status_code == 403
    assert reserved.line("r2")["reserved"] == 23


def test_a_delivery_names_the_unit_whose_goods_stay_here(reserved, reader):
    reserved.consignment()
    close(reader("coordinator"))

    page = reader("coordinator").look("/consignments/C-2026-0001").text

    assert "Closed meanwhile: W-B" in page
    assert "takes them off the pick list" in page


def test_what_stayed_here_is_not_spoken_of_at_the_gate(reserved, reader):
    reserved.consignment()
    close(reader("coordinator"))
    reserved.leaves(leaving_out="W-B")

    page = reader("outreach").look("/consignments/C-2026-0001/handover/").text

    assert "Closed meanwhile" not in page
    assert "W-B" not in lasting(page)


def test_at_the_gate_its_goods_are_sent_back_unless_somebody_says_otherwise(
    reserved, reader
):
    reserved.consignment()
    reserved.leaves()
    close(reader("coordinator"))
    person = reader("coordinator")
    here = "/consignments/C-2026-0001/handover/"

    form = person.form_of(here)
    assert "bring it back to the warehouse" in person.look(here).text
    assert person.press(here, intent="parts", **form).status_code == 303

    lines = reserved.coordinator.fetch("/consignments/C-2026-0001").json["lines"]
    ends = {
        x["unit_code"]: (x["accepted"], x["refused"], x["refusal_reason"])
        for x in lines
    }
    assert ends == {"W-A": (40, 0, None), "W-B": (0, 23, "unit_closed")}


def test_a_phone_is_told_at_the_gate(reserved):
    reserved.consignment()
    reserved.leaves()
    reserved.unit("W-B", heads=0, is_closed=True)

    (kept,) = reserved.outreach.fetch("/gate").json["deliveries"]

    closed = {line["unit_code"]: line["is_closed"] for line in kept["lines"]}
    assert closed == {"W-A": False, "W-B": True}


def told_of_takers(field):
    (over,) = field.outreach.fetch("/gate").json["handed_over"]
    return over["closed_takers"]


def test_what_a_closed_unit_took_is_told_with_what_to_do(reserved, reader):
    """Recorded without a network, after somebody had closed the unit."""
    reserved.consignment()
    reserved.leaves()
    receipt = "/consignments/C-2026-0001/handover/receipt"
    close(reader("coordinator"))
    reserved.hands_over()

    page = reader("outreach").look(receipt).text

    assert "Closed meanwhile: W-B" in page
    assert "correct it: not let through" in page
    assert told_of_takers(reserved) == ["W-B"]


def test_it_is_told_still_when_something_else_of_the_unit_changes(
    reserved, reader, clock
):
    reserved.consignment()
    reserved.leaves()
    close(reader("coordinator"))
    reserved.hands_over()
    clock.advance(hours=1)

    reserved.unit("W-B", heads=80, kind="medical", is_closed=True)

    page = reader("outreach").look("/consignments/C-2026-0001/handover/receipt").text
    assert "Closed meanwhile: W-B" in page
    assert told_of_takers(reserved) == ["W-B"]


def test_what_came_back_after_all_is_spoken_of_no_more(reserved, reader):
    reserved.consignment()
    reserved.leaves()
    close(reader("coordinator"))
    reserved.hands_over()
    lines = reserved.gate_lines()
    for line in lines:
        if line["unit_code"] == "W-B":
            line |= {"refused": line["accepted"], "accepted": 0}
            line["refusal_reason"] = "unit_closed"

    reserved.hands_over(name="again", lines=lines, corrects=named("handover"))

    page = reader("outreach").look("/consignments/C-2026-0001/handover/receipt").text
    assert "Closed meanwhile" not in page
    assert told_of_takers(reserved) == []


def test_a_unit_that_closed_after_its_handover_is_not_spoken_of(
    reserved, reader, clock
):
    reserved.consignment()
    reserved.leaves()
    reserved.hands_over()
    clock.advance(minutes=1)
    close(reader("coordinator"))

    page = reader("outreach").look("/consignments/C-2026-0001/handover/receipt").text

    assert "Closed meanwhile" not in page
    assert told_of_takers(reserved) == []


@pytest.mark.usefixtures("reserved")
def test_the_form_of_a_closed_unit_says_so_and_keeps_what_waits(reader):
    close(reader("coordinator"))

    page = reader("outreach").look("/units/W-B/requisition/").text

    assert "A coordinator can open it again" in page


def test_a_coordinator_is_led_to_what_is_to_be_put_back(reserved, reader):
    reserved.consignment()
    close(reader("coordinator"))
    here = "/consignments/C-2026-0001"

    assert 'href="/inventory/put-back"' in reader("coordinator").look(here).text
    assert 'href="/inventory/put-back"' not in reader("outreach").look(here).text
