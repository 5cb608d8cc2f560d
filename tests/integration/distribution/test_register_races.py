"""Two who register, change or close the same place at the same moment."""

import threading
from dataclasses import replace

import pytest

from services.distribution.application.register_place import (
    add_facility,
    add_unit,
    change_facility,
    change_unit,
    open_or_close,
)
from services.distribution.application.state_headcount import state_headcount
from services.distribution.domain.errors import CodeTakenError
from services.distribution.domain.places import EVERY_UNIT, Facility, Unit
from tests.integration.distribution.moment import at_once

PATIENCE_SECONDS = 0.5


@pytest.fixture
def ward(field):
    field.unit("W-A", heads=40)
    return field


class Overtaken:
    """Places of somebody slow: another closes the unit right after it was held."""

    def __init__(self, places, act):
        self._places, self._act = places, act

    def __getattr__(self, name):
        found = getattr(self._places, name)
        if name not in {"held_unit", "held_units_of"}:
            return found

        def read(*given):
            answer = found(*given)
            self._act()
            self._act = lambda: None
            return answer

        return read


def change_of_unit(work):
    change_unit(replace(work.places.unit("W-A"), kind="medical"), work)


def change_of_facility(work):
    facility = replace(work.places.facility("EX-WF"), audience="community")
    change_facility(facility, work)


def headcount(work):
    bands = {"women_18_49": 300}
    day = work.today()
    state_headcount("W-A", day, bands, work, scope=EVERY_UNIT, account="someone")


@pytest.mark.parametrize(
    "database_kind",
    [pytest.param("postgres", marks=pytest.mark.postgres)],  # SQLite lets one in
    indirect=True,
)
@pytest.mark.parametrize("change", [change_of_unit, change_of_facility, headcount])
def test_a_change_opens_no_unit_that_somebody_closes_meanwhile(ward, change):
    def close():
        with ward.app.working() as work:
            open_or_close("W-A", work, is_closed=True)

    other = threading.Thread(target=close)

    def meanwhile():
        other.start()
        other.join(PATIENCE_SECONDS)  # waits for us, unless nothing holds it back

    with ward.app.working() as work:
        work.places = Overtaken(work.places, meanwhile)
        change(work)
    other.join()

    assert ward.coordinator.fetch("/units/W-A").json["is_closed"]


FACILITY = Facility("NEW", "New (example)", "North", "detention", frozenset())
UNIT = Unit("NEW", "EX-WF", "ward", "detention", frozenset())


@pytest.mark.parametrize(("add", "place"), [(add_facility, FACILITY), (add_unit, UNIT)])
def test_of_many_who_register_one_code_one_does(ward, add, place):
    def registering():
        try:
            with ward.app.working() as work:
                add(place, work)
        except CodeTakenError:
            return "taken"
        return "kept"

    answers = at_once(*[registering] * 6)

    assert sorted(answers) == ["kept", *["taken"] * 5]
