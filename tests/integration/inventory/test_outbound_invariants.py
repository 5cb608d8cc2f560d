"""Whatever happens on the way out, the books agree with each other."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import update

from services.inventory.adapters.outbound.tables import DISPATCHED_LINES, HOLDS
from services.inventory.adapters.verification.outbound import verify_outbound
from services.inventory.application.holding.release_reservation import withdraw_lot
from services.inventory.application.outbound.undo_pick import undo_pick
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import DISPATCH, Movement, Reason, location
from shared.contracts.distribution_v1 import (
    AllocationCancelled,
    ConsignmentCancelled,
    HandoverLine,
)
from shared.contracts.inventory_v1 import (
    GoodsDispatched,
    StockChanged,
)
from shared.kernel.errors import DomainError
from tests.support.store import PICKER, Store, a_share, an_ending, an_id

LOTS = ("L1", "L2", "L3")
PLACES = ("A-01", "A-02")
UNITS = ("U-1", "U-2")
quantities = st.integers(1, 8)


def verify(store: Store) -> Sequence[dict[str, Any]]:
    with store.database.reading() as connection:
        return verify_outbound(connection)


def violations(store: Store) -> list[Any]:
    return [wrong for check in verify(store) for wrong in check["violations"]]


class WayOut(RuleBasedStateMachine):
    """Reserve, plan, pick, undo, withdraw, cancel, send and settle, as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = Store(f"sqlite:///{Path(self.folder.name) / 'store.sqlite3'}")
        for lot in LOTS:
            self.store.shelve(lot, dict.fromkeys(PLACES, 20))
        self.lines: dict[str, Any] = {}
        self.lists: dict[str, str] = {}
        self.picks: list[Any] = []
        self.handovers: dict[str, list[str]] = {}

    def teardown(self) -> None:
        self.store.database.close()
        self.folder.cleanup()

    @rule(
        wishes=st.lists(
            st.tuples(st.sampled_from(LOTS), quantities, st.sampled_from(UNITS)),
            min_size=1,
            max_size=3,
        )
    )
    def approve(self, wishes) -> None:
        run = f"run {len(self.lines)}"
        self.lines[run] = [
            a_share(an_id(lot), quantity, unit) for lot, quantity, unit in wishes
        ]
        self.store.approve(*self.lines[run], run=run)

    @precondition(lambda self: self.lines)
    @rule(choice=st.data(), steps=st.integers(1, 5))
    def advance(self, choice, steps) -> None:
        """Lead one run towards its handover, some steps of the way."""
        run = choice.draw(st.sampled_from(sorted(self.lines)))
        number = run.replace("run", "C")
        for _ in range(steps):
            if number not in self.lists:
                self.plan(run, number)
            elif number in self.handovers or self.is_sent(number):
                self.hand_over(choice, number)
            elif self.still_asked(number):
                self.pick_list(number)
            else:
                self.dispatch(number, None)

    def plan(self, run, number) -> None:
        try:
            self.lists[number] = self.store.plan(*self.lines[run], number=number)
        except KeyError:
            self.lists[number] = "PL-2026-999999"

    def still_asked(self, number) -> list[Any]:
        try:
            lines = self.store.pick_list(self.lists[number]).lines
        except DomainError:
            return []
        return [line for line in lines if line.quantity > line.picked]

    def pick_list(self, number) -> None:
        for line in self.still_asked(number):
            wanted = line.quantity - line.picked
            place = line.location_code
            self.pick(self.lists[number], wanted, line.lot_id, place, None)

    def dispatch(self, number, reason) -> None:
        try:
            self.store.dispatch(self.lists[number], reason)
        except DomainError:
            return

    def is_sent(self, number) -> bool:
        sent = self.store.facts(GoodsDispatched)
        return number in {each.consignment_number for each in sent}

    @precondition(lambda self: self.lists)
    @rule(
        choice=st.data(),
        lot=st.sampled_from(LOTS),
        place=st.sampled_from([None, *PLACES]),
        quantity=quantities,
        reason=st.sampled_from([None, "nearer"]),
    )
    def pick_anything(self, choice, lot, place, quantity, reason) -> None:
        number = choice.draw(st.sampled_from(sorted(self.lists.values())))
        self.pick(number, quantity, an_id(lot), place, reason)

    def pick(self, number, quantity, lot_id, place, reason) -> None:
        try:
            picked = self.store.pick(
                number,
                quantity,
                lot_id=lot_id,
                location_code=place,
                other_lot_reason=reason,
            )
        except DomainError:
            return
        self.picks.append(picked.movement_id)

    @precondition(lambda self: self.picks)
    @rule(choice=st.data())
    def undo(self, choice) -> None:
        movement_id = choice.draw(st.sampled_from(self.picks))
        try:
            with self.store.working() as work:
                picked = work.movements.of(movement_id)
                work.ledger.post(
                    Movement(
                        work.ids.new_id(),
                        picked.lot_id,
                        picked.quantity,
                        location(DISPATCH),
                        picked.source,
                        Reason.REVERSAL,
                        self.store.clock.now(),
                        PICKER,
                        reverses=movement_id,
                    )
                )
                undo_pick(work, movement_id)
        except DomainError:
            return
        self.picks.remove(movement_id)

    @rule(lot=st.sampled_from(LOTS), hold=st.sampled_from(["recalled", "released"]))
    def decide_on(self, lot, hold) -> None:
        with self.store.working() as work:
            lot_id = an_id(lot)
            work.ledger.change(work.ledger.of(lot_id).lot.held_as(LotStatus(hold)))
            if hold == "recalled":
                withdraw_lot(work, lot_id)

    @precondition(lambda self: self.lines)
    @rule(choice=st.data())
    def cancel_run(self, choice) -> None:
        run = choice.draw(st.sampled_from(sorted(self.lines)))
        self.store.hear(AllocationCancelled(an_id(run), None, "planned anew"))

    @precondition(lambda self: self.lines)
    @rule(choice=st.data(), unit=st.sampled_from(UNITS))
    def close_unit(self, choice, unit) -> None:
        run = choice.draw(st.sampled_from(sorted(self.lines)))
        called_off = AllocationCancelled(an_id(run), None, "unit_closed", (unit,))
        self.store.hear(called_off)

    @precondition(lambda self: self.lists)
    @rule(choice=st.data())
    def cancel_consignment(self, choice) -> None:
        number = choice.draw(st.sampled_from(sorted(self.lists)))
        self.store.hear(ConsignmentCancelled(number, "road closed"))

    @precondition(lambda self: self.lists)
    @rule(choice=st.data())
    def dispatch_short(self, choice) -> None:
        number = choice.draw(st.sampled_from(sorted(self.lists)))
        self.dispatch(number, "the van is full")

    def hand_over(self, choice, number) -> None:
        (consignment,) = (
            each
            for each in self.store.facts(GoodsDispatched)
            if each.consignment_number == number
        )
        lines = [self._ending(choice, line) for line in consignment.lines]
        told = self.handovers.setdefault(number, [])
        name = f"{number} {len(told)}"
        earlier = choice.draw(st.sampled_from([*told[-1:], *told, None]))
        told.append(name)
        self.store.hand_over(*lines, handover=name, corrects=earlier, number=number)

    def _ending(self, choice, line) -> HandoverLine:
        rest, parts = line.quantity, []
        for _ in range(3):
            parts.append(choice.draw(st.integers(0, rest)))
            rest -= parts[-1]
        accepted, refused, damaged = parts
        return an_ending(
            line.lot_id,
            accepted,
            refused=refused,
            damaged=damaged,
            short=rest,
            unit_code=line.unit_code,
        )

    @invariant()
    def books_agree(self) -> None:
        """INV-02, INV-08: holds, picks, transit and settlements say one thing."""
        assert violations(self.store) == []

    @invariant()
    def every_unit_is_somewhere(self) -> None:
        """INV-01, as donors see it."""
        for fact in self.store.facts(StockChanged):
            gone = fact.in_transit + fact.accepted + fact.lost + fact.returned
            assert fact.received == fact.in_stock + gone == 40

    @invariant()
    def only_refusals_are_parked(self) -> None:
        """No message fails for any reason but a rule."""
        assert all(name.endswith("Error") for name in self.store.waiting())
        bugs = {"IntegrityError", "AssertionError", "KeyError", "OperationalError"}
        assert bugs.isdisjoint(self.store.waiting())


