"""The steps of the main journey as programs take them, each with an id of its own.

A step may be sent again after a crash: the same id gives the same answer, which is
just what the tests that use it want to see.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from shared.kernel.clock import SystemClock, local_day
from shared.kernel.identity import UUIDv7Source
from tests.support.waiting import wait_until

_CLOCK = SystemClock()
_IDS = UUIDv7Source(_CLOCK)

SOAP = "HYG-SOAP-B"
SOAP_GTIN = "2000100010006"
DONOR = "EX-D6"
UNIT = "W-A"
FACILITY = "EX-WF"

Send = Callable[..., Any]
"""Sends ``(method, path, body, role=...)`` and gives the JSON answer."""


class Journey:
    """Soap from a gift to the gate, over the API of all three services."""

    def __init__(self, send: Send, *, patience_seconds: float = 30) -> None:
        self._send = send
        self._patience_seconds = patience_seconds

    def furnish(self) -> None:
        """Set up the one product, donor, facility and unit the journey needs."""
        self._coordinator("POST", "/inventory/api/v1/products", _SOAP)
        self._coordinator(
            "POST",
            "/donors/api/v1/donors",
            {
                "command_id": new_id(),
                "donor_code": DONOR,
                "name": "Nordic Partner Mission (example)",
                "kind": "organisation",
                "language": "en",
            },
        )
        self._coordinator("POST", "/distribution/api/v1/facilities", _FACILITY)
        self._coordinator("POST", "/distribution/api/v1/units", _UNIT)
        self._send(
            "PUT",
            f"/distribution/api/v1/units/{UNIT}/headcounts",
            {
                "command_id": new_id(),
                "as_of": today(),
                "bands": {"women_18_49": 4_000},
            },
            role="outreach",
        )

    def announce(self, quantity: int) -> str:
        """Announce a gift of soap; give its number."""
        answer = self._coordinator(
            "POST",
            "/donors/api/v1/gifts",
            {
                "command_id": new_id(),
                "donor_code": DONOR,
                "expected": [{"product_code": SOAP, "quantity": quantity}],
                "earmark": None,
            },
        )
        return str(answer["gift_number"])

    def receive(self, gift_number: str, quantity: int) -> dict[str, Any]:
        """Scan soap in; give the line's result."""
        scan = {
            "scan_id": new_id(),
            "action": "receive",
            "raw": SOAP_GTIN,
            "quantity": quantity,
            "location_code": "A-01",
            "occurred_at": now(),
            "gift_number": gift_number,
            "expires_on": today(900),
        }
        return self.scan(scan)

    def scan(self, scan: dict[str, Any]) -> dict[str, Any]:
        """Send one scan; give its result."""
        answer = self._send(
            "POST", "/inventory/api/v1/scans", {"scans": [scan]}, role="volunteer"
        )
        result: dict[str, Any] = answer["results"][0]
        return result

    def request(self, quantity: int) -> str:
        """Ask for soap and have it approved; give the requisition's id."""
        requisition_id = new_id()
        self._send(
            "POST",
            "/distribution/api/v1/requisitions",
            {
                "requisition_id": requisition_id,
                "unit_code": UNIT,
                "needed_by": today(7),
                "lines": [{"product_code": SOAP, "quantity": quantity}],
            },
            role="outreach",
        )
        self._coordinator(
            "POST",
            f"/distribution/api/v1/requisitions/{requisition_id}/approve",
            {"command_id": new_id()},
        )
        return requisition_id

    def allocate(self) -> str:
        """Propose a run of soap, approve it and wait until inventory holds it.

        What was received a moment ago may still be on its way to distribution.
        """
        proposed: list[str] = []
        self._wait_until(
            lambda: self._proposes_soap(proposed), what="a run that gives soap"
        )
        run_id = proposed[-1]
        self._coordinator("POST", f"{RUNS}/{run_id}/approve", {"command_id": new_id()})
        self._wait_until(
            lambda: self._coordinator("GET", f"{RUNS}/{run_id}")["state"] != "approved",
            what="inventory answered the run",
        )
        return run_id

    def _proposes_soap(self, proposed: list[str]) -> bool:
        """Propose one more run; tell whether it gives anybody anything."""
        proposed.append(new_id())
        run = {"run_id": proposed[-1], "handover_on": today(), "product_codes": [SOAP]}
        answer = self._coordinator("POST", RUNS, run)
        return any(line["quantity"] for line in answer["lines"])

    def plan(self) -> str:
        """Put all that is held on a consignment; give its number."""
        answer = self._coordinator(
            "POST",
            "/distribution/api/v1/consignments",
            {
                "command_id": new_id(),
                "facility_code": FACILITY,
                "planned_on": today(),
            },
        )
        return str(answer["consignment_number"])

    def pick_list_of(self, consignment_number: str) -> dict[str, Any]:
        """Wait for the pick list of a consignment and give it."""
        found: list[dict[str, Any]] = []

        def is_there() -> bool:
            path = "/inventory/api/v1/pick-lists?status=open"
            items = self._send("GET", path, None, role="volunteer")["items"]
            found[:] = [
                item
                for item in items
                if item["consignment_number"] == consignment_number
            ]
            return bool(found)

        self._wait_until(is_there, what=f"the pick list of {consignment_number}")
        path = f"/inventory/api/v1/pick-lists/{found[0]['pick_list_number']}"
        pick_list: dict[str, Any] = self._send("GET", path, None, role="volunteer")
        return pick_list

    def pick(self, pick_list: dict[str, Any]) -> list[dict[str, Any]]:
        """Pick every line of a list; give the results."""
        return [
            self.scan(
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
            )
            for line in pick_list["lines"]
            if line["quantity"] > line["picked"]
        ]

    def dispatch(self, pick_list: dict[str, Any]) -> dict[str, Any]:
        """Let a picked consignment go."""
        number = pick_list["pick_list_number"]
        answer: dict[str, Any] = self._send(
            "POST",
            f"/inventory/api/v1/pick-lists/{number}/dispatch",
            {"command_id": new_id()},
            role="volunteer",
        )
        return answer

    def hand_over(self, consignment_number: str, *, refused: int = 0) -> None:
        """Wait until it is on its way, then hand it over; some of it is refused."""
        path = f"/distribution/api/v1/consignments/{consignment_number}"
        self._wait_until(
            lambda: self._coordinator("GET", path)["status"] == "in_transit",
            what=f"{consignment_number} is on its way",
        )
        lines = [
            {
                "unit_code": line["unit_code"],
                "product_code": line["product_code"],
                "lot_id": line["lot_id"],
                "accepted": line["quantity"] - refused,
                "refused": refused,
                "refusal_reason": REFUSAL if refused else None,
                "damaged": 0,
                "short": 0,
            }
            for line in self._coordinator("GET", path)["lines"]
        ]
        self._send(
            "POST",
            f"{path}/handover",
            {"command_id": new_id(), "occurred_at": now(), "lines": lines},
            role="outreach",
        )

    def numbers(self) -> dict[str, int]:
        """Give what the donor sees of its soap."""
        items = self._send("GET", "/donors/api/v1/me/summary", None, role="donor")
        for item in items["items"]:
            if item["product_code"] == SOAP:
                return {key: item[key] for key in BUCKETS}
        return dict.fromkeys(BUCKETS, 0)

    def _wait_until(self, is_true: Callable[[], bool], *, what: str) -> None:
        wait_until(is_true, what=what, seconds_max=self._patience_seconds)

    def _coordinator(self, method: str, path: str, body: Any = None) -> Any:
        return self._send(method, path, body, role="coordinator")


