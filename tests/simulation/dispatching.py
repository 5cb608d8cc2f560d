"""The people who pick for a consignment and send it off."""

from typing import Any

from tests.simulation.books import at
from tests.simulation.programme import Programme, Route
from tests.simulation.warehouse import Warehouse

DISPATCH = "DISPATCH"


class Dispatching:
    """Volunteers with a pick list in their hand."""

    def __init__(self, programme: Programme, warehouse: Warehouse) -> None:
        self._programme = programme
        self._chance = programme.chance
        self._warehouse = warehouse

    def pick(self) -> None:
        """Pick some lines of a list: all of it, a part, or another lot."""
        pick_list = self._some_list()
        if pick_list is None:
            return
        for line in pick_list["lines"]:
            left = line["quantity"] - line["picked"]
            if left and self._chance.happens(0.7):
                self._pick_line(pick_list["pick_list_number"], line, left)

    def _pick_line(self, number: str, line: dict[str, Any], left: int) -> None:
        other = self._other_lot(line) if self._chance.happens(0.15) else None
        part = self._chance.happens(0.2)
        quantity = self._chance.between(1, left) if part else left
        taken = other or line
        result = self._programme.scan(
            action="pick",
            pick_list_number=number,
            product_code=line["product_code"],
            lot_id=taken["lot_id"],
            location_code=taken["location_code"],
            quantity=min(quantity, other["on_hand"]) if other else quantity,
            **({"other_lot_reason": "it stood in front"} if other else {}),
        )
        if result["status"] == "applied":
            moved = min(quantity, other["on_hand"]) if other else quantity
            entry = (at(taken["location_code"]), at(DISPATCH), moved)
            self._warehouse.note_movement(result, result["lot_id"], [entry])

    def _other_lot(self, line: dict[str, Any]) -> dict[str, Any] | None:
        stock = self._programme.suite.all_of(
            "volunteer", "inventory", "/stock", product_code=line["product_code"]
        )
        others = [each for each in stock if each["lot_id"] != line["lot_id"]]
        return self._chance.one_of(others) if others else None

    def dispatch(self) -> None:
        """Send a consignment off; what is not picked stays, with a reason."""
        pick_list = self._some_list()
        if pick_list is None:
            return
        is_open = any(x["picked"] < x["quantity"] for x in pick_list["lines"])
        short = is_open and self._chance.happens(0.5)
        number = pick_list["pick_list_number"]
        self._programme.command(
            Route("volunteer", "inventory", "POST", f"/pick-lists/{number}/dispatch"),
            {
                "command_id": self._programme.new_id(),
                **({"short_reason": "not found"} if short else {}),
            },
        )

    def _some_list(self) -> dict[str, Any] | None:
        lists = self._programme.suite.all_of(
            "volunteer", "inventory", "/pick-lists", status="open"
        )
        return self._chance.one_of(lists) if lists else None
