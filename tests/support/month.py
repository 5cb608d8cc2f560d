"""December after the ninety demo days, as programs take its steps.

What has been walked once on a page is repeated here for all the other units.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from deploy.demo.places import UNITS, DemoUnit, bands_of
from tests.support.journey import new_id, now, today
from tests.support.phone import send_to
from tests.support.suite import Suite
from tests.support.three_books import every
from tests.support.waiting import wait_until

API = "/distribution/api/v1"
SOAP, PADS, PAPER, TOWEL = "HYG-SOAP-B", "MEN-PAD", "HYG-TPAPER", "HYG-TOWEL"
GRANT = "EX-D6"
TEAMS = {unit.unit_code: unit.team for unit in UNITS}


def third_of_next_month() -> str:
    """Give the day of the month's delivery; next month nobody has got anything."""
    first = date.fromisoformat(today()).replace(day=1)
    return (first + timedelta(days=31)).replace(day=3).isoformat()


def gs1(gtin: str, lot_number: str) -> str:
    """Give what a scanner reads off a pack that keeps for another two years."""
    expires_on = date.fromisoformat(today(730))
    return f"]d201{gtin:0>14}17{expires_on:%y%m%d}10{lot_number}"


class Month:
    """The programme of one month; every step may be taken for all units or a few."""

    def __init__(self, suite: Suite) -> None:
        self._suite = suite
        self.send = send_to(suite)
        self.day = third_of_next_month()

    def every(self, path: str) -> list[dict[str, Any]]:
        """Read a list to its end."""
        return list(every(self._suite, path))

    def put_the_day_on_calendars(self, facility_codes: Iterable[str]) -> None:
        """Let facilities take the month's delivery on its day."""
        for code in facility_codes:
            body = {"command_id": new_id(), "add": [self.day], "remove": []}
            path = f"{API}/facilities/{code}/calendar"
            self.send("PUT", path, body, role="coordinator")

    def count_heads(self, units: Iterable[DemoUnit]) -> None:
        """State what lives in units today: as many as there were."""
        for unit in units:
            body = {
                "command_id": new_id(),
                "as_of": today(),
                "bands": dict(bands_of(unit, today())),
            }
            path = f"{API}/units/{unit.unit_code}/headcounts"
            self.send("PUT", path, body, role=unit.team)

    def suggested(self, unit_code: str) -> dict[str, int]:
        """Give what a unit's form holds before anybody has typed."""
        path = f"{API}/units/{unit_code}/requisition-form?needed_by={self.day}"
        form = self.send("GET", path, role=TEAMS[unit_code])
        return {
            line["product_code"]: line["suggested"]
            for line in form["lines"]
            if line["suggested"] and line["is_admitted"]
        }

    def ask(self, units: Iterable[DemoUnit]) -> None:
        """Send what the forms of units hold, unchanged."""
        for unit in units:
            wish = self.suggested(unit.unit_code)
            lines = [{"product_code": p, "quantity": n} for p, n in wish.items()]
            body = {
                "requisition_id": new_id(),
                "unit_code": unit.unit_code,
                "needed_by": self.day,
                "lines": lines,
            }
            self.send("POST", f"{API}/requisitions", body, role=unit.team)

    def take_in(self, gtin: str, lot_number: str, quantity: int, gift: str) -> str:
        """Receive goods of a gift; give their lot."""
        scan = {
            "scan_id": new_id(),
            "action": "receive",
            "raw": gs1(gtin, lot_number),
            "quantity": quantity,
            "location_code": "A-01",
            "occurred_at": now(),
            "gift_number": gift,
        }
        return str(self._scan([scan])[0]["lot_id"])

    def take_back(
        self, consignment_number: str, unit_code: str, product_code: str, quantity: int
    ) -> None:
        """Take goods back into the house that a unit had accepted."""
        line = next(
            line
            for line in self._lines(consignment_number)
            if (line["unit_code"], line["product_code"]) == (unit_code, product_code)
        )
        scan = {
            "scan_id": new_id(),
            "action": "return",
            "product_code": product_code,
            "lot_id": line["lot_id"],
            "quantity": quantity,
            "location_code": "RETURNS",
            "unit_code": unit_code,
            "occurred_at": now(),
        }
        self._scan([scan])

    def pick_list_of(self, consignment_number: str) -> dict[str, Any]:
        """Wait for the pick list of a consignment and give it."""
        found: dict[str, str] = {}
        lists = "/inventory/api/v1/pick-lists"

        def is_there() -> bool:
            found.update(
                (each["consignment_number"], each["pick_list_number"])
                for each in every(self._suite, lists)
            )
            return consignment_number in found

        wait_until(is_there, what=f"the pick list of {consignment_number}")
        whole = f"{lists}/{found[consignment_number]}"
        pick_list: dict[str, Any] = self.send("GET", whole, role="volunteer")
        return pick_list

    def pick_and_dispatch(self, consignment_number: str) -> None:
        """Take the goods of a delivery from the shelves and let them go."""
        pick_list = self.pick_list_of(consignment_number)
        number = pick_list["pick_list_number"]
        self._scan(_picks(pick_list))
        path = f"/inventory/api/v1/pick-lists/{number}/dispatch"
        self.send("POST", path, {"command_id": new_id()}, role="volunteer")

    def hand_over(self, consignment_number: str) -> None:
        """Let the team at the gate accept all of a delivery that is on its way."""
        lines = self.sent(consignment_number)
        self.send(
            "POST",
            f"{API}/consignments/{consignment_number}/handover",
            {
                "command_id": new_id(),
                "occurred_at": now(),
                "lines": [_accepted(line) for line in lines],
            },
            role=TEAMS[lines[0]["unit_code"]],
        )

    def finish_what_is_under_way(self) -> None:
        """Bring every delivery to its gate, those the ninety days left open too."""
        for each in self.every(f"{API}/consignments"):
            number = each["consignment_number"]
            if each["status"] in ("planned", "picking"):
                self.pick_and_dispatch(number)
            if each["status"] != "handed_over":
                self.hand_over(number)

    def sent(self, consignment_number: str) -> list[dict[str, Any]]:
        """Wait until a delivery is on its way; give its lines that left."""
        path = f"{API}/consignments/{consignment_number}"

        def has_left() -> bool:
            answer = self.send("GET", path, role="coordinator")
            return bool(answer["status"] == "in_transit")

        wait_until(has_left, what=f"{consignment_number} is on its way")
        return [x for x in self._lines(consignment_number) if x["dispatched"]]

    def _lines(self, consignment_number: str) -> list[dict[str, Any]]:
        path = f"{API}/consignments/{consignment_number}"
        whole = self.send("GET", path, role="coordinator")
        lines: list[dict[str, Any]] = whole["lines"]
        return lines

    def _scan(self, scans: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answer = self.send(
            "POST", "/inventory/api/v1/scans", {"scans": scans}, role="volunteer"
        )
        results: list[dict[str, Any]] = answer["results"]
        assert {each["status"] for each in results} == {"applied"}, results
        return results


def _picks(pick_list: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "scan_id": new_id(),
            "action": "pick",
            "product_code": line["product_code"],
            "lot_id": line["lot_id"],
            "quantity": line["quantity"] - line["picked"],
            "location_code": line["location_code"],
            "occurred_at": now(),
            "pick_list_number": pick_list["pick_list_number"],
        }
        for line in pick_list["lines"]
        if line["picked"] < line["quantity"]
    ]


def _accepted(line: Mapping[str, Any]) -> dict[str, Any]:
    key = {name: line[name] for name in ("unit_code", "product_code", "lot_id")}
    none = dict.fromkeys(("refused", "damaged", "short"), 0)
    return {**key, **none, "accepted": line["dispatched"]}
