"""The gifts of the story and how they come through the door.

``receipts.csv`` lists what came in with which receipt, one lot a line. Every lot
is scanned: dated goods by the square code of their pack, others by its bars.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from deploy.demo.catalogue import category, gtin
from deploy.demo.stage import Stage
from deploy.demo.warehouse import (
    carry,
    every,
    lines_of,
    lots,
    scan,
    sign_notes,
)

RECEIPTS = Path(__file__).with_name("receipts.csv")
SHELVES = {
    "hygiene": "A-01",
    "menstrual": "A-02",
    "infant": "A-03",
    "medicine": "A-05",
    "treat": "A-06",
}
OTHER_SHELF = "A-04"
COOL = 11.5
"""What the thermometer says of goods that are kept cold."""

COLD = "MED-SUPP"
UNREADABLE = "UNREADABLE-1"
"""Written by hand on the one pack of the story whose print is smeared."""


def shelf_of(product_code: str) -> str:
    """Give the location where a product stands."""
    return SHELVES.get(category(product_code), OTHER_SHELF)


@dataclass(frozen=True, slots=True)
class Box:
    """So many of one lot, as they stand on the pallet."""

    product_code: str
    lot_number: str
    expires_on: str
    quantity: int

    @property
    def raw(self) -> str:
        """What the scanner reads: the square code, or the bars alone."""
        number = gtin(self.product_code)
        if not self.lot_number:
            return number
        day = self.expires_on.replace("-", "")[2:]
        expiry = f"17{day}" if day else ""
        return f"]d201{number:0>14}{expiry}10{self.lot_number}"

    def received(self, gift_number: str | None) -> dict[str, Any]:
        """Write the scan that takes it in."""
        gift = {} if gift_number is None else {"gift_number": gift_number}
        reading = {"temperature_celsius": COOL} if self.product_code == COLD else {}
        return {
            "action": "receive",
            "raw": self.raw,
            "quantity": self.quantity,
            "location_code": shelf_of(self.product_code),
            **gift,
            **reading,
        }


@cache
def boxes(receipt: str) -> Sequence[Box]:
    """Give what came in with a receipt."""
    with RECEIPTS.open(encoding="utf-8", newline="") as table:
        return tuple(
            Box(
                row["product_code"],
                row["lot_number"],
                row["expires_on"],
                int(row["quantity"]),
            )
            for row in csv.DictReader(table)
            if row["receipt"] == receipt
        )


def announce(
    stage: Stage,
    donor_code: str,
    expected: Mapping[str, int],
    earmark: Sequence[str] | None = None,
) -> str:
    """Let the coordinator announce a gift; give its number."""
    coordinator = stage.person("coordinator")
    body = {
        "command_id": coordinator.new_id(),
        "donor_code": donor_code,
        "expected": lines_of(expected),
        "earmark": list(earmark) if earmark else None,
    }
    answer = coordinator.post("donors", "/gifts", body)
    stage.deliver()
    return str(answer["gift_number"])


def bring(
    stage: Stage,
    receipt: str,
    donor_code: str,
    earmark: Sequence[str] | None = None,
    **more: int,
) -> str:
    """Announce a gift and take it in; give its number.

    ``more`` was announced beyond what came, by product code with ``_`` for ``-``.
    """
    expected: dict[str, int] = defaultdict(int)
    for box in boxes(receipt):
        expected[box.product_code] += box.quantity
    for name, quantity in more.items():
        expected[name.replace("_", "-")] += quantity
    gift_number = announce(stage, donor_code, expected, earmark)
    readable = (box for box in boxes(receipt) if box.lot_number != UNREADABLE)
    take_in(stage, readable, gift_number)
    sign_notes(stage)
    return gift_number


def take_in(stage: Stage, goods: Iterable[Box], gift_number: str | None = None) -> None:
    """Let the volunteer scan boxes in; without a gift number, as a walk-in gift."""
    scan(stage, (box.received(gift_number) for box in goods))


def take_in_late(stage: Stage, receipt: str, arrived_at: datetime) -> None:
    """Enter what stood on the shelves before anybody scanned, as it arrived."""
    lines = (
        {**box.received(None), "occurred_at": arrived_at.isoformat()}
        for box in boxes(receipt)
    )
    scan(stage, lines)


def turn_away(
    stage: Stage,
    gift_number: str,
    refused: Iterable[tuple[str, int, str]],
    *,
    expires_on: date | None = None,
) -> None:
    """Record goods of a gift that are not taken in: product, quantity, reason.

    With an expiry date they are scanned as received first, and the rule says no.
    """
    for product_code, quantity, reason in refused:
        line: dict[str, Any] = {
            "raw": gtin(product_code),
            "quantity": quantity,
            "gift_number": gift_number,
        }
        if expires_on is not None:
            dated = {"expires_on": expires_on.isoformat(), "lot_number": "SHORT-1"}
            tried = {"action": "receive", "location_code": "A-05", **dated}
            scan(stage, [{**line, **tried}], ends="refused")
        scan(stage, [{**line, "action": "refuse", "reason": reason}])


def put_back(stage: Stage, product_code: str) -> None:
    """Carry what gates have refused of a product back to its shelf."""
    for row in lots(stage, product_code, location_code="RETURNS"):
        carry(stage, row, shelf_of(product_code))


def name_donor(stage: Stage, on: date, donor_code: str) -> None:
    """Let the coordinator say who brought the walk-in gift of a day."""
    coordinator = stage.person("coordinator")
    start = f"W-{on:%Y%m%d}-"
    stage.deliver()
    for gift in list(every(coordinator, "donors", "/gifts")):
        if gift["gift_number"].startswith(start):
            coordinator.post(
                "donors",
                f"/gifts/{gift['gift_number']}/donor",
                {"command_id": coordinator.new_id(), "donor_code": donor_code},
            )
