"""A delivery that has not left goes on another day, and everybody is told."""

import pytest

from shared.contracts.distribution_v1 import ConsignmentMoved
from shared.contracts.inventory_v1 import PickingStarted
from tests.integration.distribution.field import SOAP, named
from tests.integration.distribution.test_days_off import forms_of
from tests.integration.distribution.test_pages import Fields, app, reader

__all__ = ["app", "reader"]

NUMBER = "C-2026-0001"
HERE = f"/consignments/{NUMBER}"
OLD, NEW, LATER, YESTERDAY = "2026-11-26", "2026-12-03", "2026-12-10", "2026-11-19"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def planned(field):
    """A delivery of soap to one unit, planned for the 26th."""
    field.put("L1", 500)
    field.unit("W-A")
    field.approved("r1", "W-A", SOAP=50)
    field.reserved()
    assert field.consignment().status_code == 201
    return field


def move(field, day=NEW, name="move", by=None, number=NUMBER):
    return (by or field.coordinator).send(
        f"/consignments/{number}/move", command_id=named(name), planned_on=day
    )


def text_of(reader, path):
    return reader.look(path).text.replace("\xa0", " ")


def day_of(field):
    return field.coordinator.fetch(HERE).json["planned_on"]


def told(field):
    facts = field.said(ConsignmentMoved)
    return [(x.consignment_number, x.version, str(x.planned_on)) for x in facts]


def received(field, month):
    query = {"needed_by": month}
    form = field.coordinator.fetch("/units/W-A/requisition-form", **query).json
    (line,) = [x for x in form["lines"] if x["product_code"] == SOAP]
    return line["received"]


class TestPrograms:
    def test_it_goes_on_the_other_day_and_the_warehouse_is_told(self, planned):
        answer = move(planned)

        assert (answer.status_code, answer.json["planned_on"]) == (200, NEW)
        move(planned, LATER, "again")
        assert told(planned) == [(NUMBER, 1, NEW), (NUMBER, 2, LATER)]

    def test_the_same_command_again_moves_it_once(self, planned):
        move(planned)
        move(planned, LATER, "again")

        assert move(planned).json["planned_on"] == NEW
        assert day_of(planned) == LATER
        assert len(told(planned)) == 2

    def test_its_goods_count_for_the_month_of_the_new_day(self, planned):
        assert (received(planned, OLD), received(planned, NEW)) == (50, 0)

        move(planned)

        assert (received(planned, OLD), received(planned, NEW)) == (0, 50)
        assert not any(check["violations"] for check in planned.app.verify())

    def test_what_is_being_picked_can_still_be_moved(self, planned):
        planned.hear(PickingStarted(NUMBER))

        assert move(planned).json["status"] == "picking"
        assert day_of(planned) == NEW

    def test_what_has_left_is_not_moved(self, planned):
        planned.leaves()

        refused = move(planned)

        assert (refused.status_code, refused.json["code"]) == (409, "consignment_state")
        assert (day_of(planned), told(planned)) == (OLD, [])

    def test_what_was_cancelled_is_not_moved(self, planned):
        planned.coordinator.send(
            f"{HERE}/cancel", command_id=named("c"), reason="road closed"
        )

        assert move(planned).json["code"] == "consignment_state"

    def test_one_that_is_not_there(self, planned):
        assert move(planned, number="C-2026-0009").status_code == 404

    def test_only_a_coordinator_moves_it(self, planned):
        assert move(planned, by=planned.outreach).status_code == 403
        assert move(planned, by=planned.auditor).status_code == 403


def undo_on(coordinator):
    forms = forms_of(coordinator.look(HERE).text)[f"{HERE}/day"]
    return next(form for form in forms if "is_undo" in form)


