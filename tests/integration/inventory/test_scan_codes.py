"""What is on the pack: two codes, marking codes, and serials nobody may read."""

import json

import pytest
from sqlalchemy import inspect, text

from services.inventory.domain.scanning.cleaning import GS
from tests.support.warehouse import LATER

PARACETAMOL = "02000400010003"
PACK = f"01{PARACETAMOL}21"
FULL_TAIL = f"{GS}91KEY1{GS}92{'sIgNaTuRe' * 5}"
SHORT_TAIL = f"{GS}93aBcD"
PRINTED = {"lot_number": "P-7", "expires_on": LATER}
SECRET_PARTS = ("KEY1", "sIgNaTuRe", "aBcD", "SERIAL")


def everything_stored(warehouse):
    """Every row of every table, as text."""
    with warehouse.database.reading() as connection:
        names = inspect(warehouse.database.engine).get_table_names()
        rows = [
            row
            for name in names
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608  our own names
        ]
    return "\n".join(map(str, rows))


class TestTwoCodesOfOnePack:
    def test_lot_and_expiry_come_from_the_second(self, warehouse):
        answer = warehouse.receive(raw="2000400010003", second_raw=f"10P-7{GS}17291231")

        lot = warehouse.lot(answer)
        assert (lot.lot_number, lot.expires_on.isoformat()) == ("P-7", LATER)

    def test_a_contradiction_refuses_that_line_alone(self, warehouse):
        answers = warehouse.scan(
            warehouse.line(raw="2000400010003", second_raw="2000400020002", **PRINTED),
            warehouse.line(),
        )

        assert [each["status"] for each in answers] == ["refused", "applied"]
        assert answers[0]["code"] == "DUPLICATE_AI"

    def test_both_can_be_looked_up_together(self, call):
        answer = call["volunteer"].post(
            "/scans/decode",
            {"raw": "2000400010003", "second_raw": f"10P-7{GS}17291231"},
        )

        read = answer.json
        assert (read["lot"], read["expiry"], read["missing"]) == ("P-7", LATER, [])
        assert read["product"]["product_code"] == "MED-PARA"

    def test_a_contradiction_is_told(self, call):
        answer = call["volunteer"].post(
            "/scans/decode", {"raw": "2000400010003", "second_raw": "2000400020002"}
        )

        assert (answer.status_code, answer.json["code"]) == (422, "DUPLICATE_AI")


class TestSecretPartOfAMarkingCode:
    @pytest.mark.parametrize("tail", [FULL_TAIL, SHORT_TAIL])
    @pytest.mark.parametrize("said", [PRINTED, {}], ids=["applied", "waiting"])
    def test_is_stored_nowhere(self, warehouse, tail, said):
        raw = f"{PACK}SERIAL{tail}"
        warehouse.scan(
            warehouse.line(raw=raw, **said),
            warehouse.line(raw="2000400010003", second_raw=raw, **said),
            warehouse.line(raw=f"{raw}{GS}9", **said),
            warehouse.line(raw=f"01{'9520000000011'.zfill(14)}21SERIAL{tail}"),
        )

        stored = everything_stored(warehouse)
        assert not [part for part in SECRET_PARTS if part in stored]

    @pytest.mark.parametrize("tail", [FULL_TAIL, SHORT_TAIL])
    def test_is_no_part_of_the_line(self, warehouse, tail):
        line = warehouse.line(raw=f"{PACK}SERIAL{tail}", **PRINTED)
        warehouse.scan(line)

        [again] = warehouse.scan({**line, "raw": f"{PACK}SERIAL"})

        assert again["status"] == "duplicate"

    def test_is_in_no_answer(self, warehouse):
        broken = f"{PACK}SERIAL{FULL_TAIL}{GS}17991399"
        answers = warehouse.scan(
            warehouse.line(raw=broken), warehouse.line(raw=f"{PACK}SERIAL{FULL_TAIL}")
        )

        told = json.dumps(answers, default=str)
        assert [each["status"] for each in answers] == ["refused", "attention"]
        assert not [part for part in SECRET_PARTS if part in told]


class TestSamePackOfMedicine:
    """INV-16: whatever its code shows beside the serial."""

    def receive(self, warehouse, serial="SERIAL", **fields):
        return warehouse.only(**{"raw": f"{PACK}{serial}", **PRINTED, **fields})

    def test_is_received_once(self, either_warehouse):
        first = self.receive(either_warehouse)
        again = self.receive(either_warehouse)

        assert first["status"] == "applied"
        assert (again["status"], again["code"]) == ("refused", "pack_scanned_before")
        assert "SERIAL" not in again["detail"]
        assert either_warehouse.stock() == [("MED-PARA", "A-01", 2)]

    def test_is_received_once_in_a_batch(self, warehouse):
        raw = f"{PACK}SERIAL"
        answers = warehouse.scan(
            warehouse.line(raw=raw, **PRINTED),
            warehouse.line(raw=raw + FULL_TAIL, **PRINTED),
            warehouse.line(raw=f"{PACK}OTHER", **PRINTED),
        )

        assert [each["status"] for each in answers] == ["applied", "refused", "applied"]

    def test_may_be_moved_and_counted(self, warehouse):
        self.receive(warehouse)

        moved = self.receive(warehouse, action="move", to_location_code="H-01")
        counted = self.receive(
            warehouse, action="count", location_code="H-01", quantity=2
        )

        assert (moved["status"], counted["status"]) == ("applied", "applied")

    def test_is_free_again_when_its_receipt_is_taken_back(self, either_warehouse):
        first = self.receive(either_warehouse)
        either_warehouse.undo(first)

        assert self.receive(either_warehouse)["status"] == "applied"
        assert self.receive(either_warehouse)["code"] == "pack_scanned_before"

    def test_a_refused_receipt_holds_no_pack(self, warehouse):
        refused = self.receive(warehouse, location_code="ATTIC")

        assert refused["code"] == "unknown_location"
        assert self.receive(warehouse)["status"] == "applied"

    def test_is_remembered_from_the_attention_list(self, warehouse):
        line = warehouse.line(raw=f"{PACK}SERIAL")
        [waits] = warehouse.scan(line)
        warehouse.resolve(line["scan_id"], **PRINTED)

        again = self.receive(warehouse)

        assert waits["status"] == "attention"
        assert again["code"] == "pack_scanned_before"

    def test_another_serial_of_the_same_medicine_is_another_pack(self, warehouse):
        self.receive(warehouse)

        assert self.receive(warehouse, serial="SERIAL2")["status"] == "applied"

    def test_the_serial_of_other_goods_is_dropped(self, warehouse):
        soap = {"raw": "010200010001000621SERIAL", "expires_on": LATER}

        assert [warehouse.only(**soap)["status"] for _ in range(2)] == ["applied"] * 2
        waits = warehouse.only(raw="010200010001000621SERIAL")
        assert waits["status"] == "attention"
        with warehouse.database.reading() as connection:
            kept = connection.execute(
                text(
                    "SELECT serial_digest FROM attention"
                    " UNION SELECT digest FROM received_serials"
                )
            )
            assert kept.scalars().all() == [None]
