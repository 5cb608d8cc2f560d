"""Pick lists and dispatch as other programs call them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from werkzeug.test import Client

from services.inventory.entrypoints.api.outbound import add_outbound_routes
from shared.database.database import Database
from shared.identity.accounts import Profile
from shared.identity.identity import Identity
from shared.kernel.identity import SeededIdSource
from shared.web.api import ApiBlueprint
from shared.web.app import build_app
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from tests.support.store import Store, a_share, an_id

PASSWORD = "four unrelated words"
ROLES = ("volunteer", "reviewer", "auditor", "outreach")


class Api:
    """The routes of the way out, called with one role's token."""

    def __init__(self, client: Client, tokens: dict[str, str]) -> None:
        self._client = client
        self._tokens = tokens

    def get(self, path: str, role: str = "volunteer", **query: Any) -> Any:
        return self._client.get(
            f"/api/v1{path}", query_string=query, headers=self._headers(role)
        )

    def dispatch(self, number: str, role: str = "volunteer", **body: Any) -> Any:
        return self._client.post(
            f"/api/v1/pick-lists/{number}/dispatch",
            json={"command_id": str(an_id("command")), **body},
            headers=self._headers(role),
        )

    def _headers(self, role: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._tokens[role]}"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield opened
    opened.database.close()


@pytest.fixture
def api(store: Store, tmp_path: Path) -> Iterator[Api]:
    database = Database(f"sqlite:///{tmp_path / 'identity.sqlite3'}")
    identity = Identity(database, store.clock, SeededIdSource(store.clock, 9))
    identity.ensure_schema()
    tokens = {}
    for role in ROLES:
        email = f"{role}@demo.example"
        identity.create_account(
            Profile(email=email, display_name=role, roles=(role,)), PASSWORD
        )
        tokens[role] = identity.issue_token(email, PASSWORD).secret
    parts = WebParts(
        identity=identity,
        clock=store.clock,
        ids=SeededIdSource(store.clock, 10),
        metrics=HttpMetrics(CollectorRegistry()),
        navigation=[],
    )
    routes = ApiBlueprint("outbound", "outbound", url_prefix="/api/v1")
    add_outbound_routes(routes, store.app)
    app = build_app("inventory", title="Inventory", blueprints=[routes], web=parts)
    yield Api(Client(app), tokens)
    parts.streams.close()
    database.close()


@pytest.fixture
def number(store: Store) -> str:
    """A list of twenty, fifteen of them picked."""
    lot = store.shelve("L1", {"A-01": 30})
    store.approve(a_share(lot, 20))
    made = store.plan(a_share(lot, 20))
    store.pick(made, 15, lot_id=lot)
    return made


def test_a_pick_list_names_product_lot_place_and_quantities(api: Api, number):
    answer = api.get(f"/pick-lists/{number}").json

    assert answer["lines"] == [
        {
            "product_code": "SOAP-BAR",
            "lot_id": str(an_id("L1")),
            "lot_number": "L1",
            "expires_on": None,
            "location_code": "A-01",
            "quantity": 20,
            "picked": 15,
            "fefo_rank": 1,
        }
    ]
    assert (answer["pick_list_number"], answer["status"]) == (number, "open")
    assert answer["consignment_number"] == "C-2026-0001"


def test_lists_are_read_a_page_at_a_time(api: Api, store: Store, number):
    lot = an_id("L1")
    store.approve(a_share(lot, 5), run="next")
    second = store.plan(a_share(lot, 5), number="C-2026-0002")

    first_page = api.get("/pick-lists", status="open", limit=1).json
    next_page = api.get("/pick-lists", limit=1, cursor=first_page["next"]).json

    assert [each["pick_list_number"] for each in first_page["items"]] == [number]
    assert [each["pick_list_number"] for each in next_page["items"]] == [second]
    assert next_page["next"] is None
    assert api.get("/pick-lists", status="dispatched").json["items"] == []


def test_a_status_nobody_knows_is_malformed(api: Api):
    assert api.get("/pick-lists", status="lost").status_code == 422


def test_a_list_nobody_knows_is_not_there(api: Api):
    answer = api.get("/pick-lists/PL-2026-000099")

    assert (answer.status_code, answer.json["code"]) == (404, "pick_list_unknown")


def test_open_lines_stay_until_there_is_a_reason(api: Api, number):
    refused = api.dispatch(number)
    blank = api.dispatch(number, short_reason="  ")
    done = api.dispatch(number, short_reason="the van is full")

    assert (refused.status_code, refused.json["code"]) == (409, "lines_still_open")
    assert refused.json["quantity"] == 5
    assert blank.status_code == 422
    assert (done.status_code, done.json) == (
        200,
        {"consignment_number": "C-2026-0001", "waybill_number": "WB-2026-0001"},
    )


def test_the_same_command_gives_the_same_waybill(api: Api, number):
    first = api.dispatch(number, short_reason="the van is full")
    again = api.dispatch(number, short_reason="the van is full")
    other = api.dispatch(number, short_reason="changed my mind")

    assert again.json == first.json
    assert (other.status_code, other.json["code"]) == (409, "command_id_reused")


@pytest.mark.parametrize(
    ("role", "reads", "sends"),
    [("reviewer", 200, 403), ("auditor", 200, 403), ("outreach", 403, 403)],
)
def test_only_who_packs_may_send_off(api: Api, number, role, reads, sends):
    assert api.get("/pick-lists", role).status_code == reads
    assert api.dispatch(number, role).status_code == sends
