"""The people of the store: what comes in, moves, is counted, spoiled or held."""

from typing import Any

from tests.simulation.books import SUPPLY, LotBook, at
from tests.simulation.furnishing import GOODS, Goods
from tests.simulation.programme import Programme, Route
from tests.support.simulated_suite import Answer

SHELVES = ("A-01", "A-02", "A-03", "A-04")
HOLDS = ("H-01", "H-02")
RETURNS = "RETURNS"
FOUND = "FOUND"
OUT_TO = {
    "DAMAGED": "loss:DAMAGED",
    "LOST": "loss:LOST",
    "SAMPLE": "loss:SAMPLE",
    "EXPIRED": "loss:EXPIRED",
    "RETURN_TO_DONOR": "returned",
    "DONATED_ON": "delivered:DONATED_ON",
}


class Warehouse:
    """Volunteers, the reviewer, and the coordinator's corrections."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._chance = programme.chance
        self._movements: list[str] = []
        self.corrected_lots: set[str] = set()
        self.moved_on_lots: set[str] = set()

    def receive(self, gift_number: str | None) -> None:
        """Take goods in, with all that is printed on them or without."""
        goods = self._chance.one_of(GOODS)
        number = self._chance.between(1, len(goods.days_of_lots))
        line: dict[str, Any] = {
            "action": "receive",
            "product_code": goods.product_code,
            "quantity": self._chance.between(1, 80),
            "location_code": self._chance.one_of(SHELVES),
            "lot_number": f"L{number}",
            "expires_on": self._expiry(goods, number),
            "gift_number": gift_number,
            "occurred_at": self._programme.now(self._minutes_ago()),
        }
        missing = self._chance.one_of(["lot_number", "expires_on", "", "", "", "", ""])
        printed = {k: v for k, v in line.items() if v is not None and k != missing}
        result = self._programme.scan(**printed)
        if result["status"] == "attention":
            result, printed = self._resolve(result, line), line
        if result["status"] == "applied":
            self._take_in(result, printed.get("lot_number"), line)

    def _expiry(self, goods: Goods, number: int) -> str | None:
        days = goods.days_of_lots[number - 1]
        return None if days is None else self._programme.first_day(days)

    def _minutes_ago(self) -> int:
        return self._chance.between(1, 90) if self._chance.happens(0.15) else 0

    def _resolve(self, waiting: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
        """Add what the scan lacked; what was recalled is laid aside."""
        entered = {k: line[k] for k in ("lot_number", "expires_on") if line[k]}
        if waiting["code"] == "lot_recalled":
            entered = {"discard_reason": "recalled"}
        path = f"/attention/{waiting['scan_id']}/resolve"
        answer = self._command("volunteer", path, entered)
        return answer.body if answer.is_ok else {"status": "refused"}

    def _take_in(
        self, result: dict[str, Any], lot_number: str | None, line: dict[str, Any]
    ) -> None:
        is_medicine = line["product_code"].startswith("MED")
        lot = LotBook(
            lot_id=result["lot_id"],
            product_code=line["product_code"],
            lot_number=lot_number,
            expires_on=line["expires_on"],
            status="quarantined" if is_medicine else "released",
        )
        self._programme.auditor.took_in(lot)
        entry = (SUPPLY, at(line["location_code"]), line["quantity"])
        self.note_movement(result, result["lot_id"], [entry])

    def refuse(self, gift_number: str) -> None:
        """Turn goods of a gift away at the door."""
        product_code = self._chance.one_of(GOODS).product_code
        quantity = self._chance.between(1, 20)
        result = self._programme.scan(
            action="refuse",
            product_code=product_code,
            quantity=quantity,
            gift_number=gift_number,
            reason="opened boxes",
        )
        if result["status"] == "applied":
            self._programme.books.refused[gift_number, product_code] += quantity

    def move(self) -> None:
        """Carry goods somewhere else."""
        line = self._some_stock(lambda each: each["on_hand"] > each["reserved"])
        if line is None or not self._may_leave_returns(line):
            return
        quantity = self._chance.between(1, line["on_hand"] - line["reserved"])
        target = self._chance.one_of((*SHELVES, *HOLDS))
        result = self._programme.scan(
            action="move",
            product_code=line["product_code"],
            lot_id=line["lot_id"],
            quantity=quantity,
            location_code=line["location_code"],
            to_location_code=target,
        )
        if result["status"] == "applied":
            entry = (at(line["location_code"]), at(target), quantity)
            self.note_movement(result, line["lot_id"], [entry])

    def count(self) -> None:
        """Count one lot on a shelf, mostly right."""
        line = self._some_stock(lambda each: each["location_code"] in SHELVES)
        if line is None:
            return
        found = max(0, line["on_hand"] + self._chance.between(-3, 3))
        result = self._programme.scan(
            action="count",
            product_code=line["product_code"],
            lot_id=line["lot_id"],
            quantity=found,
            location_code=line["location_code"],
        )
        if result["status"] == "attention":
            self._resolve({**result, "code": "lot_recalled"}, line)
        elif result["status"] == "applied" and "movement_id" in result:
            place = at(line["location_code"])
            entries = self._programme.books.counted(line["lot_id"], place, found)
            self.note_movement(result, line["lot_id"], entries)

    def adjust(self) -> None:
        """Write goods off, give them back or on, or find some."""
        line = self._some_stock(lambda each: each["on_hand"] > each["reserved"])
        if line is None or not self._may_leave_returns(line):
            return
        reason = self._chance.one_of((FOUND, *OUT_TO))
        quantity = self._chance.between(1, min(10, line["on_hand"] - line["reserved"]))
        answer = self._command(
            "coordinator",
            "/adjustments",
            {
                "lot_id": line["lot_id"],
                "location_code": line["location_code"],
                "quantity": quantity,
                "direction": "in" if reason == FOUND else "out",
                "reason": reason,
                "incident_number": "INC-SIM" if reason == "LOST" else None,
            },
        )
        if answer.is_ok:
            self._adjusted(answer, line, reason, quantity)

    def _adjusted(
        self, answer: Answer, line: dict[str, Any], reason: str, quantity: int
    ) -> None:
        place, lot_id = at(line["location_code"]), line["lot_id"]
        if reason != FOUND:
            self.note_movement(answer.body, lot_id, [(place, OUT_TO[reason], quantity)])
            return
        entries = self._programme.books.turned_up(lot_id, place, quantity)
        first, *rest = [entry for entry in entries if entry[2]]
        self.note_movement(answer.body, lot_id, [first])
        self._programme.books.post(
            f"{answer.body['movement_id']} rest", lot_id, rest, acknowledged=False
        )

    def undo(self) -> None:
        """Take one of the last movements back."""
        if not self._movements:
            return
        movement_id = self._chance.one_of(self._movements[-12:])
        body = {"movement_id": movement_id, "reason": "a mistake"}
        answer = self._command("coordinator", "/reversals", body)
        if answer.is_ok:
            self._movements.remove(movement_id)
            self._programme.books.reverse(movement_id)
            self._programme.books.acknowledged.add(answer.body["movement_id"])

    def review(self) -> None:
        """Release what waits, hold something back, or recall a lot number."""
        lots = [
            lot
            for lot in self._programme.books.lots.values()
            if lot.status != "recalled"
        ]
        waiting = [lot for lot in lots if lot.status == "quarantined"]
        if waiting and self._chance.happens(0.75):
            self._decide(self._chance.one_of(waiting), "release", "released")
        elif lots and self._chance.happens(0.6):
            self._decide(self._chance.one_of(lots), "quarantine", "quarantined")
        elif lots and self._chance.happens(0.4):
            self._recall(self._chance.one_of(lots))

    def _decide(self, lot: LotBook, verb: str, status: str) -> None:
        path = f"/lots/{lot.lot_id}/{verb}"
        answer = self._command("reviewer", path, {"reason": "looked at it"})
        if answer.is_ok:
            lot.status = status

    def _recall(self, lot: LotBook) -> None:
        if lot.lot_number is None:
            return
        body = {"product_code": lot.product_code, "lot_number": lot.lot_number}
        answer = self._command("reviewer", "/recalls", {**body, "reason": "mould"})
        if answer.is_ok:
            self._programme.auditor.recalled(lot.product_code, lot.lot_number)

    def take_back(self, lot: LotBook, unit_code: str, quantity: int) -> None:
        """Book goods that a unit gives back."""
        result = self._programme.scan(
            action="return",
            product_code=lot.product_code,
            lot_id=lot.lot_id,
            unit_code=unit_code,
            quantity=quantity,
            location_code=RETURNS,
        )
        if result["status"] == "applied":
            entry = (f"delivered:{unit_code}", at(RETURNS), quantity)
            self.note_movement(result, lot.lot_id, [entry])

    def _command(self, who: str, path: str, body: dict[str, Any]) -> Answer:
        route = Route(who, "inventory", "POST", path)
        return self._programme.command(
            route, {"command_id": self._programme.new_id(), **body}
        )

    def note_movement(
        self, result: dict[str, Any], lot_id: str, entries: list[Any]
    ) -> None:
        """Write an acknowledged movement into the books; undo may choose it."""
        self._programme.books.post(result["movement_id"], lot_id, entries)
        self._movements.append(result["movement_id"])

    def _some_stock(self, wanted: Any) -> dict[str, Any] | None:
        lines = [
            line
            for line in self._programme.suite.all_of("volunteer", "inventory", "/stock")
            if wanted(line) and line["location_code"] != "DISPATCH"
        ]
        return self._chance.one_of(lines) if lines else None

    def _may_leave_returns(self, line: dict[str, Any]) -> bool:
        """Leave goods in RETURNS whose handover is just being corrected."""
        if line["location_code"] == RETURNS:
            if line["lot_id"] in self.corrected_lots:
                return False
            self.moved_on_lots.add(line["lot_id"])
        return True
