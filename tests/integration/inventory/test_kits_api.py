"""Kits, notes, places and returns as other programs ask for them."""

import json

import pytest

from tests.support.store import an_id

COMMAND = "0198f000-0000-7000-8000-00000000c0de"
RECIPE = {"components": [{"product_code": "HYG-COMB", "quantity": 2}]}


def write(caller, body):
    data = json.dumps(body).encode()
    return caller.put("/kit-recipes/KIT-DIG", data, "application/json")


@pytest.fixture
def recipe(call):
    body = {"command_id": str(an_id("command 1")), **RECIPE}
    return write(call["coordinator"], body)


def build(call, role="volunteer", quantity=2):
    body = {
        "command_id": COMMAND,
        "product_code": "KIT-DIG",
        "quantity": quantity,
        "location_code": "A-02",
    }
    return call[role].post("/kits", body)


def test_a_recipe_is_written_by_the_coordinator_alone(call, recipe):
    body = {"command_id": COMMAND, **RECIPE}

    assert recipe.json == {"product_code": "KIT-DIG", "version": 1}
    refused = write(call["volunteer"], body)
    assert refused.status_code == 403
    [told] = call["volunteer"].get("/kit-recipes").json["items"]
    assert told == {"product_code": "KIT-DIG", "version": 1, **RECIPE}


def test_a_product_stands_once_in_a_recipe(call):
    twice = {"command_id": COMMAND, "components": RECIPE["components"] * 2}

    answer = write(call["coordinator"], twice)

    assert (answer.status_code, answer.json["code"]) == (422, "recipe_malformed")


@pytest.mark.usefixtures("recipe")
def test_kits_are_built_once_however_often_one_asks(call, warehouse):
    warehouse.receive(quantity=10)

    first, again = build(call), build(call)

    assert first.json == again.json
    [kit] = call["reviewer"].get("/kits").json["items"]
    assert kit["lot_id"] == first.json["kit_lots"][0]["lot_id"]
    assert (kit["built"], kit["places"]) == (2, {"A-02": 2})
    assert [each["quantity"] for each in kit["contents"]] == [2]


@pytest.mark.usefixtures("recipe")
def test_kits_are_taken_apart(call, warehouse):
    warehouse.receive(quantity=10)
    [kit] = build(call).json["kit_lots"]
    body = {
        "command_id": str(an_id("command 2")),
        "location_code": "A-02",
        "quantity": 2,
    }

    answer = call["volunteer"].post(f"/kits/{kit['lot_id']}/take-apart", body)

    assert answer.status_code == 200
    assert ("HYG-COMB", "A-02", 4) in warehouse.stock()


@pytest.mark.usefixtures("recipe")
def test_what_is_short_is_named(call, warehouse):
    warehouse.receive(quantity=3)

    problem = build(call).json

    assert problem["code"] == "component_short"
    assert (problem["needed"], problem["free"]) == (4, 3)


def test_a_note_tells_what_was_expected_and_counted(call, warehouse):
    warehouse.receive(quantity=3)
    [row] = call["auditor"].get("/receiving-notes").json["items"]
    one = f"/receiving-notes/{row['note']['grn_number']}"

    finished = call["volunteer"].post(f"{one}/finish", {"command_id": COMMAND})
    note = call["auditor"].get(one).json

    assert finished.json["state"] == note["note"]["state"] == "finished"
    assert [line["quantity"] for line in note["lines"]] == [3]
    assert note["expected"][0]["difference"] == 3
    gift = note["note"]["gift_number"]
    told = call["volunteer"].get(f"/gifts/{gift}/expected").json["items"]
    assert told == note["expected"]


def test_a_place_is_named_by_the_coordinator_and_keeps_its_kind(call):
    body = {
        "command_id": str(an_id("command 3")),
        "location_code": "B-01",
        "name": "Back room",
        "sequence": 7,
    }

    added = call["coordinator"].post("/locations", body)
    other = {**body, "command_id": str(an_id("command 4")), "kind": "hold"}

    assert added.json == {
        "location_code": "B-01",
        "name": "Back room",
        "kind": "storage",
        "sequence": 7,
    }
    assert call["coordinator"].post("/locations", other).status_code == 409
    assert call["volunteer"].post("/locations", body).status_code == 403


def test_returns_wait_in_a_list(call, warehouse):
    warehouse.receive(quantity=3, location_code="RETURNS")

    [waiting] = call["reviewer"].get("/returns").json["items"]

    assert (waiting["product_code"], waiting["quantity"]) == ("HYG-COMB", 3)