class TestPage:
    @pytest.fixture
    def coordinator(self, planned, reader):
        """Sits down when the delivery is planned."""
        assert planned
        return reader("coordinator")

    def test_the_requester_reads_the_new_day(self, coordinator, reader):
        asked = f"/requisitions/{named('r1')}"
        assert "Comes on 26 Nov 2026: 50" in text_of(reader("outreach"), asked)
        fields = coordinator.form_of(HERE)
        assert fields["planned_on"] == OLD

        pressed = coordinator.press(f"{HERE}/day", **fields | {"planned_on": NEW})

        assert pressed.status_code == 303
        page = text_of(reader("outreach"), asked)
        assert "Comes on 3 Dec 2026: 50" in page
        assert "26 Nov 2026: 50" not in page

    def test_it_is_taken_back_in_one_press(self, planned, coordinator):
        fields = coordinator.form_of(HERE) | {"planned_on": NEW}
        coordinator.press(f"{HERE}/day", **fields)
        undo = undo_on(coordinator)

        coordinator.press(f"{HERE}/day", **undo)

        assert day_of(planned) == OLD
        assert [each[1:] for each in told(planned)] == [(1, NEW), (2, OLD)]

    def test_an_undo_leaves_alone_what_somebody_else_chose(self, planned, coordinator):
        fields = coordinator.form_of(HERE) | {"planned_on": NEW}
        coordinator.press(f"{HERE}/day", **fields)
        undo = undo_on(coordinator)
        move(planned, LATER)

        coordinator.press(f"{HERE}/day", **undo)

        assert day_of(planned) == LATER
        said = "Somebody changed the day meanwhile: it goes on 10 Dec 2026."
        assert said in text_of(coordinator, HERE)

    def test_a_form_of_before_leaves_alone_what_somebody_else_chose(
        self, planned, coordinator
    ):
        fields = coordinator.form_of(HERE) | {"planned_on": NEW}
        move(planned, LATER)

        coordinator.press(f"{HERE}/day", **fields)

        assert day_of(planned) == LATER
        page = coordinator.look(HERE).text
        assert "Somebody changed the day meanwhile" in page
        assert "is_undo" not in page

    def test_pressed_twice_it_can_still_be_taken_back(self, planned, coordinator):
        fields = coordinator.form_of(HERE) | {"planned_on": NEW}
        coordinator.press(f"{HERE}/day", **fields)
        coordinator.press(f"{HERE}/day", **fields)

        coordinator.press(f"{HERE}/day", **undo_on(coordinator))

        assert day_of(planned) == OLD

    @pytest.mark.parametrize("day", [YESTERDAY, "soon", ""])
    def test_a_day_that_cannot_be_is_refused(self, planned, coordinator, day):
        fields = coordinator.form_of(HERE) | {"planned_on": day}

        refused = coordinator.press(f"{HERE}/day", **fields)

        assert refused.status_code == 422
        assert "Choose today or a later day." in refused.text
        assert Fields(refused.text).values["planned_on"] == day
        assert day_of(planned) == OLD

    def test_what_left_meanwhile_is_refused_in_words(self, planned, coordinator):
        fields = coordinator.form_of(HERE) | {"planned_on": NEW}
        planned.leaves()

        refused = coordinator.press(f"{HERE}/day", **fields)

        assert refused.status_code == 409
        assert "This was not done" in refused.text
        assert f"{HERE}/day" not in forms_of(coordinator.look(HERE).text)

    @pytest.mark.usefixtures("planned")
    def test_who_may_not_plan_is_offered_no_other_day(self, reader):
        assert f"{HERE}/day" not in reader("outreach").look(HERE).text


CALENDAR = "/facilities/EX-WF/calendar"
ROOT = "/distribution"


@pytest.fixture
def on_a_day_off(planned):
    """Delivery and requisition of a day that is taken off; another is on."""
    coordinator = planned.coordinator
    days = {"command_id": named("on"), "add": [OLD, NEW]}
    coordinator.put_json(CALENDAR, **days)
    planned.asks("r2", "W-A", by=OLD, SOAP=5)
    days = {"command_id": named("off"), "remove": [OLD]}
    coordinator.put_json(CALENDAR, **days)
    return planned


