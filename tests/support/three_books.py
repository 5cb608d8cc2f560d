"""What the three services say of the same goods, each asked by its public API.

Nothing here trusts a sum that one service made of another's numbers: the ledger is
added up from its movements, the gates from their lines.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.support.suite import Suite

READER = "auditor"
PAGE_ROWS = 500


class Place(NamedTuple):
    """Goods of one gift in one state, such as ``accepted``."""

    gift_number: str
    product_code: str
    bucket: str


class Gate(NamedTuple):
    """Goods of one lot that ended in one way at the gates, or travel to one."""

    lot_id: str
    end: str


BUCKETS = {
    "location": "in_stock",
    "transit": "in_transit",
    "delivered": "accepted",
    "loss": "lost",
    "returned": "returned",
}
"""Where an account of the ledger is counted; what is in kits, by where they are."""

GATE_ENDS = {
    "HANDOVER": "accepted",
    "GATE_REFUSAL": "refused",
    "DAMAGED": "damaged",
    "LOST": "short",
}
"""What the ledger calls the ways in which a line can end at a gate."""


class Ledger:
    """The warehouse's movements of every product."""

    def __init__(self, suite: Suite) -> None:
        self._suite = suite
        self._movements = [
            {**movement, "product_code": product["product_code"]}
            for product in every(suite, "/inventory/api/v1/products")
            for movement in every(
                suite, f"/inventory/api/v1/stock-cards/{product['product_code']}"
            )
        ]

    def by_gift(self) -> Counter[Place]:
        """Count where the goods of every gift are, those in kits with their kit."""
        gifts = self._gift_of_each_lot()
        held = self._by_lot()
        found: Counter[Place] = Counter()
        for (lot_id, product_code, bucket), quantity in held.items():
            if lot_id in gifts:
                found[Place(gifts[lot_id], product_code, bucket)] += quantity
        for kit in every(self._suite, "/inventory/api/v1/kits"):
            for bucket in BUCKETS.values():
                kits = held[kit["lot_id"], kit["product_code"], bucket]
                for part in kit["contents"]:
                    place = (part["gift_number"], part["product_code"], bucket)
                    found[Place(*place)] += kits * part["quantity"]
        return +found

    def at_the_gates(self) -> Counter[Gate]:
        """Count how the goods of every lot ended at the gates, or that they travel."""
        reasons = {each["movement_id"]: each["reason"] for each in self._movements}
        found: Counter[Gate] = Counter()
        for each in self._movements:
            reason = reasons.get(each["reverses"], each["reason"])
            for side, sign in (("source", 1), ("target", -1)):
                if _kind(each[side]) == "transit":
                    found[Gate(each["lot_id"], "in_transit")] -= sign * each["quantity"]
                    if end := GATE_ENDS.get(reason):
                        found[Gate(each["lot_id"], end)] += sign * each["quantity"]
        return +found

    def _by_lot(self) -> Counter[tuple[str, str, str]]:
        held: Counter[tuple[str, str, str]] = Counter()
        for each in self._movements:
            for side, sign in (("target", 1), ("source", -1)):
                if bucket := BUCKETS.get(_kind(each[side])):
                    key = (each["lot_id"], each["product_code"], bucket)
                    held[key] += sign * each["quantity"]
        return held

    def _gift_of_each_lot(self) -> dict[str, str]:
        notes: dict[str, str] = {}
        gifts: dict[str, str] = {}
        for each in self._movements:
            if each["reason"] == "RECEIPT":
                number = each["document"]
                notes[number] = notes.get(number) or self._gift_of_note(number)
                gifts[each["lot_id"]] = notes[number]
        return gifts

    def _gift_of_note(self, grn_number: str) -> str:
        note = read(self._suite, f"/inventory/api/v1/receiving-notes/{grn_number}")
        return str(note["note"]["gift_number"])


def told_to_donors(suite: Suite) -> Counter[Place]:
    """Give what every donor is told of its own goods, gift by gift."""
    found: Counter[Place] = Counter()
    for gift in every(suite, "/donors/api/v1/gifts"):
        for item in gift["items"]:
            for bucket in BUCKETS.values():
                place = Place(gift["gift_number"], item["product_code"], bucket)
                found[place] += item[bucket]
    return +found


def recorded_at_the_gates(suite: Suite) -> Counter[Gate]:
    """Count what distribution holds of each lot that left: how it ended, or that."""
    found: Counter[Gate] = Counter()
    for line in _lines_that_left(suite):
        ends = {end: line[end] or 0 for end in GATE_ENDS.values()}
        for end, quantity in ends.items():
            found[Gate(line["lot_id"], end)] += quantity
        travels = line["dispatched"] - sum(ends.values())
        found[Gate(line["lot_id"], "in_transit")] += travels
    return +found


def _lines_that_left(suite: Suite) -> Iterator[dict[str, Any]]:
    consignments = "/distribution/api/v1/consignments"
    for head in every(suite, consignments):
        whole = read(suite, f"{consignments}/{head['consignment_number']}")
        yield from (line for line in whole["lines"] if line["dispatched"])


def every(suite: Suite, path: str) -> Iterable[dict[str, Any]]:
    """Read a list to its end."""
    cursor = ""
    while cursor is not None:
        query = f"?limit={PAGE_ROWS}" + (f"&cursor={cursor}" if cursor else "")
        answer = read(suite, path + query)
        yield from answer["items"]
        cursor = answer.get("next")


def read(suite: Suite, path: str) -> Any:
    """Read as the auditor, who may read everything and change nothing."""
    return suite.request("GET", path, role=READER).json()


def _kind(account: str) -> str:
    return account.partition(":")[0]
