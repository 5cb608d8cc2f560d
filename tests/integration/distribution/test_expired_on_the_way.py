"""What may not be used any more is not handed over, however it came that far."""

from datetime import UTC, date, datetime

import pytest

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import app, reader

__all__ = ["app", "reader"]

HERE = "/consignments/C-2026-0001"
GATE = f"{HERE}/handover/"
LAST_DAY = date(2027, 6, 27)
WARNED = "Expired on the day of this delivery"
BROUGHT_BACK = "Expired. Do not hand it over; bring it back."


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def planned(field):
    """Soap that may be used until the 27th of June."""
    field.put("L1", 500, expires_on=LAST_DAY)
    field.unit("W-A")
    field.approved("r1", "W-A", SOAP=40)
    field.reserved()
    assert field.consignment().status_code == 201
    return field


def moved(field, day):
    body = {"command_id": named("move"), "planned_on": day}
    return field.coordinator.send(f"{HERE}/move", **body)


@pytest.mark.parametrize(
    ("day", "is_warned"), [("2027-06-27", False), ("2027-06-28", True)]
)
def test_who_plans_for_a_day_after_the_last_one_is_warned(
    planned, reader, day, is_warned
):
    assert moved(planned, day).status_code == 200

    assert (WARNED in reader("coordinator").look(HERE).text) is is_warned


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (datetime(2027, 6, 27, 12, tzinfo=UTC), (40, 0, None)),
        (datetime(2027, 6, 27, 20, tzinfo=UTC), (0, 40, "too_near_expiry")),
    ],
    ids=["on the last day", "after midnight in Almaty"],
)
def test_at_the_gate_it_is_brought_back_unless_somebody_says_otherwise(
    planned, reader, clock, today, end
):
    planned.leaves()
    clock.set(today)
    person = reader("coordinator")

    form = person.form_of(f"{GATE}?parts=1")
    told = BROUGHT_BACK in person.look(GATE).text
    assert person.press(GATE, intent="parts", **form).status_code == 303

    (line,) = planned.coordinator.fetch(HERE).json["lines"]
    assert told is (end[0] == 0)
    assert (line["accepted"], line["refused"], line["refusal_reason"]) == end


def test_a_phone_knows_the_last_day(planned):
    planned.leaves()

    (delivery,) = planned.outreach.fetch("/gate").json["deliveries"]

    assert [line["expires_on"] for line in delivery["lines"]] == ["2027-06-27"]