class TestCalendar:
    def test_programs_read_what_is_planned_for_a_day_off(self, on_a_day_off):
        found = on_a_day_off.coordinator.fetch(CALENDAR).json["consignments_off"]

        one = {"consignment_number": NUMBER, "planned_on": OLD, "status": "planned"}
        assert found == [one]

    def test_a_day_that_never_was_on_the_calendar_is_not_taken_off(self, planned):
        days = {"command_id": named("on"), "add": [NEW]}
        planned.coordinator.put_json(CALENDAR, **days)

        assert planned.coordinator.fetch(CALENDAR).json["consignments_off"] == []

    def test_what_has_left_already_is_not_listed(self, on_a_day_off):
        on_a_day_off.leaves()

        assert on_a_day_off.coordinator.fetch(CALENDAR).json["consignments_off"] == []

    def test_all_move_with_the_day_in_one_press_and_back(self, on_a_day_off, reader):
        coordinator = reader("coordinator")
        page = text_of(coordinator, CALENDAR)
        assert f"Delivery {NUMBER}" in page
        (form,) = forms_of(page)[f"{CALENDAR}/move"]

        coordinator.press(f"{CALENDAR}/move", **form)

        assert day_of(on_a_day_off) == NEW
        assert on_a_day_off.requisition("r2")["delivery_on"] == NEW
        page = text_of(coordinator, CALENDAR)
        assert "Requisitions moved to 3 Dec 2026: 1." in page
        assert "Deliveries moved to 3 Dec 2026: 1." in page
        (undo,) = forms_of(page)[f"{CALENDAR}/move"]

        coordinator.press(f"{CALENDAR}/move", **undo)

        assert day_of(on_a_day_off) == OLD
        assert on_a_day_off.requisition("r2")["delivery_on"] == OLD
        assert [each[1:] for each in told(on_a_day_off)] == [(1, NEW), (2, OLD)]

    def test_one_that_was_moved_by_hand_meanwhile_stays(self, on_a_day_off, reader):
        coordinator = reader("coordinator")
        (form,) = forms_of(coordinator.look(CALENDAR).text)[f"{CALENDAR}/move"]
        move(on_a_day_off, LATER)

        coordinator.press(f"{CALENDAR}/move", **form)

        assert day_of(on_a_day_off) == LATER
        assert "Deliveries moved" not in coordinator.look(CALENDAR).text

    def test_a_delivery_alone_is_listed_and_moved_too(self, on_a_day_off, reader):
        coordinator = reader("coordinator")
        on_a_day_off.outreach.send(
            f"/requisitions/{named('r2')}/cancel", command_id=named("c"), reason="x"
        )
        page = text_of(coordinator, CALENDAR)
        assert "26 Nov 2026 is off, and deliveries are planned for it: 1" in page
        (form,) = forms_of(page)[f"{CALENDAR}/move"]

        coordinator.press(f"{CALENDAR}/move", **form)

        assert day_of(on_a_day_off) == NEW

    def test_one_that_left_meanwhile_stops_them_all(self, on_a_day_off, reader):
        coordinator = reader("coordinator")
        (form,) = forms_of(coordinator.look(CALENDAR).text)[f"{CALENDAR}/move"]
        on_a_day_off.leaves()

        coordinator.press(f"{CALENDAR}/move", **form)

        assert on_a_day_off.requisition("r2")["delivery_on"] == OLD

    def test_a_delivery_to_another_house_is_not_there(self, on_a_day_off):
        on_a_day_off.place("EX-HH")
        there = "/facilities/EX-HH/calendar"
        days = {"command_id": named("there"), "add": [NEW]}
        on_a_day_off.coordinator.put_json(there, **days)

        refused = on_a_day_off.coordinator.send(
            f"{there}/move",
            command_id=named("m"),
            to_day=NEW,
            consignment_numbers=[NUMBER],
        )

        assert (refused.status_code, refused.json["code"]) == (
            404,
            "unknown_consignment",
        )
        assert day_of(on_a_day_off) == OLD


class TestMounted:
    """The suite has the service below a path; the way back leads there."""

    @pytest.fixture
    def coordinator(self, on_a_day_off, reader):
        assert on_a_day_off
        return reader("coordinator").below(ROOT)

    def ways_back(self, coordinator, path):
        """Where the undo of a page leads."""
        forms = forms_of(coordinator.look(path).text)
        kinds = {"is_undo", "repeat"}
        return [
            action
            for action, fields in forms.items()
            if action and any(kinds & set(each) for each in fields)
        ]

    def test_of_a_delivery(self, coordinator):
        fields = coordinator.form_of(HERE) | {"planned_on": NEW}

        coordinator.press(f"{HERE}/day", **fields)

        assert self.ways_back(coordinator, HERE) == [f"{ROOT}{HERE}/day"]

    def test_of_a_day_that_was_taken_off(self, coordinator):
        coordinator.press(CALENDAR, command_id=named("off again"), remove=NEW)

        assert self.ways_back(coordinator, CALENDAR) == [f"{ROOT}{CALENDAR}"]

    def test_of_what_moved_with_its_day(self, coordinator):
        (form,) = forms_of(coordinator.look(CALENDAR).text)[f"{ROOT}{CALENDAR}/move"]

        coordinator.press(f"{CALENDAR}/move", **form)

        assert self.ways_back(coordinator, CALENDAR) == [f"{ROOT}{CALENDAR}/move"]
