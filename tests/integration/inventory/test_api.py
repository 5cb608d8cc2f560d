"""Inventory as other programs call it: names, roles, pages of lists."""

import pytest

from tests.support.warehouse import LATER

READS = ("/attention", "/stock", "/stock-cards/HYG-COMB", "/locations", "/pick-lists")
READERS = {"volunteer", "reviewer", "coordinator", "auditor"}
NOWHERE = "0198f000-0000-7000-8000-00000000ffff"


def allowed(call, ask):
    return {role for role, caller in call.items() if ask(caller).status_code != 403}


class TestRoles:
    @pytest.mark.parametrize("path", READS)
    def test_who_works_with_goods_reads_of_them(self, call, path):
        assert allowed(call, lambda caller: caller.get(path)) == READERS

    @pytest.mark.parametrize("path", ["/products", "/products/HYG-COMB"])
    def test_the_catalogue_is_the_coordinators(self, call, path):
        assert allowed(call, lambda caller: caller.get(path)) == {
            "coordinator",
            "auditor",
        }

    @pytest.mark.parametrize(
        ("path", "roles"),
        [
            ("/scans", {"volunteer", "coordinator"}),
            (f"/attention/{NOWHERE}/resolve", {"volunteer", "coordinator"}),
            (f"/lots/{NOWHERE}/release", {"reviewer"}),
            (f"/lots/{NOWHERE}/quarantine", {"reviewer"}),
            ("/recalls", {"reviewer"}),
            ("/products", {"coordinator"}),
            ("/adjustments", {"coordinator"}),
            ("/reversals", {"coordinator"}),
        ],
    )
    def test_writes_are_few_peoples(self, call, path, roles):
        assert allowed(call, lambda caller: caller.post(path, {})) == roles


def test_a_scan_is_explained_before_it_is_used(call):
    answer = call["volunteer"].post("/scans/decode", {"raw": "2000100010006\r\n"})

    assert answer.json["kind"] == "gtin"
    assert answer.json["gtin"] == "02000100010006"
    assert answer.json["product"]["names"]["en"] == "Bathing soap 100 g"
    assert answer.json["missing"] == ["expiry"]


def test_an_unknown_code_has_no_product(call):
    answer = call["volunteer"].post("/scans/decode", {"raw": "4870001234560"})

    assert (answer.json["product"], answer.json["missing"]) == (None, ["product"])


def test_a_pallet_label_names_no_product(call):
    answer = call["volunteer"].post("/scans/decode", {"raw": "106141412345678908"})

    assert (answer.json["kind"], answer.json["product"]) == ("sscc", None)


def test_a_receipt_is_seen_in_stock_and_on_its_card(call, warehouse):
    line = warehouse.line(raw="2000100010006", expires_on=LATER, quantity=48)

    [result] = call["volunteer"].post("/scans", {"scans": [line]}).json["results"]

    [item] = call["volunteer"].get("/stock", product_code="HYG-SOAP-B").json["items"]
    [movement] = call["volunteer"].get("/stock-cards/HYG-SOAP-B").json["items"]
    assert result["scan_id"] == line["scan_id"]
    assert {name: item[name] for name in ("lot_id", "on_hand", "available")} == {
        "lot_id": result["lot_id"],
        "on_hand": 48,
        "available": 48,
    }
    assert (item["expires_on"], item["lot_status"]) == (LATER, "released")
    assert (movement["reason"], movement["balance"]) == ("RECEIPT", 48)


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/locations", 10),
        ("/products", 45),
        ("/stock", 5),
        ("/stock-cards/HYG-COMB", 5),
    ],
)
def test_lists_are_read_to_their_end_by_cursor(call, warehouse, path, count):
    for number in range(5):
        warehouse.receive(lot_number=f"L{number}")
    seen, cursor = [], None

    while cursor != "":
        query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = call["coordinator"].get(path, **query).json
        assert len(page["items"]) <= 3
        seen += [str(item) for item in page["items"]]
        cursor = page["next"] or ""

    assert len(seen) == len(set(seen)) == count


