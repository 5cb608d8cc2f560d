"""Facilities and units are changed in part: what nobody touched stays as it is."""

from html.parser import HTMLParser

import pytest

from shared.contracts.distribution_v1 import UnitRegistered
from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/facilities/EX-MF/change"
UNIT = "/units/W-A/change"
GATE = ["HYG-RAZOR", "HYG-TOWEL", "cold-15C", "prison-restricted"]


@pytest.fixture
def database_kind():
    return "sqlite"


class Filled(HTMLParser):
    """What a browser sends of a form as it stands, ticked boxes included."""

    def __init__(self, html):
        super().__init__()
        self.sent, self._select = {}, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "select":
            self._select = given["name"]
        if tag == "option" and "selected" in given:
            self.sent[self._select] = given["value"]
        if tag == "input" and given.get("type") == "checkbox":
            if "checked" in given:
                self.sent.setdefault(given["name"], []).append(given["value"])
        elif tag == "input" and "name" in given:
            self.sent[given["name"]] = given["value"]


def form_at(person, path):
    answer = person.look(path)
    assert answer.status_code == 200, answer.text
    return Filled(answer.text).sent


@pytest.fixture
def gated(field):
    field.place("EX-MF", region="North", not_admitted=GATE)
    return field


def facility(field, code="EX-MF"):
    items = field.coordinator.fetch("/facilities").json["items"]
    return next(each for each in items if each["facility_code"] == code)


def unit(field, code="W-A"):
    """A unit as it stands, whatever number its state has."""
    return field.coordinator.fetch(f"/units/{code}").json | {"version": 0}


def test_one_flag_more_leaves_all_else_of_a_gate_as_it_is(gated, reader):
    coordinator, before = reader("coordinator"), facility(gated)
    form = form_at(coordinator, HERE)
    form["not_admitted"].append("medicine")

    assert coordinator.press(HERE, **form).status_code == 303

    assert facility(gated) == before | {"not_admitted": sorted([*GATE, "medicine"])}


def test_a_change_of_a_unit_leaves_all_else_as_it_is(field, reader):
    field.unit(groups=["women", "choir"], kind="night_shift", is_closed=True)
    coordinator, before = reader("coordinator"), unit(field)
    form = form_at(coordinator, UNIT)
    form["groups"].append("medical")

    assert coordinator.press(UNIT, **form).status_code == 303

    groups = sorted(["women", "choir", "medical"])
    assert unit(field) == before | {"groups": groups}
    assert unit(field)["is_closed"] is True


def test_a_known_code_is_refused_and_what_was_typed_is_kept(gated, reader):
    coordinator, before = reader("coordinator"), facility(gated)
    path = "/facilities/new"
    typed = form_at(coordinator, path) | {"facility_code": "EX-MF", "name": "Another"}
    typed |= {"region": "South", "not_admitted": ["kit"], "not_admitted_codes": "X-1"}

    refused = coordinator.press(path, **typed)

    assert refused.status_code == 409
    assert "EX-MF is registered already" in refused.text
    kept = Filled(refused.text).sent
    assert {name: kept[name] for name in typed if name != "command_id"} == {
        name: typed[name] for name in typed if name != "command_id"
    }
    assert facility(gated) == before


def test_the_code_of_a_known_unit_is_refused(field, reader):
    field.unit()
    coordinator, before = reader("coordinator"), unit(field)
    path = "/units/new"
    typed = form_at(coordinator, path) | {"unit_code": "W-A", "facility_code": "EX-WF"}

    refused = coordinator.press(path, **typed)

    assert refused.status_code == 409
    assert "W-A is registered already" in refused.text
    assert unit(field) == before


