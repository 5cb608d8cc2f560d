"""Planning a delivery asks at once what the waybill says of the way."""

import pytest

from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

NEW = "/consignments/new"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def reserved(field):
    field.unit("W-A", heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.reserved()
    return field


def plan(person, **typed):
    form = person.form_of(NEW)
    named = {key: form[key] for key in ("command_id", "facility_code", "planned_on")}
    sent = {**named, "unit_codes": "W-A", "vehicle": form["vehicle"], **typed}
    return person.press("/consignments/", **sent)


def planned(field):
    return field.coordinator.fetch("/consignments/C-2026-0001").json


def test_vehicle_and_driver_are_on_the_waybill_from_the_start(reserved, reader):
    sent = plan(reader("coordinator"), vehicle="123 abc 02", driver_role="volunteer")

    assert sent.status_code == 303
    found = planned(reserved)
    assert (found["vehicle"], found["driver_role"]) == ("123 ABC 02", "volunteer")


def test_both_may_be_left_for_later(reserved, reader):
    assert plan(reader("coordinator")).status_code == 303

    found = planned(reserved)
    assert (found["vehicle"], found["driver_role"]) == (None, None)


def test_an_own_car_needs_no_registration(reserved, reader):
    plan(reader("coordinator"), is_own_car="1", driver_role="staff")

    assert planned(reserved)["vehicle"] == "own_car"


def test_a_name_is_refused_and_all_else_that_was_typed_stays(reserved, reader):
    refused = plan(
        reader("coordinator"),
        vehicle="Aigerim",
        driver_role="hired",
        planned_on="2026-12-24",
    )

    assert refused.status_code == 422
    assert '<option value="hired" selected>' in refused.text
    assert 'value="2026-12-24"' in refused.text
    assert reserved.coordinator.fetch("/consignments").json["items"] == []


def test_programs_say_it_in_the_same_call(reserved):
    made = reserved.consignment(vehicle="777 XYZ 05", driver_role="hired")

    assert made.status_code == 201
    assert (made.json["vehicle"], made.json["driver_role"]) == ("777 XYZ 05", "hired")
