"""A delivery day that is taken off leaves nobody's requisition hanging."""

import re

import pytest

from services.distribution.entrypoints.pages.calendar_move import UNDO_MAX
from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/facilities/EX-WF/calendar"
COOKIE_CHARS_MAX = 4096
OFF, NEXT, LATER = "2026-11-26", "2026-12-03", "2026-12-10"


@pytest.fixture
def database_kind():
    return "sqlite"


def change(field, name, **days):
    body = {"command_id": named(name), **days}
    return field.coordinator.put_json(HERE, **body)


@pytest.fixture
def hanging(field):
    """Two requisitions for a day that is taken off; a third is for the next one."""
    field.unit("W-A")
    field.unit("W-B")
    change(field, "on", add=[OFF, NEXT])
    field.asks("r1", "W-A", by=OFF, SOAP=5)
    field.approved("r2", "W-B", by=OFF, SOAP=5)
    field.asks("r3", "W-A", by=NEXT, SOAP=5)
    change(field, "off", remove=[OFF])
    return field


def day_of(field, name):
    return field.requisition(name)["delivery_on"]


def move(field, *names, to=NEXT, name="move"):
    return field.coordinator.send(
        f"{HERE}/move",
        command_id=named(name),
        to_day=to,
        requisition_ids=[named(each) for each in names],
    )


class TestPrograms:
    def test_what_hangs_on_a_day_off_is_listed(self, hanging):
        off = hanging.coordinator.fetch(HERE).json["off"]

        assert {(x["unit_code"], x["delivery_on"]) for x in off} == {
            ("W-A", OFF),
            ("W-B", OFF),
        }

    def test_it_is_moved_and_asks_for_the_same(self, hanging):
        assert move(hanging, "r1", "r2").status_code == 200

        assert (day_of(hanging, "r1"), day_of(hanging, "r2")) == (NEXT, NEXT)
        assert hanging.requisition("r2")["needed_by"] == OFF
        assert hanging.line("r2")["open"] == 5
        assert hanging.coordinator.fetch(HERE).json["off"] == []

    def test_a_day_that_is_not_on_the_calendar_is_refused(self, hanging):
        refused = move(hanging, "r1", to="2026-12-04")

        assert refused.json["code"] == "not_a_delivery_day"

    def test_one_that_is_over_stops_them_all(self, hanging):
        hanging.outreach.send(
            f"/requisitions/{named('r1')}/cancel", command_id=named("c"), reason="x"
        )

        refused = move(hanging, "r2", "r1")

        assert refused.json["code"] == "requisition_state"
        assert day_of(hanging, "r2") == OFF

    def test_a_requisition_of_another_house_is_not_there(self, hanging):
        hanging.place("EX-HH")
        hanging.unit("H-1", facility_code="EX-HH")
        hanging.coordinator.send(
            "/requisitions",
            requisition_id=named("other"),
            unit_code="H-1",
            needed_by=OFF,
            lines=[{"product_code": "HYG-SOAP-B", "quantity": 1}],
        )

        assert move(hanging, "other").json["code"] == "unknown_requisition"

    def test_who_names_nothing_moves_nothing_and_is_told(self, hanging):
        body = {"command_id": named("m"), "to_day": NEXT}

        refused = hanging.coordinator.send(f"{HERE}/move", **body)

        assert refused.status_code == 422
        assert "Name requisitions or consignments" in refused.text

    def test_only_a_coordinator_moves_them(self, hanging):
        body = {"to_day": NEXT, "requisition_ids": [named("r1")]}
        refused = hanging.outreach.send(f"{HERE}/move", command_id=named("m"), **body)

        assert refused.status_code == 403


def forms_of(html):
    """The fields of each form of a page, by the address it is sent to."""
    found = {}
    for action, inside in re.findall(r'<form method="post"([^>]*)>(.*?)</form>', html):
        address = re.search(r'action="([^"]*)"', action)
        fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', inside))
        found.setdefault(address[1] if address else "", []).append(fields)
    return found