def test_pressed_twice_a_place_is_registered_once(field, reader):
    coordinator = reader("coordinator")
    house = form_at(coordinator, "/facilities/new")
    house |= {"facility_code": "EX-N", "name": "N", "region": "R"}
    ward = form_at(coordinator, "/units/new")
    ward |= {"unit_code": "N-1", "facility_code": "EX-N"}

    answers = [coordinator.press("/facilities/new", **house) for _ in range(2)]
    answers += [coordinator.press("/units/new", **ward) for _ in range(2)]

    assert [each.status_code for each in answers] == [303] * 4
    assert unit(field, "N-1")["is_closed"] is False


def test_what_is_missing_is_told_and_the_list_of_products_is_kept(field, reader):
    coordinator = reader("coordinator")
    typed = form_at(coordinator, "/facilities/new")
    typed |= {"facility_code": "EX-N", "not_admitted_codes": "HYG-RAZOR"}

    answer = coordinator.press("/facilities/new", **typed)

    assert answer.status_code == 422
    assert Filled(answer.text).sent["not_admitted_codes"] == "HYG-RAZOR"
    assert all(
        each["facility_code"] != "EX-N"
        for each in field.coordinator.fetch("/facilities").json["items"]
    )


def test_units_go_along_when_the_kind_of_their_facility_is_corrected(gated, reader):
    gated.unit("M-1", facility_code="EX-MF")
    gated.unit("W-A")
    coordinator = reader("coordinator")
    form = form_at(coordinator, HERE) | {"audience": "community"}

    coordinator.press(HERE, **form)

    assert unit(gated, "M-1")["audience"] == "community"
    assert unit(gated, "W-A")["audience"] == "detention"
    assert gated.said(UnitRegistered)[-1].audience == "community"


def test_a_unit_with_a_kind_of_its_own_keeps_it(gated, reader):
    gated.unit("M-1", facility_code="EX-MF", audience="community")
    coordinator = reader("coordinator")

    coordinator.press(HERE, **form_at(coordinator, HERE))
    coordinator.press("/units/M-1/change", **form_at(coordinator, "/units/M-1/change"))

    assert unit(gated, "M-1")["audience"] == "community"


def test_a_unit_moves_with_the_kind_of_its_new_facility(gated, reader):
    gated.place("EX-SH", audience="community")
    gated.unit("W-A", facility_code="EX-MF")
    coordinator = reader("coordinator")
    form = form_at(coordinator, UNIT) | {"facility_code": "EX-SH"}

    coordinator.press(UNIT, **form)

    found = unit(gated)
    assert (found["facility_code"], found["audience"]) == ("EX-SH", "community")


def test_the_name_of_a_shelter_is_kept_without_being_shown(field, reader):
    field.place("EX-SH", audience="community", not_admitted=["medicine"])
    coordinator = reader("coordinator")
    path = "/facilities/EX-SH/change"
    assert "EX-SH (example)" not in coordinator.look(path).text
    form = form_at(coordinator, path)
    form["not_admitted"] = []

    coordinator.press(path, **form)

    found = facility(field, "EX-SH")
    assert (found["name"], found["not_admitted"]) == ("EX-SH (example)", [])


def test_who_may_change_a_place_is_led_to_its_form(gated, reader):
    gated.unit("W-A")
    coordinator, auditor = reader("coordinator"), reader("auditor")

    assert f'href="{HERE}"' in coordinator.look("/facilities").text
    assert f'href="{UNIT}"' in coordinator.look("/units/W-A").text
    assert "/change" not in auditor.look("/facilities").text
    assert "/change" not in auditor.look("/units/W-A").text
    refused = auditor.press(UNIT, command_id=named("x"))
    assert refused.status_code == 403


def test_a_place_nobody_registered_cannot_be_changed(field, reader):
    field.unit("W-A")
    coordinator = reader("coordinator")

    paths = ("/facilities/EX-NO/change", "/units/W-NO/change")
    answers = [coordinator.look(path) for path in paths]
    answers += [coordinator.press(path, command_id=named("x")) for path in paths]

    assert {each.status_code for each in answers} == {404}
