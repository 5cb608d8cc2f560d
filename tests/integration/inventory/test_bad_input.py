"""What a person or a scanner may send by mistake: told clearly, nothing half done."""

import json

import pytest

from tests.support.warehouse import LATER

SCAN = {"scan_id": "0198f000-0000-7000-8000-0000000000b1", "action": "receive"}


def is_problem(response, status, code):
    assert response.content_type == "application/problem+json", response.data[:300]
    assert (response.status_code, response.json["code"]) == (status, code)
    assert response.json["detail"]
    return True


class TestDecode:
    def test_a_scan_of_six_hundred_characters_is_too_long(self, call):
        response = call["volunteer"].post("/scans/decode", {"raw": "A" * 600})

        assert is_problem(response, 422, "TOO_LONG")

    def test_a_wrong_keyboard_layout_is_named(self, call):
        response = call["volunteer"].post("/scans/decode", {"raw": "ъв20104870001"})

        assert is_problem(response, 422, "WRONG_KEYBOARD_LAYOUT")


class TestBody:
    @pytest.mark.parametrize("body", [[], "text", 5, None, [{"scans": []}]])
    def test_a_body_is_an_object(self, call, body):
        assert is_problem(call["volunteer"].post("/scans", body), 422, "malformed")

    @pytest.mark.parametrize(
        "data", [b"", b"{", b"\xff\xfe", b'{"scans": NaN}', b"[" * 100_000]
    )
    def test_a_body_is_json(self, call, data):
        response = call["volunteer"].post(
            "/scans", data=data, content_type="application/json"
        )

        assert is_problem(response, 422, "malformed")

    def test_ten_megabytes_are_too_much(self, call):
        body = json.dumps({"scans": ["x" * 10_000_000]}).encode()

        response = call["volunteer"].post(
            "/scans", data=body, content_type="application/json"
        )

        assert is_problem(response, 413, "too_large")

    @pytest.mark.parametrize("scans", [None, {}, "x", [], [SCAN] * 501])
    def test_a_batch_that_cannot_be_answered_is_refused_whole(self, call, scans):
        response = call["volunteer"].post("/scans", {"scans": scans})

        assert is_problem(response, 422, "malformed")

    @pytest.mark.parametrize(
        ("line", "echo"), [(1, None), ({}, None), ({"scan_id": "1"}, "1"), ([], None)]
    )
    def test_a_line_without_an_id_keeps_no_other_waiting(self, call, line, echo):
        response = call["volunteer"].post("/scans", {"scans": [line, SCAN]})

        first, second = response.json["results"]
        assert (first["scan_id"], first["status"]) == (echo, "refused")
        assert first["code"] == "malformed"
        assert second["scan_id"] == SCAN["scan_id"]


class TestLine:
    def answer(self, call, warehouse, **fields):
        response = call["volunteer"].post(
            "/scans", {"scans": [warehouse.line(**fields), warehouse.line()]}
        )
        assert response.status_code == 200
        bad, good = response.json["results"]
        assert good["status"] == "applied", "its neighbour is applied all the same"
        assert bad["detail"]
        return bad["status"], bad["code"]

    @pytest.mark.parametrize("quantity", [0, -1, 10**9, 2.5, True, "3", None, {}])
    def test_a_quantity_is_a_whole_number_of_units(self, call, warehouse, quantity):
        answer = self.answer(call, warehouse, quantity=quantity)

        assert answer == ("refused", "quantity_out_of_range")

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"location_code": "ATTIC"}, "unknown_location"),
            ({"location_code": None}, "malformed"),
            ({"location_code": ["A-01"]}, "malformed"),
            ({"raw": "A" * 600}, "TOO_LONG"),
            ({"raw": "4870001234561"}, "BAD_CHECK_DIGIT"),
            ({"raw": "ъв20104870001"}, "WRONG_KEYBOARD_LAYOUT"),
            ({"raw": "48700\x0001234560"}, "INVALID_CHARACTER"),
            ({"raw": 5}, "malformed"),
            ({"lot_number": "L\x001"}, "malformed"),
            ({"gift_number": "G\x00"}, "malformed"),
            ({"occurred_at": "yesterday"}, "malformed"),
            ({"occurred_at": "2030-01-01T00:00:00Z"}, "occurred_in_future"),
            ({"action": "steal"}, "malformed"),
        ],
    )
    def test_what_does_not_fit_is_refused_alone(self, call, warehouse, fields, code):
        assert self.answer(call, warehouse, **fields) == ("refused", code)

    def test_a_used_id_with_another_body_is_refused(self, call, warehouse):
        line = warehouse.line()
        call["volunteer"].post("/scans", {"scans": [line]})

        response = call["volunteer"].post(
            "/scans", {"scans": [{**line, "quantity": 9}]}
        )

        [answer] = response.json["results"]
        assert answer["code"] == "command_id_reused"
        assert warehouse.stock() == [("HYG-COMB", "A-01", 2)]

    @pytest.mark.parametrize("lot_number", ["<script>", "=1+1", "'\"--"])
    def test_a_lot_number_is_kept_as_it_is_printed(self, call, warehouse, lot_number):
        """GS1 allows these; pages escape, exports neutralise (DOMAIN.md 1.1)."""
        line = warehouse.line(
            product_code="MED-PARA", lot_number=lot_number, expires_on=LATER
        )

        call["volunteer"].post("/scans", {"scans": [line]})

        [item] = call["volunteer"].get("/stock").json["items"]
        assert item["lot_number"] == lot_number