class TestPage:
    def test_all_are_moved_to_the_next_day_in_one_press_and_back(self, hanging, reader):
        coordinator = reader("coordinator")
        page = coordinator.look(HERE).text
        assert "is off, and requisitions are for it: 2" in page
        (form,) = forms_of(page)[f"{HERE}/move"]

        coordinator.press(f"{HERE}/move", **form)

        assert (day_of(hanging, "r1"), day_of(hanging, "r2")) == (NEXT, NEXT)
        after = coordinator.look(HERE).text
        assert "is off, and requisitions" not in after
        (undo,) = forms_of(after)[f"{HERE}/move"]

        coordinator.press(f"{HERE}/move", **undo)

        assert (day_of(hanging, "r1"), day_of(hanging, "r2")) == (OFF, OFF)

    def test_who_chose_another_day_meanwhile_keeps_it(self, hanging, reader):
        coordinator = reader("coordinator")
        (form,) = forms_of(coordinator.look(HERE).text)[f"{HERE}/move"]
        change(hanging, "later", add=[LATER])
        move(hanging, "r1", to=LATER)

        coordinator.press(f"{HERE}/move", **form)

        assert (day_of(hanging, "r1"), day_of(hanging, "r2")) == (LATER, NEXT)
        assert re.search(r"Requisitions moved to .*: 1\.", coordinator.look(HERE).text)

    def test_an_undo_leaves_alone_who_was_there_before(self, hanging, reader):
        coordinator = reader("coordinator")
        (form,) = forms_of(coordinator.look(HERE).text)[f"{HERE}/move"]
        move(hanging, "r1")
        coordinator.press(f"{HERE}/move", **form)
        (undo,) = forms_of(coordinator.look(HERE).text)[f"{HERE}/move"]

        coordinator.press(f"{HERE}/move", **undo)

        assert (day_of(hanging, "r1"), day_of(hanging, "r2")) == (NEXT, OFF)

    def test_where_none_was_left_to_move_there_is_nothing_to_undo(
        self, hanging, reader
    ):
        coordinator = reader("coordinator")
        (form,) = forms_of(coordinator.look(HERE).text)[f"{HERE}/move"]
        move(hanging, "r1", "r2")

        coordinator.press(f"{HERE}/move", **form)

        after = coordinator.look(HERE).text
        assert re.search(r"Requisitions moved to .*: 0\.", after)
        assert f"{HERE}/move" not in forms_of(after)

    @pytest.mark.parametrize("more", [0, 1])
    def test_what_is_said_of_many_fits_the_cookie_it_travels_in(
        self, hanging, reader, more
    ):
        coordinator = reader("coordinator")
        change(hanging, "on again", add=[OFF])
        names = [f"many {n}" for n in range(UNDO_MAX - 2 + more)]
        for name in names:
            hanging.asks(name, "W-A", by=OFF, SOAP=1)
        change(hanging, "off again", remove=[OFF])
        (form,) = forms_of(coordinator.look(HERE).text)[f"{HERE}/move"]

        pressed = coordinator.press(f"{HERE}/move", **form)

        assert max(map(len, pressed.headers.getlist("Set-Cookie"))) < COOKIE_CHARS_MAX
        after = coordinator.look(HERE).text
        assert f": {UNDO_MAX + more}." in after
        assert (f"{HERE}/move" in forms_of(after)) == (not more)

    def test_without_another_day_it_says_what_to_do_first(self, hanging, reader):
        change(hanging, "none", remove=[NEXT])

        page = reader("coordinator").look(HERE).text

        assert "Put another day on the calendar first" in page
        assert f"{HERE}/move" not in forms_of(page)

    def test_taking_a_day_off_can_be_taken_back(self, hanging, reader):
        coordinator = reader("coordinator")
        taken_off = next(
            form
            for form in forms_of(coordinator.look(HERE).text)[""]
            if form.get("remove") == NEXT
        )
        coordinator.press(HERE, **taken_off)
        assert hanging.coordinator.fetch(HERE).json["days"] == []

        (undo,) = forms_of(coordinator.look(HERE).text)[HERE]
        coordinator.press(HERE, **undo)

        assert hanging.coordinator.fetch(HERE).json["days"] == [NEXT]

    def test_an_undo_after_one_was_cancelled_says_why_not(self, hanging, reader):
        coordinator = reader("coordinator")
        (form,) = forms_of(coordinator.look(HERE).text)[f"{HERE}/move"]
        coordinator.press(f"{HERE}/move", **form)
        (undo,) = forms_of(coordinator.look(HERE).text)[f"{HERE}/move"]
        hanging.outreach.send(
            f"/requisitions/{named('r1')}/cancel", command_id=named("c"), reason="x"
        )

        coordinator.press(f"{HERE}/move", **undo)

        assert "has moved on meanwhile" in coordinator.look(HERE).text
        assert day_of(hanging, "r2") == NEXT
