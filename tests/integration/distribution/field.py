"""Distribution at work: places and people as JSON, the warehouse played by messages."""

from dataclasses import replace
from datetime import date
from uuid import uuid5

from shared.contracts.distribution_v1 import AllocationApproved, ConsignmentPlanned
from shared.contracts.inventory_v1 import (
    DispatchedLine,
    GoodsDispatched,
    LotRecalled,
    LotShortage,
    LotWentTo,
    ProductRegistered,
    ReservationRefused,
    ReservedLine,
    StockChanged,
    StockReserved,
)
from shared.contracts.registry import fact_of
from shared.messaging.journal import read_envelope
from tests.support.envelopes import NAMESPACE, in_envelope

SOAP, TOWEL, FORMULA, RAZOR = "HYG-SOAP-B", "HYG-TOWEL", "INF-FORM", "HYG-RAZOR"
TODAY = date(2026, 11, 20)
BUCKETS = ("received", "in_stock", "reserved", "in_transit", "accepted", "lost")


def named(name):
    """The id of a thing the test calls by name."""
    return str(uuid5(NAMESPACE, name))


def a_product(code, *, flags=(), version=1, min_days=30):
    return ProductRegistered(
        product_code=code,
        version=version,
        category="hygiene",
        names={"en": f"{code} in English", "ru": f"{code} по-русски", "kk": code},
        unit_of_issue="bar",
        packs=(),
        min_days_at_receipt=90,
        min_days_at_dispatch=min_days,
        sensitivity=0,
        flags=tuple(flags),
    )


def a_lot(name, version=1, **more):
    """The state of a lot; what is said to be available is in stock."""
    quantity = more.get("available", 100)
    state = {
        "lot_id": uuid5(NAMESPACE, name),
        "version": version,
        "product_code": SOAP,
        "lot_number": name,
        "expires_on": date(2028, 3, 31),
        "received_on": date(2026, 9, 1),
        "gift_number": "G-2026-001",
        "earmark": None,
        "lot_status": "released",
        "available": quantity,
        "lost_by_reason": {},
        "returned": 0,
        **dict.fromkeys(BUCKETS, 0),
    }
    return StockChanged(**{**state, "received": quantity, "in_stock": quantity} | more)