TestWayOut = WayOut.TestCase
TestWayOut.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)


class TestVerification:
    @pytest.fixture
    def sent(self, store: Store) -> Store:
        lot = store.shelve("L1", {"A-01": 30})
        store.approve(a_share(lot, 25))
        number = store.plan(a_share(lot, 15))
        store.pick(number, 15, lot_id=lot)
        store.dispatch(number)
        store.hand_over(an_ending(lot, 12))
        return store

    def test_finds_nothing_wrong_where_nothing_is(self, sent: Store):
        checks = verify(sent)

        assert [check["violations"] for check in checks] == [[], [], []]
        assert all(check["rows"] for check in checks)

    def test_finds_a_hold_that_the_ledger_does_not_know(self, sent: Store):
        with sent.database.writing() as connection:
            connection.execute(update(HOLDS).values(quantity=11))

        assert violations(sent) == [
            {"lot_id": str(an_id("L1")), "of": "location:A-01", "difference": 1}
        ]

    def test_finds_a_line_that_hides_what_is_in_transit(self, sent: Store):
        with sent.database.writing() as connection:
            connection.execute(update(DISPATCHED_LINES).values(short=3))

        assert {(each["of"], each["difference"]) for each in violations(sent)} == {
            ("transit:C-2026-0001", -3),
            ("short", -3),
        }