BUCKETS = (
    *("announced", "received", "refused", "in_stock", "reserved"),
    *("in_transit", "accepted", "lost", "returned"),
)
REFUSAL = "not_on_admission_list"
RUNS = "/distribution/api/v1/allocation-runs"


def new_id() -> str:
    """Make an id as a client does."""
    return str(_IDS.new_id())


def now() -> str:
    """Give the present instant as it is sent."""
    return _CLOCK.now().isoformat()


def today(days: int = 0) -> str:
    """Give a day counted from today, as it is sent."""
    return (local_day(_CLOCK.now()) + timedelta(days=days)).isoformat()


_SOAP = {
    "command_id": new_id(),
    "product_code": SOAP,
    "category": "hygiene",
    "names": {
        "en": "Bathing soap 100 g",
        "ru": "Мыло туалетное 100 г",
        "kk": "Иіс сабын 100 г",
    },
    "unit_of_issue": "bar",
    "packs": [{"gtin": "02000100010006", "quantity": 1}],
    "min_days_at_receipt": 90,
    "min_days_at_dispatch": 30,
    "sensitivity": 0,
    "flags": [],
}
_FACILITY = {
    "command_id": new_id(),
    "facility_code": FACILITY,
    "name": "EX Women's Facility A (example)",
    "audience": "detention",
    "kind": "prison",
    "region": "Almaty region",
}
_UNIT = {
    "command_id": new_id(),
    "unit_code": UNIT,
    "facility_code": FACILITY,
    "kind": "ward",
    "audience": "detention",
    "groups": ["women"],
    "name": "Ward A",
}