def test_the_balance_runs_on_from_page_to_page(call, warehouse):
    for number in range(5):
        warehouse.receive(lot_number=f"L{number}")
        warehouse.wait(minutes=1)
    first = call["volunteer"].get("/stock-cards/HYG-COMB", limit=2).json
    rest = call["volunteer"].get("/stock-cards/HYG-COMB", cursor=first["next"]).json

    balances = [item["balance"] for item in (*first["items"], *rest["items"])]
    assert balances == [10, 8, 6, 4, 2]


def test_attention_goes_from_page_to_page(call, warehouse):
    warehouse.scan(*(warehouse.line(product_code=f"N-{n}") for n in range(5)))
    warehouse.receive(gift_number="G-2026-404")
    warehouse.wait(hours=2)
    seen, cursor = [], None

    while cursor != "":
        query = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = call["volunteer"].get("/attention", **query).json
        seen += [each["line"].get("product_code") for each in page["items"]]
        cursor = page["next"] or ""

    assert seen == [None, *(f"N-{n}" for n in range(5))]


def test_a_waiting_scan_is_finished(call, warehouse):
    line = warehouse.line(raw="2000100010006")
    call["volunteer"].post("/scans", {"scans": [line]})
    body = {"command_id": NOWHERE, "expires_on": LATER}

    answers = [
        call["volunteer"].post(f"/attention/{line['scan_id']}/resolve", body).json
        for _ in range(2)
    ]

    assert answers[0]["status"] == "applied"
    assert answers[0] == answers[1]
    assert call["volunteer"].get("/attention").json["items"] == []


def test_a_product_is_registered_once_and_changed_by_saying_it_anew(call):
    product = {
        "product_code": "NEW-1",
        "category": "hygiene",
        "names": {"en": "Sponge", "ru": "Губка", "kk": "Ысқыш"},
        "unit_of_issue": "piece",
        "packs": [
            {"gtin": "9520000000011", "quantity": 1},
            {"gtin": "19520000000018", "quantity": 12},
        ],
        "min_days_at_receipt": 30,
        "min_days_at_dispatch": 10,
        "sensitivity": 1,
        "flags": ["sized"],
    }

    post = call["coordinator"].post
    first, same = post("/products", product), post("/products", product)
    other = post("/products", {**product, "sensitivity": 0})

    assert (first.status_code, first.json["version"], same.json["version"]) == (
        201,
        1,
        1,
    )
    assert other.json["version"] == 2
    assert first.json["packs"][0] == {"gtin": "09520000000011", "quantity": 1}
    assert call["coordinator"].get("/products/NEW-1").json == other.json


def test_a_reviewer_releases_recalls_and_a_coordinator_corrects(call, warehouse):
    pills = {"product_code": "MED-PARA", "lot_number": "P1", "expires_on": LATER}
    answer = warehouse.receive(**pills)
    lot_id = answer["lot_id"]
    ids = [f"0198f000-0000-7000-8000-0000000000{n:02d}" for n in range(9)]

    def ask(role, path, **body):
        response = call[role].post(path, {"command_id": ids.pop(), **body})
        assert response.status_code == 200, response.json
        return response.json

    released = ask("reviewer", f"/lots/{lot_id}/release", reason="fine")
    lost = ask(
        "coordinator",
        "/adjustments",
        lot_id=lot_id,
        location_code="A-01",
        quantity=1,
        direction="out",
        reason="DAMAGED",
    )
    undone = ask(
        "coordinator", "/reversals", movement_id=lost["movement_id"], reason="a slip"
    )
    recalled = ask(
        "reviewer", "/recalls", product_code="MED-PARA", lot_number="P1", reason="bad"
    )

    assert released["lot_status"] == "released"
    assert undone["reverses"] == lost["movement_id"]
    assert recalled == {
        "blocked": [{"lot_id": lot_id, "location_code": "A-01", "quantity": 2}],
        "went_to": [],
    }
