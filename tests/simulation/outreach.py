"""Outreach and the coordinator: need, shares, consignments and the gate."""

from typing import Any

from tests.simulation.auditor import LineKey, line_key
from tests.simulation.furnishing import FACILITIES, GOODS, HEADS, UNITS, count_heads
from tests.simulation.programme import Programme, Route
from tests.simulation.reckoning import ENDS
from tests.simulation.warehouse import Warehouse
from tests.support.simulated_suite import Answer

RUNS = "/allocation-runs"


class Outreach:
    """Those who ask for goods, share them out and bring them."""

    def __init__(self, programme: Programme, warehouse: Warehouse) -> None:
        self._programme = programme
        self._chance = programme.chance
        self._warehouse = warehouse
        self._last_handover: dict[str, str] = {}

    def count_heads(self) -> None:
        """People come and go."""
        heads = {band: n + self._chance.between(-2, 5) for band, n in HEADS.items()}
        count_heads(
            self._programme,
            self._chance.one_of([*UNITS]),
            {band: max(0, n) for band, n in heads.items()},
        )

    def ask(self) -> None:
        """Ask for goods for a unit; mostly it is approved at once."""
        unit_code = self._chance.one_of([*UNITS])
        codes = [goods.product_code for goods in GOODS]
        self._chance.shuffle(codes)
        wished = codes[: self._chance.between(1, len(codes))]
        requisition_id = self._programme.new_id()
        answer = self._send(
            "outreach",
            "/requisitions",
            {
                "requisition_id": requisition_id,
                "unit_code": unit_code,
                "needed_by": self._programme.day(5),
                "lines": [
                    {"product_code": code, "quantity": self._chance.between(1, 60)}
                    for code in wished
                ],
            },
        )
        if answer.is_ok and self._chance.happens(0.9):
            self._command("coordinator", f"/requisitions/{requisition_id}/approve")

    def cancel_requisition(self) -> None:
        """Take a wish back, if it may be."""
        found = self._all("/requisitions", state="approved")
        if found:
            path = (
                f"/requisitions/{self._chance.one_of(found)['requisition_id']}/cancel"
            )
            self._command("coordinator", path, reason="no longer needed")

    def share(self) -> None:
        """Propose a run, or two at once, override a line and approve."""
        runs = [self._propose() for _ in range(self._chance.one_of([1, 1, 2]))]
        for run in runs:
            if run and run["lines"] and self._chance.happens(0.3):
                self._override(run)
        for run in runs:
            if run and self._chance.happens(0.9):
                self._command("coordinator", f"{RUNS}/{run['run_id']}/approve")

    def _propose(self) -> Any:
        body: dict[str, Any] = {
            "run_id": self._programme.new_id(),
            "handover_on": self._programme.day(self._chance.between(0, 2)),
        }
        if self._chance.happens(0.4):
            body["product_codes"] = [self._chance.one_of(GOODS).product_code]
        answer = self._send("coordinator", RUNS, body)
        return answer.body if answer.is_ok else None

    def _override(self, run: dict[str, Any]) -> None:
        line = self._chance.one_of(run["lines"])
        change = {
            "unit_code": line["unit_code"],
            "product_code": line["product_code"],
            "quantity": max(0, line["quantity"] + self._chance.between(-5, 2)),
            "reason": "they told us more",
        }
        self._programme.command(
            Route(
                "coordinator", "distribution", "PATCH", f"{RUNS}/{run['run_id']}/lines"
            ),
            {"command_id": self._programme.new_id(), "lines": [change]},
        )

    def cancel_run(self) -> None:
        """Call a run off, whatever has become of it."""
        found = self._all(RUNS)[:8]
        if found:
            path = f"{RUNS}/{self._chance.one_of(found)['run_id']}/cancel"
            self._command("coordinator", path, reason="a mistake")

    def plan(self) -> None:
        """Put what is held for a facility on a consignment."""
        self._send(
            "coordinator",
            "/consignments",
            {
                "command_id": self._programme.new_id(),
                "facility_code": self._chance.one_of([*FACILITIES]),
                "planned_on": self._programme.day(1),
            },
        )

    def move_consignment(self) -> None:
        """Let a consignment go on another day; perhaps it has just left."""
        found = self._all("/consignments", status="planned")
        found += self._all("/consignments", status="picking")
        if found:
            number = self._chance.one_of(found)["consignment_number"]
            day = self._programme.day(self._chance.between(0, 4))
            path = f"/consignments/{number}/move"
            self._command("coordinator", path, planned_on=day)

    def cancel_consignment(self) -> None:
        """Take a consignment back; perhaps it has just left."""
        found = self._all("/consignments", status="planned")
        if found:
            number = self._chance.one_of(found)["consignment_number"]
            self._command(
                "coordinator", f"/consignments/{number}/cancel", reason="road closed"
            )

    def hand_over(self) -> None:
        """Record at the gate what became of every line."""
        found = self._all("/consignments", status="in_transit")
        if found:
            consignment = self._chance.one_of(found)
            lines = [self._ended(line) for line in consignment["lines"]]
            self._record(consignment["consignment_number"], lines)

    def correct(self) -> None:
        """Replace the last handover of a consignment by a better one."""
        found = self._all("/consignments", status="handed_over")
        if found:
            consignment = self._chance.one_of(found)
            number = consignment["consignment_number"]
            if number in self._last_handover:
                lines = [self._corrected(line) for line in consignment["lines"]]
                self._record(number, lines, corrects=self._last_handover[number])

    def give_back(self) -> None:
        """A unit gives accepted goods back."""
        given = [
            (lot, account.partition(":")[2], quantity)
            for lot in self._programme.books.lots.values()
            for account, quantity in lot.balances.items()
            if account.startswith("delivered:") and quantity > 0
        ]
        given = [each for each in given if each[1] in UNITS]
        if not given:
            return
        lot, unit_code, quantity = self._chance.one_of(given)
        if lot.lot_id in self._warehouse.corrected_lots:
            return
        self._warehouse.moved_on_lots.add(lot.lot_id)
        self._warehouse.take_back(lot, unit_code, self._chance.between(1, quantity))

    def _ended(self, line: dict[str, Any]) -> dict[str, Any]:
        left = line["quantity"]
        ends = dict.fromkeys(ENDS, 0)
        for end in ("refused", "damaged", "short"):
            if self._chance.happens(0.2):
                ends[end] = self._chance.between(0, left)
                left -= ends[end]
        ends["accepted"] = left
        return self._gate_line(line, ends)

    def _corrected(self, line: dict[str, Any]) -> dict[str, Any]:
        """Change a line, unless its goods have moved on since."""
        if line["lot_id"] in self._warehouse.moved_on_lots:
            return self._gate_line(line, {end: line[end] for end in ENDS})
        self._warehouse.corrected_lots.add(line["lot_id"])
        return self._ended(line)

    def _gate_line(self, line: dict[str, Any], ends: dict[str, int]) -> dict[str, Any]:
        unit_code, product_code, lot_id = line_key(line)
        return {
            "unit_code": unit_code,
            "product_code": product_code,
            "lot_id": lot_id,
            **ends,
            **({"refusal_reason": "not_on_list"} if ends["refused"] else {}),
        }

    def _record(
        self, number: str, lines: list[dict[str, Any]], corrects: str | None = None
    ) -> None:
        who = self._chance.one_of(["outreach", "coordinator"])
        body = {"occurred_at": self._programme.now(), "lines": lines}
        if corrects:
            body["corrects"] = corrects
        answer = self._command(who, f"/consignments/{number}/handover", **body)
        if answer.is_ok:
            self._last_handover[number] = answer.body["handover_id"]
            ended: dict[LineKey, dict[str, int]] = {
                line_key(line): {end: line[end] for end in ENDS} for line in lines
            }
            self._programme.auditor.handed(number, ended)

    def _all(self, path: str, **query: Any) -> list[Any]:
        found: list[Any] = self._programme.suite.all_of(
            "coordinator", "distribution", path, **query
        )
        return found

    def _command(self, who: str, path: str, **body: Any) -> Answer:
        return self._send(who, path, {"command_id": self._programme.new_id(), **body})

    def _send(self, who: str, path: str, body: dict[str, Any]) -> Answer:
        return self._programme.command(Route(who, "distribution", "POST", path), body)