class TestCommands:
    @pytest.fixture
    def lot_id(self, warehouse):
        return warehouse.receive()["lot_id"]

    def body(self, of_lot, **fields):
        usual = {
            "command_id": "0198f000-0000-7000-8000-0000000000c1",
            "lot_id": of_lot,
            "location_code": "A-01",
            "quantity": 1,
            "direction": "out",
            "reason": "DAMAGED",
        }
        return {**usual, **fields}

    @pytest.mark.parametrize(
        ("fields", "status", "code"),
        [
            ({"quantity": 2.5}, 422, "quantity_out_of_range"),
            ({"quantity": True}, 422, "quantity_out_of_range"),
            ({"quantity": "1"}, 422, "quantity_out_of_range"),
            ({"quantity": 3}, 409, "insufficient_stock"),
            ({"reason": "WHIM"}, 422, "malformed"),
            ({"reason": "STOLEN"}, 422, "incident_number_needed"),
            ({"direction": "up"}, 422, "malformed"),
            ({"location_code": "ATTIC"}, 404, "unknown_location"),
            ({"lot_id": "L1"}, 422, "malformed"),
            ({"command_id": 1}, 422, "malformed"),
        ],
    )
    def test_an_adjustment_that_does_not_fit(self, call, lot_id, fields, status, code):
        response = call["coordinator"].post("/adjustments", self.body(lot_id, **fields))

        assert is_problem(response, status, code)

    def test_a_command_id_with_another_body(self, call, lot_id):
        assert call["coordinator"].post("/adjustments", self.body(lot_id)).json

        response = call["coordinator"].post(
            "/adjustments", self.body(lot_id, reason="SAMPLE")
        )

        assert is_problem(response, 409, "command_id_reused")

    @pytest.mark.parametrize(
        "path",
        [
            "/stock?cursor=nonsense",
            "/stock?limit=0",
            "/stock?limit=501",
            "/stock?status=lost",
            "/stock-cards/HYG-COMB?cursor=WzFd",
            "/attention?cursor=%E2%82%AC",
        ],
    )
    def test_a_question_that_does_not_fit(self, call, path):
        assert is_problem(call["volunteer"].get(path), 422, "malformed")

    @pytest.mark.parametrize("path", ["/stock-cards/NOTHING", "/stock-cards/<b>"])
    def test_a_card_of_nothing(self, call, path):
        assert is_problem(call["volunteer"].get(path), 404, "unknown_product")

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            (
                {"packs": [{"gtin": "4870001234561", "quantity": 1}]},
                "product_malformed",
            ),
            ({"packs": [{"gtin": "2000100010006", "quantity": 1}]}, "gtin_taken"),
            (
                {"packs": [{"gtin": "12000100010003", "quantity": 9}]},
                "product_malformed",
            ),
            ({"packs": [{"gtin": "4870001234560", "quantity": 0}]}, "malformed"),
            (
                {"packs": [{"gtin": "4870001234560", "quantity": 1}] * 2},
                "product_malformed",
            ),
            ({"names": {"en": "x"}}, "malformed"),
            ({"product_code": "a b"}, "malformed"),
            ({"sensitivity": 3}, "malformed"),
            ({"min_days_at_receipt": 1.5}, "malformed"),
            ({"flags": ["<b>"]}, "malformed"),
        ],
    )
    def test_a_product_that_does_not_fit(self, call, fields, code):
        product = {
            "product_code": "NEW-1",
            "category": "hygiene",
            "names": {"en": "x", "ru": "x", "kk": "x"},
            "unit_of_issue": "piece",
            **fields,
        }

        response = call["coordinator"].post("/products", product)

        assert response.json["code"] == code
        assert call["coordinator"].get("/products/NEW-1").status_code == 404

    def test_a_mistyped_flag_is_named_with_those_there_are(self, call):
        product = {
            "product_code": "MED-NEW",
            "category": "medicine",
            "names": {"en": "x", "ru": "x", "kk": "x"},
            "unit_of_issue": "piece",
            "flags": ["event", "medecine"],
        }

        response = call["coordinator"].post("/products", product)

        assert is_problem(response, 422, "product_malformed")
        assert response.json["field"] == "flags"
        detail = response.json["detail"]
        assert "'medecine' is not one of medicine, bms, refuse, kit" in detail
        assert call["coordinator"].get("/products/MED-NEW").status_code == 404
