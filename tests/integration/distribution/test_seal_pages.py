"""Seals are scanned or pasted unit by unit; what is refused is named and kept."""

import pytest

from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/consignments/C-2026-0001"
SEALS = f"{HERE}/seals/"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def planned(field):
    """A delivery of soap and towels to W-A, and of soap to W-B."""
    field.unit("W-A", heads=40)
    field.unit("W-B", heads=40)
    field.put("L1", 500)
    field.put("T1", 500, product_code="HYG-TOWEL")
    field.approved("r1", "W-A", SOAP=50, TOWEL=20)
    field.approved("r2", "W-B", SOAP=30)
    field.reserved()
    field.consignment()
    return field


def seals_of(field):
    lines = field.coordinator.fetch(HERE).json["lines"]
    return {(x["unit_code"], x["product_code"]): x["bag_ids"] for x in lines}


def add(person, seals, unit="W-A", **more):
    fields = person.form_of(f"{SEALS}?unit={unit}")
    command_id = fields["command_id"]
    return person.press(SEALS, command_id=command_id, unit=unit, seals=seals, **more)


def test_many_are_pasted_at_once_for_all_goods_of_a_unit(planned, reader):
    coordinator = reader("coordinator")

    added = add(coordinator, "0417\r\n0418, 0419;0420\r\n")

    assert added.status_code == 303
    assert added.location.endswith("?unit=W-A")
    found = seals_of(planned)
    assert found["W-A", "HYG-SOAP-B"] == ["0417", "0418", "0419", "0420"]
    assert found["W-A", "HYG-TOWEL"] == ["0417", "0418", "0419", "0420"]
    assert found["W-B", "HYG-SOAP-B"] == []
    assert "W-A · 4" in coordinator.look(f"{SEALS}?unit=W-B").text


@pytest.mark.usefixtures("planned")
def test_it_begins_with_the_first_unit_that_has_none(reader):
    coordinator = reader("coordinator")
    assert "Seals on the bags for W-A" in coordinator.look(SEALS).text

    add(coordinator, "0417")

    assert "Seals on the bags for W-B" in coordinator.look(SEALS).text


def test_some_goods_of_a_unit_are_in_a_bag_of_their_own(planned, reader):
    coordinator = reader("coordinator")
    page = coordinator.look(SEALS).text
    towels = next(
        part.split('"')[0]
        for part in page.split('name="lines" value="')
        if part.startswith("HYG-TOWEL")
    )

    add(coordinator, "0500", lines=towels)

    assert seals_of(planned)["W-A", "HYG-TOWEL"] == ["0500"]
    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == []


def test_goods_that_are_not_there_any_more_are_not_taken_for_all(planned, reader):
    """Ticked, and meanwhile another lot was picked in their place."""
    gone = "HYG-TOWEL 0194d000-0000-7000-8000-000000000000"

    refused = add(reader("coordinator"), "0500", lines=gone)

    assert refused.status_code == 409
    assert "HYG-TOWEL is not on" in refused.text
    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == []


def test_duplicates_are_named_and_what_was_pasted_stands_there_still(planned, reader):
    coordinator = reader("coordinator")
    add(coordinator, "0417")

    refused = add(coordinator, "0418 0417 0419 0419")

    assert refused.status_code == 409
    assert "0417, 0419" in refused.text
    assert ">0418 0417 0419 0419</textarea>" in refused.text
    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == ["0417"]


def test_a_seal_of_another_units_bag_is_told_and_may_be_meant(planned, reader):
    coordinator = reader("coordinator")
    add(coordinator, "0417", unit="W-B")

    refused = add(coordinator, "0417")
    assert refused.status_code == 409
    assert "On the goods for W-B already: 0417" in refused.text

    assert add(coordinator, "0417", is_shared="1").status_code == 303
    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == ["0417"]


def test_nothing_and_no_number_are_refused_as_they_were_typed(planned, reader):
    coordinator = reader("coordinator")

    assert add(coordinator, " , ").status_code == 422
    refused = add(coordinator, "0417 none")

    assert refused.status_code == 422
    assert "NONE is no number of a seal" in refused.text
    assert ">0417 none</textarea>" in refused.text
    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == []


def test_one_is_taken_off_again(planned, reader):
    coordinator = reader("coordinator")
    add(coordinator, "0417 0418")
    form = coordinator.form_of(f"{SEALS}?unit=W-A")
    wish = {"command_id": form["command_id"], "unit": "W-A", "seal": "0417"}

    assert coordinator.press(f"{SEALS}remove", **wish).status_code == 303

    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == ["0418"]


def test_the_waybill_says_what_it_said_of_the_seals(planned, reader):
    """Vehicle and packages are a form of their own now."""
    coordinator = reader("coordinator")
    add(coordinator, "0417")
    fields = coordinator.form_of(f"{HERE}/transport/")

    kept = coordinator.press(f"{HERE}/transport/", **fields | {"packages": "6"})

    assert kept.status_code == 303
    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == ["0417"]


def test_what_is_over_is_sealed_no_more(planned, reader):
    planned.leaves()
    form = reader("coordinator").form_of(SEALS)
    planned.hands_over()
    wish = {"command_id": form["command_id"], "unit": "W-A", "seals": "0417"}

    refused = reader("coordinator").press(SEALS, **wish)

    assert refused.status_code == 409
    assert seals_of(planned)["W-A", "HYG-SOAP-B"] == []


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize("role", ["outreach", "auditor"])
def test_nobody_but_a_coordinator_seals(reader, role):
    assert reader(role).press(SEALS, unit="W-A", seals="0417").status_code == 403