class Field:
    """Everything a test does in the field, in one line each."""

    def __init__(self, app, caller):
        self.app = app
        self.coordinator = caller("coordinator")
        self.outreach = caller("outreach")
        self.auditor = caller("auditor")
        self._lots = {}
        self._answered = set()

    def hear(self, *facts):
        """Take messages in; each is another message, even with the same words."""
        self._heard = getattr(self, "_heard", 0)
        batch = []
        for fact in facts:
            self._heard += 1
            batch.append(in_envelope(fact, name=f"{fact!r}{self._heard}"))
        self.app.station.inbox.take(batch)
        assert self.waiting() == []

    def waiting(self):
        """What could not take effect: the reasons."""
        waiting = self.app.station.inbox._tables.waiting
        with self.app.database.reading() as connection:
            return list(connection.execute(waiting.select()))

    def said(self, kind):
        """Every fact of a kind that was announced, in order."""
        outbox = self.app.station.inbox._tables.outbox
        with self.app.database.reading() as connection:
            rows = connection.execute(outbox.select().order_by(outbox.c.position))
            facts = [fact_of(read_envelope(row.envelope)) for row in rows]
        return [fact for fact in facts if isinstance(fact, kind)]

    def put(self, name, available=100, **more):
        """Put a lot on the warehouse's shelf."""
        lot = a_lot(name, available=available, **more)
        self._lots[lot.lot_id] = lot
        self.hear(lot)

    def place(self, facility_code="EX-WF", audience="detention", **more):
        return self.coordinator.send(
            "/facilities",
            facility_code=facility_code,
            audience=audience,
            name=f"{facility_code} (example)",
            **more,
        )

    def unit(self, unit_code="W-A", heads=40, facility_code="EX-WF", **more):
        """Register a unit with so many adult women."""
        answer = self.coordinator.send(
            "/units",
            unit_code=unit_code,
            facility_code=facility_code,
            kind=more.pop("kind", "ward"),
            groups=more.pop("groups", ["women"]),
            **more,
        )
        assert answer.status_code == 201, answer.json
        if heads:
            self.count(unit_code, women_18_49=heads)
        return answer.json

    def count(self, unit_code, as_of="2026-11-01", **bands):
        return self.coordinator.put_json(
            f"/units/{unit_code}/headcounts",
            command_id=named(f"{unit_code}{as_of}{bands}"),
            as_of=as_of,
            bands=bands,
        )

    def asks(self, name, unit_code="W-A", by="2026-11-26", **lines):
        """Submit a requisition of products given as ``SOAP=40``."""
        return self.outreach.send(
            "/requisitions",
            requisition_id=named(name),
            unit_code=unit_code,
            needed_by=by,
            lines=[
                {"product_code": globals()[code], "quantity": quantity}
                for code, quantity in lines.items()
            ],
        )

    def approved(self, name, unit_code="W-A", by="2026-11-26", **lines):
        """Submit and approve."""
        asked = self.asks(name, unit_code, by, **lines)
        assert asked.status_code == 201, asked.json
        answer = self.coordinator.send(
            f"/requisitions/{named(name)}/approve", command_id=named(f"approve {name}")
        )
        assert answer.status_code == 200, answer.json
        return answer.json

    def requisition(self, name):
        return self.coordinator.fetch(f"/requisitions/{named(name)}").json

    def line(self, name, product_code=SOAP):
        lines = self.requisition(name)["lines"]
        return next(each for each in lines if each["product_code"] == product_code)

    def propose(self, name="run", **more):
        body = {"run_id": named(name), "handover_on": "2026-11-26", **more}
        return self.coordinator.send("/allocation-runs", **body)

    def approve(self, name="run"):
        return self.coordinator.send(
            f"/allocation-runs/{named(name)}/approve",
            command_id=named(f"approve run {name}"),
        )

    def override(self, name="run", unit_code="W-A", quantity=0, **more):
        line = {"unit_code": unit_code, "product_code": SOAP, "quantity": quantity}
        line["reason"] = "no other source this month"
        return self.coordinator.patch_json(
            f"/allocation-runs/{named(name)}/lines",
            command_id=named(f"{name}{unit_code}{quantity}{more}"),
            lines=[{**line, **more}],
        )

    def run(self, name="run"):
        return self.coordinator.fetch(f"/allocation-runs/{named(name)}").json

    def given(self, name="run"):
        """What each unit is to get, by unit and product."""
        lines = self.run(name)["lines"]
        return {(x["unit_code"], x["product_code"]): x["quantity"] for x in lines}

    def answer(self, *, refuse=()):
        """Let the warehouse answer every approved run it has not answered."""
        for run in self.said(AllocationApproved):
            if run.run_id not in self._answered:
                self._answered.add(run.run_id)
                for code in sorted({line.product_code for line in run.lines}):
                    lines = [each for each in run.lines if each.product_code == code]
                    self._answer(run, code, lines, is_refused=code in refuse)

    def _answer(self, run, code, lines, *, is_refused):
        if is_refused:
            short = LotShortage(lines[0].lot_id, asked=lines[0].quantity, free=0)
            self.hear(ReservationRefused(run.run_id, code, "stock moved", (short,)))
            return
        for line in lines:
            self._change(line.lot_id, available=-line.quantity, reserved=line.quantity)
        held = tuple(
            ReservedLine(
                line.unit_code,
                line.lot_id,
                line.quantity,
                self._lots[line.lot_id].version,
            )
            for line in lines
        )
        self.hear(StockReserved(run.run_id, code, held))
        self.hear(*(self._lots[lot_id] for lot_id in {x.lot_id for x in lines}))

    def _change(self, lot_id, **differences):
        lot = self._lots[lot_id]
        values = {k: getattr(lot, k) + v for k, v in differences.items()}
        self._lots[lot_id] = replace(lot, version=lot.version + 1, **values)

    def reserved(self, name="run"):
        """Propose, approve and let the warehouse reserve."""
        assert self.propose(name).status_code == 201
        answer = self.approve(name)
        assert answer.status_code == 200, answer.json
        self.answer()

    def consignment(self, name="consignment", facility_code="EX-WF", **more):
        return self.coordinator.send(
            "/consignments",
            command_id=named(name),
            facility_code=facility_code,
            planned_on="2026-11-26",
            **more,
        )

    def leaves(self, number="C-2026-0001", *, short=0, swap=None, leaving_out=None):
        """Let the warehouse dispatch a consignment, perhaps some short.

        ``leaving_out`` names a unit whose goods it has taken off the list.
        """
        plan = next(
            each
            for each in self.said(ConsignmentPlanned)
            if each.consignment_number == number
        )
        lines = []
        for line in plan.lines:
            is_out = line.unit_code == leaving_out
            left = 0 if is_out else max(0, line.quantity - short)
            short -= 0 if is_out else line.quantity - left
            lot_id = uuid5(NAMESPACE, swap) if swap else line.lot_id
            lines.append(
                DispatchedLine(
                    line.unit_code, line.product_code, lot_id, line.quantity, left
                )
            )
        reason = "not_found" if any(x.quantity < x.planned for x in lines) else None
        self.hear(GoodsDispatched(number, "WB-2026-0001", tuple(lines), reason))

    def on_the_way(self):
        """Bring what is approved as far as the gate."""
        self.reserved()
        assert self.consignment().status_code == 201
        self.leaves()

    def gate_lines(self, number="C-2026-0001", **ends):
        """Every dispatched line accepted, but for what ``ends`` says of each."""
        lines = self.coordinator.fetch(f"/consignments/{number}").json["lines"]
        kept = ("unit_code", "product_code", "lot_id")
        return [
            {**{key: line[key] for key in kept}, **ends}
            | {
                "accepted": line["quantity"]
                - sum(n for n in ends.values() if isinstance(n, int))
            }
            for line in lines
        ]

    def hands_over(self, number="C-2026-0001", *, by=None, name="handover", **more):
        ends = more.pop("ends", {})
        body = {
            "command_id": named(name),
            "occurred_at": "2026-11-20T11:00:00+05:00",
            "lines": self.gate_lines(number, **ends),
        }
        caller = by or self.outreach
        return caller.send(f"/consignments/{number}/handover", **{**body, **more})

    def recalls(self, name):
        lot_id = uuid5(NAMESPACE, name)
        went_to = (LotWentTo("W-A", "C-2026-0001", 1),)
        self.hear(LotRecalled(SOAP, name, (lot_id,), "mould", went_to))
