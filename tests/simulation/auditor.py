"""An auditor who trusts no service: own books, and every message as it leaves.

Looks at every step for what may never be so, and at night, when everything has
been healed, for whether all three services tell the same as the books.
"""

from collections import Counter
from functools import partial
from itertools import cycle
from typing import Any

from shared.contracts.envelope import Envelope
from shared.contracts.registry import body_of, fact_of
from shared.kernel.clock import local_day
from tests.simulation.books import BUCKETS, Books, LotBook, at
from tests.simulation.own_pages import ACCOUNTS, check_own_page
from tests.simulation.trace import Violation
from tests.support.simulated_suite import SimulatedSuite

RETURNS, DISPATCH = "RETURNS", "DISPATCH"
LineKey = tuple[str, str, str]


def line_key(line: dict[str, Any]) -> LineKey:
    """Name a line of a consignment by unit, product and lot."""
    return line["unit_code"], line["product_code"], line["lot_id"]


class Auditor:
    """Listens, is told every answer, and complains by raising Violation."""

    def __init__(self, suite: SimulatedSuite) -> None:
        self.books = Books()
        self.earmarks: dict[str, list[str] | None] = {}
        self.groups: dict[str, set[str]] = {}
        self.stated: dict[str, dict[str, Any]] = {}
        self.said: Counter[str] = Counter()
        self.receipts: set[str] = set()
        self.dispatched: dict[str, Counter[LineKey]] = {}
        self.asked: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
        self.handed_over: dict[str, dict[LineKey, dict[str, int]]] = {}
        self.reserved: set[tuple[str, str]] = set()
        self.refusals: dict[str, tuple[str, str, int]] = {}
        self._suite = suite
        self._readers = cycle(ACCOUNTS)
        self._said: set[str] = set()
        self._handovers = 0
        self._changed = set(suite.services)
        for name, service in suite.services.items():
            service.database.on_commit(partial(self._changed.add, name))
        self._hearings = {
            "inventory.stock_changed.v1": self._stock_changed,
            "inventory.goods_received.v1": self._goods_received,
            "inventory.goods_refused.v1": self._goods_refused,
            "inventory.walk_in_gift_opened.v1": self._walk_in_gift_opened,
            "inventory.stock_reserved.v1": self._stock_reserved,
            "inventory.goods_dispatched.v1": self._goods_dispatched,
            "distribution.unit_registered.v1": self._unit_registered,
            "distribution.allocation_approved.v1": self._allocation_approved,
            "donors.gift_announced.v1": self._gift_announced,
        }

    def hear(self, envelope: Envelope) -> None:
        """Take a message as its source said it; no message is said twice."""
        message_id = str(envelope.message_id)
        if message_id in self._said:
            raise Violation("a message id was used twice", message_id)
        self._said.add(message_id)
        self.said[envelope.message_type] += 1
        hearing = self._hearings.get(envelope.message_type)
        if hearing:
            hearing(body_of(fact_of(envelope)))

    def took_in(self, lot: LotBook) -> None:
        """Open the lot of a receipt that was acknowledged, unless it is known."""
        known = self.books.lots.setdefault(lot.lot_id, lot)
        mine = (lot.product_code, lot.lot_number, lot.expires_on)
        if mine != (known.product_code, known.lot_number, known.expires_on):
            raise Violation(f"{mine} went into the lot {known}", lot.lot_id)
        if known.status != lot.status and lot.status == "quarantined":
            raise Violation(f"medicine skipped its reviewer: {known}", lot.lot_id)

    def recalled(self, product_code: str, lot_number: str) -> None:
        """Note a recall that was acknowledged: it is of every gift's goods."""
        for lot in self.books.lots.values():
            if (lot.product_code, lot.lot_number) == (product_code, lot_number):
                lot.status = "recalled"

    def handed(self, number: str, lines: dict[LineKey, dict[str, int]]) -> None:
        """Note a handover that was acknowledged; it replaces an earlier one."""
        for key, ends in self.handed_over.pop(number, {}).items():
            self._settle(number, key, ends, -1)
        self.handed_over[number] = lines
        for key, ends in lines.items():
            self._settle(number, key, ends, 1)

    def _settle(
        self, number: str, key: LineKey, ends: dict[str, int], sign: int
    ) -> None:
        unit_code, _, lot_id = key
        targets = {
            "accepted": f"delivered:{unit_code}",
            "refused": at(RETURNS),
            "damaged": "loss:DAMAGED",
            "short": "loss:LOST",
        }
        self._handovers += 1
        self.books.post(
            f"handover {self._handovers} of {number}",
            lot_id,
            [(f"transit:{number}", targets[e], sign * n) for e, n in ends.items()],
            acknowledged=False,
        )

    def _stock_changed(self, said: dict[str, Any]) -> None:
        lot_id = said["lot_id"]
        held = sum(said[bucket] for bucket in BUCKETS[1:])
        if said["received"] != held or said["lost"] != sum(
            said["lost_by_reason"].values()
        ):
            raise Violation(f"the buckets of a lot do not add up: {said}", lot_id)
        if not 0 <= said["reserved"] <= said["in_stock"]:
            raise Violation(f"more is promised than is there: {said}", lot_id)
        before = self.stated.get(lot_id)
        if before and said["version"] <= before["version"]:
            raise Violation(f"version {said['version']} was said twice", lot_id)
        self.stated[lot_id] = said

    def _goods_received(self, said: dict[str, Any]) -> None:
        lot = self.books.lots.get(said["lot_id"])
        if lot is None:
            raise Violation(f"nobody was told of this receipt: {said}", said["lot_id"])
        if lot.gift_number not in {"", said["gift_number"]}:
            raise Violation(f"a lot changed its gift: {said}", lot.lot_id)
        lot.gift_number = said["gift_number"]
        if said["movement_id"] in self.receipts:
            raise Violation("a receipt was said twice", said["movement_id"])
        self.receipts.add(said["movement_id"])

    def _goods_refused(self, said: dict[str, Any]) -> None:
        if said["refusal_id"] in self.refusals:
            raise Violation("a refusal was said twice", said["refusal_id"])
        self.refusals[said["refusal_id"]] = (
            said["gift_number"],
            said["product_code"],
            said["quantity"],
        )

    def _walk_in_gift_opened(self, said: dict[str, Any]) -> None:
        self.earmarks[said["gift_number"]] = None

    def _gift_announced(self, said: dict[str, Any]) -> None:
        self.earmarks[said["gift_number"]] = said["earmark"]

    def _unit_registered(self, said: dict[str, Any]) -> None:
        self.groups[said["unit_code"]] = set(said["groups"])

    def _allocation_approved(self, said: dict[str, Any]) -> None:
        for line in said["lines"]:
            self._check_earmark(line["unit_code"], line["lot_id"])
            key = said["run_id"], line["product_code"]
            wanted = self.asked.setdefault(key, Counter())
            wanted[line["unit_code"], line["lot_id"]] += line["quantity"]

    def _stock_reserved(self, said: dict[str, Any]) -> None:
        key = said["run_id"], said["product_code"]
        if key in self.reserved:
            raise Violation("one approval was reserved twice", *key)
        self.reserved.add(key)
        held: Counter[tuple[str, str]] = Counter()
        for line in said["lines"]:
            held[line["unit_code"], line["lot_id"]] += line["quantity"]
        if held != self.asked.get(key):
            raise Violation(f"asked for {self.asked.get(key)}, held {held}", *key)

    def _goods_dispatched(self, said: dict[str, Any]) -> None:
        number = said["consignment_number"]
        if number in self.dispatched:
            raise Violation("a consignment left twice", number)
        sent = self.dispatched[number] = Counter()
        for line in said["lines"]:
            sent[line_key(line)] += line["quantity"]
        for (unit_code, _, lot_id), quantity in sent.items():
            if quantity:
                self._check_may_leave(number, unit_code, lot_id, quantity)
                self.books.post(
                    f"{number} {unit_code} {lot_id}",
                    lot_id,
                    [(at(DISPATCH), f"transit:{number}", quantity)],
                    acknowledged=False,
                )

    def _check_may_leave(
        self, number: str, unit_code: str, lot_id: str, quantity: int
    ) -> None:
        lot = self.books.lots[lot_id]
        today = local_day(self._suite.clock.now()).isoformat()
        if lot.status != "released" or (lot.expires_on or today) < today:
            raise Violation(
                f"{lot.status} goods, good until {lot.expires_on}, left", lot_id
            )
        if lot.balances[at(DISPATCH)] < quantity:
            raise Violation(f"{number} took {quantity} nobody had picked", lot_id)
        self._check_earmark(unit_code, lot_id)

    def _check_earmark(self, unit_code: str, lot_id: str) -> None:
        gift_number = self.books.lots[lot_id].gift_number
        if gift_number not in self.earmarks:
            raise Violation(f"nobody announced {gift_number} yet", lot_id)
        earmark = self.earmarks[gift_number]
        if earmark is not None and self.groups[unit_code].isdisjoint(earmark):
            raise Violation(f"goods for {earmark} are meant for {unit_code}", lot_id)

    def check_step(self) -> None:
        """Look at what is never out of step, where anything was committed since."""
        changed = set(self._changed)
        self._changed.clear()
        if "inventory" in changed:
            self._check_stock()
        if "donors" in changed:
            self._check_donors()
            check_own_page(self._suite, next(self._readers))

    def _check_stock(self) -> None:
        """Compare every shelf; only what comes back from a gate may lag behind."""
        found: Counter[tuple[str, str]] = Counter()
        for line in self._suite.all_of("volunteer", "inventory", "/stock"):
            if not 0 <= line["reserved"] <= line["on_hand"]:
                raise Violation(f"more is promised than is there: {line}")
            found[line["lot_id"], at(line["location_code"])] = line["on_hand"]
        for lot_id, lot in self.books.lots.items():
            for account, quantity in lot.balances.items():
                is_place = account.startswith("at:") and account != at(RETURNS)
                if is_place and found[lot_id, account] != quantity:
                    raise Violation(
                        f"{account} should hold {quantity} and holds "
                        f"{found[lot_id, account]}",
                        lot_id,
                    )
        unknown = [key for key in found if key[0] not in self.books.lots]
        if unknown:
            raise Violation(f"nobody was told of {unknown}", unknown[0][0])

    def _check_donors(self) -> None:
        for gift in self._suite.all_of("coordinator", "donors", "/gifts"):
            for item in gift["items"]:
                number, product = gift["gift_number"], item["product_code"]
                held = sum(item[bucket] for bucket in BUCKETS[1:])
                if item["received"] != held or item["reserved"] > item["in_stock"]:
                    raise Violation(f"a donor is told what cannot be: {item}", number)
                if item["received"] > self.books.most_received(number, product):
                    raise Violation(f"{number} has more than came: {item}", number)
