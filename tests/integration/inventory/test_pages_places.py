"""Places are added and ordered on a page; what is typed wrongly is said there."""

import pytest

from tests.integration.inventory.pages import Pages, words

NEW = {"location_code": "B-01", "name": "By the door", "kind": "hold", "sequence": "7"}


def test_a_place_is_added_with_its_kind_and_its_step(pages: Pages, warehouse):
    assert pages.post("/places/new", "coordinator", **NEW).status_code == 303

    places = {each.location_code: each for each in warehouse.app.queries.locations()}
    assert (places["B-01"].kind, places["B-01"].sequence) == ("hold", 7)


@pytest.mark.parametrize(
    "wrong",
    [
        {"location_code": ""},
        {"location_code": "<script>"},
        {"location_code": "=1+1"},
        {"location_code": "x" * 41},
        {"name": " "},
        {"kind": "cellar"},
        {"sequence": "first"},
        {"sequence": "-1"},
        {"command_id": "none"},
    ],
)
def test_what_is_typed_wrongly_is_refused_on_the_page(pages: Pages, warehouse, wrong):
    before = warehouse.app.queries.locations()

    answer = pages.post("/places/new", "coordinator", **NEW | wrong)

    assert answer.status_code == 422
    assert "By the door" in answer.text or "name" in wrong
    assert "<script>" not in words(answer)
    assert warehouse.app.queries.locations() == before


@pytest.mark.parametrize("role", ["volunteer", "reviewer", "auditor"])
def test_only_the_coordinator_adds_and_orders_places(pages: Pages, role: str):
    assert pages.post("/places/new", role, **NEW).status_code == 403
    assert pages.post("/places", role).status_code == 403
    assert 'action="/inventory/places' not in pages.get("/places", role).text
