"""A loss reported at a handover gets its facts later, from a coordinator, once."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from services.inventory.application.losses.write_off import (
    DescribeIncident,
    describe_incident,
)
from services.inventory.domain.incident import IncidentDescribedError, IncidentFacts
from shared.database.persistence import persistently
from tests.integration.inventory.pages import Pages, words
from tests.support.counting import a_command
from tests.support.inventory_site import Caller
from tests.support.store import Store, a_share, an_ending
from tests.support.warehouse import Warehouse

Call = Mapping[str, Caller]
NUMBER = "INC-2026-0001"
WHERE = f"/incidents/{NUMBER}"
CHOSEN = {
    "cause": "damaged",
    "discovered": "handover",
    "facts": "water",
    "action": "kept_apart",
}
FACTS = {**CHOSEN, "happened_on": "2026-11-22", "value_tenge": 4000}


def report(store: Store) -> str:
    """Hand twelve units over, two of them damaged and one short."""
    lot_id = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot_id, 12))
    consignment_number = store.plan(a_share(lot_id, 12))
    store.pick(consignment_number, 12, lot_id=lot_id)
    store.dispatch(consignment_number)
    store.clock.advance(hours=3)
    store.hand_over(an_ending(lot_id, 9, damaged=2, short=1))
    return "C-2026-0001"


class TestPrograms:
    def test_it_is_listed_before_anybody_described_it(
        self, warehouse: Warehouse, call: Call
    ):
        consignment_number = report(warehouse)

        told = call["volunteer"].get(WHERE).json

        assert (told["cause"], told["described_at"]) == (None, None)
        assert told["consignment_number"] == consignment_number
        assert sorted(line["reason"] for line in told["lines"]) == ["DAMAGED", "LOST"]

    def test_a_coordinator_completes_it(self, warehouse: Warehouse, call: Call):
        report(warehouse)

        answer = call["coordinator"].post(f"{WHERE}/facts", {**a_command(), **FACTS})

        told = call["auditor"].get(WHERE).json
        assert answer.json == {"incident_number": NUMBER}
        assert {name: told[name] for name in FACTS} == FACTS
        assert told["described_at"]

    @pytest.mark.parametrize("role", ["volunteer", "reviewer", "auditor"])
    def test_nobody_else_does(self, warehouse: Warehouse, call: Call, role: str):
        report(warehouse)

        answer = call[role].post(f"{WHERE}/facts", {**a_command(), **FACTS})

        assert answer.status_code == 403

    def test_a_complete_report_is_a_document(self, warehouse: Warehouse, call: Call):
        report(warehouse)
        call["coordinator"].post(f"{WHERE}/facts", {**a_command(), **FACTS})

        again = call["coordinator"].post(
            f"{WHERE}/facts", {**a_command(), **FACTS, "facts": "heat"}
        )

        assert (again.status_code, again.json["code"]) == (409, "incident_described")
        assert call["auditor"].get(WHERE).json["facts"] == "water"

    def test_a_number_nobody_gave_out_has_no_report(self, call: Call):
        answer = call["coordinator"].post(f"{WHERE}/facts", {**a_command(), **FACTS})

        assert (answer.status_code, answer.json["code"]) == (404, "incident_unknown")

    def test_a_day_to_come_is_refused(self, warehouse: Warehouse, call: Call):
        report(warehouse)

        answer = call["coordinator"].post(
            f"{WHERE}/facts", {**a_command(), **FACTS, "happened_on": "2026-12-24"}
        )

        assert (answer.status_code, answer.json["field"]) == (422, "happened_on")


def test_of_two_who_complete_it_at_once_one_does(either_warehouse: Warehouse):
    report(either_warehouse)
    facts = IncidentFacts(**CHOSEN, happened_on=date(2026, 11, 22))

    def complete(account: str) -> Callable[[], Any]:
        def attempt() -> Any:
            with either_warehouse.working() as work:
                wish = DescribeIncident(NUMBER, facts, account)
                return describe_incident(work, wish)

        return attempt

    def one(account: str) -> str:
        try:
            persistently(complete(account))
        except IncidentDescribedError as refused:
            return refused.code
        return "described"

    with ThreadPoolExecutor(4) as threads:
        answers = sorted(threads.map(one, [f"account-{n}" for n in range(4)]))

    assert answers == ["described"] + ["incident_described"] * 3


class TestPages:
    def test_the_list_says_which_report_lacks_its_facts(
        self, warehouse: Warehouse, pages: Pages
    ):
        report(warehouse)

        listed = words(pages.get("/losses", "coordinator"))

        assert f"{NUMBER} reported at a handover" in listed
        assert "Not described yet" in listed

    def test_a_coordinator_is_asked_and_others_are_told(
        self, warehouse: Warehouse, pages: Pages
    ):
        report(warehouse)

        asked = pages.get(WHERE, "coordinator")
        told = pages.get(WHERE, "volunteer")

        assert 'name="cause"' in asked.text
        assert 'name="cause"' not in told.text
        assert "A coordinator completes the report." in words(told)

    def test_what_was_chosen_stands_on_the_report(
        self, warehouse: Warehouse, pages: Pages
    ):
        report(warehouse)

        sent = pages.post(WHERE, "coordinator", **CHOSEN, happened_on="22.11.2026")

        shown = words(pages.get(WHERE, "volunteer"))
        assert sent.status_code == 303
        assert "What was seen Water" in shown
        assert "What was done Kept apart" in shown
        assert "Not described yet" not in words(pages.get("/losses", "coordinator"))

    def test_a_wrong_day_keeps_what_was_chosen(
        self, warehouse: Warehouse, pages: Pages
    ):
        report(warehouse)

        sent = pages.post(WHERE, "coordinator", **CHOSEN, happened_on="32.11.2026")

        assert sent.status_code == 422
        assert '<option value="water" selected>' in sent.text
