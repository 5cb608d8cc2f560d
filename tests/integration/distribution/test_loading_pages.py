"""Writing the waybill, ticking off and setting a gate's rule, by the forms."""

import pytest

from tests.integration.distribution.field import named
from tests.integration.distribution.test_pages import Fields, app, reader

__all__ = ["app", "reader"]

HERE = "/consignments/C-2026-0001"


@pytest.fixture
def database_kind():
    return "sqlite"


@pytest.fixture
def planned(field):
    field.unit(heads=40)
    field.put("L1", 500)
    field.approved("r1", SOAP=50)
    field.reserved()
    field.consignment()
    return field


def shown(field):
    return field.coordinator.fetch(HERE).json


def test_the_waybill_is_filled_in_and_keeps_what_was_typed_wrongly(planned, reader):
    coordinator = reader("coordinator")
    fields = coordinator.form_of(f"{HERE}/transport/")
    typed = {"vehicle": "123 abc 02", "kilograms": "48,5", "packages": "six"}

    refused = coordinator.press(f"{HERE}/transport/", **fields | typed)

    assert refused.status_code == 422
    assert 'value="123 abc 02"' in refused.text
    right = typed | {"packages": "6"}
    assert coordinator.press(f"{HERE}/transport/", **fields | right).status_code == 303
    found = shown(planned)
    assert (found["vehicle"], found["gross_weight_grams"]) == ("123 ABC 02", 48_500)


def test_labels_are_ticked_off_and_the_check_begins_anew(planned, reader):
    outreach = reader("outreach")
    fields = outreach.form_of(f"{HERE}/packing/")

    ticked = outreach.press(f"{HERE}/packing/", **fields | {"raw": "L1"})
    assert ticked.status_code == 303
    assert shown(planned)["lines"][0]["packed"] == 50
    page = outreach.look(f"{HERE}/packing/").text
    assert "Ticked off: 50 / 50" in page

    again = outreach.form_of(f"{HERE}/packing/")
    anew = outreach.press(f"{HERE}/packing/anew", command_id=again["command_id"])
    assert anew.status_code == 303
    assert shown(planned)["lines"][0]["packed"] == 0


def packed(field):
    return [line["packed"] for line in shown(field)["lines"]]


def tick(person, raw, quantity=""):
    form = person.form_of(f"{HERE}/packing/")
    return person.press(f"{HERE}/packing/", **form | {"raw": raw, "quantity": quantity})


def undo_of(person):
    """The form of the toast on the page that follows, as a browser sends it."""
    page = person.look(f"{HERE}/packing/").text
    form = page[page.index(f'action="{HERE}/packing/undo"') :].partition("</form>")[0]
    return Fields(form).values


def test_a_wrong_tick_is_taken_back_and_the_others_stay(planned, reader):
    outreach = reader("outreach")
    tick(outreach, "L1", "8")
    outreach.look(f"{HERE}/packing/")
    tick(outreach, "L1")
    assert packed(planned) == [50]

    undo = undo_of(outreach)
    answers = [outreach.press(f"{HERE}/packing/undo", **undo) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert packed(planned) == [8]
    outreach.press(f"{HERE}/packing/undo", **undo | {"command_id": named("anew")})
    assert packed(planned) == [8]


def test_a_bag_of_two_wards_is_taken_back_from_each_as_it_was(field, reader):
    for unit_code in ("W-A", "W-B"):
        field.unit(unit_code)
        field.approved(unit_code, unit_code, SOAP=20)
    field.put("L1", 500)
    field.reserved()
    field.consignment()
    keys = ("unit_code", "product_code", "lot_id")
    lines = [{key: line[key] for key in keys} for line in shown(field)["lines"]]
    sealed = [{**line, "bag_ids": ["0417"]} for line in lines]
    way = f"{HERE}/transport"
    field.coordinator.put_json(way, command_id=named("seals"), bags=sealed)
    outreach = reader("outreach")
    tick(outreach, "L1", "8")
    outreach.look(f"{HERE}/packing/")
    tick(outreach, "0417")
    assert packed(field) == [20, 20]

    outreach.press(f"{HERE}/packing/undo", **undo_of(outreach))

    assert packed(field) == [8, 0]


def test_what_somebody_ticked_meanwhile_stays_when_an_earlier_tick_is_undone(
    planned, reader
):
    first, second = reader("outreach"), reader("coordinator")
    tick(first, "L1", "8")
    undo = undo_of(first)
    tick(second, "L1", "5")

    first.press(f"{HERE}/packing/undo", **undo)

    assert packed(planned) == [5]


def test_of_what_left_short_nothing_more_is_ticked_off(planned, reader):
    outreach = reader("outreach")
    tick(outreach, "L1", "40")
    planned.leaves(short=20)

    again = tick(outreach, "L1")

    assert again.status_code == 409
    assert "L1 is ticked off already, the list has 30." in again.text
    assert packed(planned) == [40]
    page = outreach.look(f"{HERE}/packing/").text
    assert "<h2>Ticked off</h2>" in page


def test_a_tick_of_a_check_that_began_anew_is_told_to_be_gone(planned, reader):
    outreach = reader("outreach")
    tick(outreach, "L1", "8")
    undo = undo_of(outreach)
    outreach.press(f"{HERE}/packing/anew", command_id=named("anew"))
    tick(outreach, "L1", "5")
    outreach.look(f"{HERE}/packing/")

    outreach.press(f"{HERE}/packing/undo", **undo)

    assert "not ticked off on C-2026-0001 any more" in (
        outreach.look(f"{HERE}/packing/").text
    )
    assert packed(planned) == [5]


def test_a_label_of_other_goods_is_told_where_it_was_scanned(planned, reader):
    outreach = reader("outreach")
    fields = outreach.form_of(f"{HERE}/packing/")

    refused = outreach.press(f"{HERE}/packing/", **fields | {"raw": "9999"})

    assert refused.status_code == 409
    assert "9999 is not on this delivery" in refused.text
    assert shown(planned)["lines"][0]["packed"] == 0


def test_a_gate_that_keeps_nothing_does_not_ask(planned, reader):
    coordinator = reader("coordinator")
    fields = coordinator.form_of("/gates/")
    wish = {"command_id": fields["command_id"], "receiver_policy": "not_kept"}

    assert coordinator.press("/gates/EX-WF", **wish).status_code == 303

    planned.leaves()
    page = reader("outreach").look(f"{HERE}/handover/").text
    assert 'id="receiver" hidden data-policy="not_kept"' in page


def test_why_less_left_is_said_in_the_readers_words(planned, reader):
    planned.leaves(short=5)

    assert "Not at its place" in reader("coordinator").look(HERE).text
    assert "Нет на месте" in reader("coordinator", "ru").look(HERE).text
