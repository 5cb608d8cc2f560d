"""Whatever people do in the store, in whatever order: the books stay right.

Every movement type takes part: receive, refuse, move, count, adjust, pick, undo,
dispatch, settle, return, reverse, quarantine, release, recall, kits. What a rule
refuses changes nothing; everything else is proved after each step from the rows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from services.inventory.adapters.tables import BALANCES, COUNTS, MOVEMENTS
from services.inventory.application.counting.adjust_stock import (
    AdjustStock,
    adjust_stock,
)
from services.inventory.application.holding.hold_lots import (
    DecideOnLot,
    quarantine_lot,
    release_lot,
)
from services.inventory.application.holding.recall_lots import RecallLots, recall_lots
from services.inventory.application.kits.assemble_kit import AssembleKits, assemble_kits
from services.inventory.application.kits.take_kit_apart import (
    TakeKitApart,
    take_kit_apart,
)
from services.inventory.application.kits.write_recipe import WriteRecipe, write_recipe
from services.inventory.application.outbound.reverse_movement import (
    ReverseMovement,
    reverse_movement,
)
from services.inventory.domain.correction_errors import CoveredByCountError
from services.inventory.domain.movement import Reason, kind_of
from shared.contracts.inventory_v1 import GoodsDispatched, StockChanged
from shared.kernel.errors import DomainError
from tests.support.store import PICKER, a_share, an_ending
from tests.support.warehouse import AIDA, BERIK, LATER, Warehouse

PRODUCTS = ("HYG-COMB", "HYG-TOWEL", "MED-PARA", "KIT-DIG")
PLACES = ("A-01", "A-02", "H-01", "RETURNS")
ADJUSTMENTS = (
    *("FOUND", "OPENING", "DAMAGED", "LOST", "STOLEN", "SAMPLE"),
    *("COLD_CHAIN", "RECALLED_DESTROYED", "RETURN_TO_DONOR", "DONATED_ON"),
)
RECIPE = {"HYG-COMB": 2, "HYG-TOWEL": 1}
products = st.sampled_from(PRODUCTS)
places = st.sampled_from(PLACES)
quantities = st.integers(1, 9)
minutes_ago = st.sampled_from([0, 0, 0, 30, 600])


class StoreRoom(RuleBasedStateMachine):
    """A day in a store room whose people make every mistake."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        url = f"sqlite:///{Path(self.folder.name) / 'room.sqlite3'}"
        self.room = Warehouse(url)
        self.movements: list[UUID] = []
        self.consignments = 0
        self.open_lists: list[str] = []
        self.sent: list[str] = []

    def teardown(self) -> None:
        self.room.database.close()
        self.folder.cleanup()

    @initialize()
    def open_the_door(self) -> None:
        for gift in ("G-1", "G-2"):
            self.room.announce(gift)
        with self.room.working() as work:
            write_recipe(work, WriteRecipe("KIT-DIG", RECIPE, BERIK))
        for product_code in ("HYG-COMB", "HYG-TOWEL"):
            self.receive(product_code, 12, "A-01", "G-1", 600)
        self.build(2, "A-02")

    @rule(
        product_code=st.sampled_from(PRODUCTS[:3]),
        quantity=quantities,
        place=places,
        gift=st.sampled_from(["G-1", "G-2"]),
        ago=minutes_ago,
    )
    def receive(self, product_code, quantity, place, gift, ago) -> None:
        facts = {"lot_number": "L1", "expires_on": LATER, "gift_number": gift}
        self.scan("receive", product_code, quantity, place, ago, **facts)

    @rule(product_code=products, quantity=quantities)
    def refuse(self, product_code, quantity) -> None:
        facts = {"reason": "wet", "gift_number": "G-1"}
        self.scan("refuse", product_code, quantity, "A-01", 0, **facts)

    @rule(
        choice=st.data(),
        quantity=quantities,
        place=places,
        ago=minutes_ago,
    )
    def move(self, choice, quantity, place, ago) -> None:
        lot = self.a_lot(choice)
        if lot:
            product_code, lot_id, here = lot
            facts = {"lot_id": str(lot_id), "to_location_code": place}
            self.scan("move", product_code, quantity, here, ago, **facts)

    @rule(choice=st.data(), counted=st.integers(0, 14))
    def count(self, choice, counted) -> None:
        lot = self.a_lot(choice)
        if lot:
            product_code, lot_id, here = lot
            self.scan("count", product_code, counted, here, 0, lot_id=str(lot_id))

    @rule(choice=st.data(), quantity=quantities, name=st.sampled_from(ADJUSTMENTS))
    def adjust(self, choice, quantity, name) -> None:
        lot = self.a_lot(choice)
        if lot:
            _, lot_id, here = lot
            wish = AdjustStock(lot_id, here, quantity, Reason(name), BERIK, "IN-1")
            self.attempt(adjust_stock, wish)

    @rule(choice=st.data(), held=st.booleans())
    def decide(self, choice, held) -> None:
        lot = self.a_lot(choice)
        if lot:
            wish = DecideOnLot(lot[1], "looked at", BERIK)
            self.attempt(quarantine_lot if held else release_lot, wish)

    @rule()
    def release_medicine(self) -> None:
        for product_code, lot_id, _ in self.lots():
            if product_code == "MED-PARA":
                self.attempt(release_lot, DecideOnLot(lot_id, "whole", BERIK))

    @rule(chance=st.integers(0, 5), product_code=st.sampled_from(PRODUCTS[:3]))
    def recall(self, chance, product_code) -> None:
        if chance == 0:
            wish = RecallLots(product_code, "L1", "a letter", BERIK)
            self.attempt(recall_lots, wish)

    @rule(kits=st.integers(1, 4), place=st.sampled_from(["A-01", "A-02"]))
    def build(self, kits, place) -> None:
        self.attempt(assemble_kits, AssembleKits("KIT-DIG", kits, place, AIDA))

    @rule(choice=st.data(), quantity=st.integers(1, 3), place=places)
    def take_apart(self, choice, quantity, place) -> None:
        kits = [lot for lot in self.lots() if lot[0] == "KIT-DIG"]
        if kits:
            _, lot_id, here = choice.draw(st.sampled_from(kits))
            self.attempt(
                take_kit_apart, TakeKitApart(lot_id, here, quantity, AIDA, place)
            )

    @rule(choice=st.data(), quantity=quantities)
    def plan(self, choice, quantity) -> None:
        lot = self.a_lot(choice)
        if lot:
            self.list_of(lot, quantity)

    @rule(choice=st.data(), quantity=st.integers(1, 3), is_kit=st.booleans())
    def send(self, choice, quantity, is_kit) -> None:
        """Lead goods all the way out: by chance alone few get so far, kits fewest."""
        lots = [lot for lot in self.lots() if (lot[0] == "KIT-DIG") is is_kit]
        if lots:
            number = self.list_of(choice.draw(st.sampled_from(lots)), quantity)
            if number:
                self.pick_from(number, quantity)
                self.send_off(number)

    def list_of(self, lot, quantity) -> str | None:
        self.consignments += 1
        number = f"C-2026-{self.consignments:04d}"
        product_code, lot_id, _ = lot
        share = a_share(lot_id, quantity, product_code=product_code)
        self.room.approve(share, run=number)
        try:
            pick_list = self.room.plan(share, number=number)
        except KeyError:
            return None
        self.open_lists.append(pick_list)
        return pick_list

    @precondition(lambda self: self.open_lists)
    @rule(choice=st.data(), quantity=quantities)
    def pick(self, choice, quantity) -> None:
        self.pick_from(choice.draw(st.sampled_from(self.open_lists)), quantity)

    def pick_from(self, number, quantity) -> None:
        for line in self.room.pick_list(number).lines:
            facts = {"pick_list_number": number, "lot_id": str(line.lot_id)}
            wanted = min(quantity, line.quantity - line.picked)
            here = line.location_code
            self.scan("pick", line.product_code, wanted, here, 0, **facts)

    @precondition(lambda self: self.open_lists)
    @rule(choice=st.data())
    def dispatch(self, choice) -> None:
        self.send_off(choice.draw(st.sampled_from(self.open_lists)))

    def send_off(self, number) -> None:
        try:
            done = self.room.dispatch(number, "the van is full")
        except DomainError:
            return
        self.open_lists.remove(number)
        self.sent.append(done["consignment_number"])

    @precondition(lambda self: self.sent)
    @rule(choice=st.data(), shares=st.tuples(*[st.integers(0, 100)] * 3))
    def hand_over(self, choice, shares) -> None:
        number = choice.draw(st.sampled_from(self.sent))
        self.sent.remove(number)
        [fact] = (
            each
            for each in self.room.facts(GoodsDispatched)
            if each.consignment_number == number
        )
        endings = [_ending(line, shares) for line in fact.lines]
        self.room.hand_over(*endings, handover=number, number=number)

    @rule(product_code=products, quantity=st.integers(1, 4))
    def give_back(self, product_code, quantity) -> None:
        self.scan("return", product_code, quantity, "RETURNS", 0, unit_code="U-1")

    @precondition(lambda self: self.movements)
    @rule(choice=st.data())
    def reverse(self, choice) -> None:
        movement_id = choice.draw(st.sampled_from(self.movements))
        covered = self.is_covered(movement_id)
        try:
            with self.room.working() as work:
                reverse_movement(work, ReverseMovement(movement_id, "a slip", BERIK))
        except CoveredByCountError:
            assert covered
        except DomainError:
            return
        else:
            assert not covered, "a later count covers what was taken back"

    def scan(self, action, product_code, quantity, place, ago, **facts) -> None:
        line = self.room.line(
            action=action,
            product_code=product_code,
            quantity=quantity,
            location_code=place,
            occurred_at=(self.room.clock.now() - timedelta(minutes=ago)).isoformat(),
            **facts,
        )
        [answer] = self.room.scan(line, account=PICKER if action == "pick" else AIDA)
        if "movement_id" in answer:
            self.movements.append(UUID(answer["movement_id"]))
        self.room.wait(minutes=1)

    def attempt(self, use_case: Any, wish: Any) -> None:
        """Do what a person wants; a rule may refuse it, nothing else may."""
        try:
            with self.room.working() as work:
                done = use_case(work, wish)
        except DomainError:
            return
        finally:
            self.room.wait(minutes=1)
        if "movement_id" in done:
            self.movements.append(UUID(done["movement_id"]))

    def lots(self) -> list[tuple[str, UUID, str]]:
        """What stands where: product, lot and place, in a fixed order."""
        rows = self.rows(
            select(BALANCES.c.product_code, BALANCES.c.lot_id, BALANCES.c.account)
            .where(BALANCES.c.kind == "location", BALANCES.c.on_hand > 0)
            .order_by(BALANCES.c.product_code, BALANCES.c.lot_id, BALANCES.c.account)
        )
        return [(code, lot, account.partition(":")[2]) for code, lot, account in rows]

    def a_lot(self, choice) -> tuple[str, UUID, str] | None:
        lots = self.lots()
        return choice.draw(st.sampled_from(lots)) if lots else None

    def rows(self, query: Any) -> Sequence[Any]:
        with self.room.database.reading() as connection:
            return connection.execute(query).all()

    def is_covered(self, movement_id) -> bool:
        """Tell from the rows whether a standing count came after a movement."""
        [movement] = self.rows(
            select(MOVEMENTS).where(MOVEMENTS.c.movement_id == movement_id)
        )
        counts = self.rows(
            select(COUNTS).where(
                COUNTS.c.lot_id == movement.lot_id,
                COUNTS.c.account.in_([movement.source, movement.target]),
                COUNTS.c.counted_at >= movement.occurred_at,
                COUNTS.c.undone_at.is_(None),
            )
        )
        own = movement.document
        return any(str(each.count_id) != own for each in counts)

    @invariant()
    def books_are_proved(self) -> None:
        """INV-01, INV-02, INV-08, INV-12: balances are sums, and all of it is told."""
        assert self.room.violations() == []

    @invariant()
    def stock_cards_end_where_balances_are(self) -> None:
        """A card counts back from the stock to nothing, and never below it."""
        standing: Mapping[str, int] = _sums(self.room.stock())
        for product_code in PRODUCTS:
            lines = self.room.app.queries.stock_card(product_code, limit=500)
            if lines:
                assert lines[0].balance == standing.get(product_code, 0)
                assert lines[-1].balance == lines[-1].change
            assert all(line.balance >= 0 for line in lines)

    @invariant()
    def no_account_was_ever_overdrawn(self) -> None:
        """Back-dated movements too: at no moment did an account hold less than none."""
        rows = self.rows(
            select(MOVEMENTS).order_by(MOVEMENTS.c.occurred_at, MOVEMENTS.c.position)
        )
        at_once: dict[tuple[UUID, str], dict[Any, int]] = defaultdict(
            lambda: defaultdict(int)
        )
        for row in rows:
            at_once[row.lot_id, row.source][row.occurred_at] -= row.quantity
            at_once[row.lot_id, row.target][row.occurred_at] += row.quantity
        for (_, account), changes in at_once.items():
            if kind_of(account) != "supply":
                held = 0
                for instant in sorted(changes):
                    held += changes[instant]
                    assert held >= 0, account

    @invariant()
    def donors_equation_holds(self) -> None:
        """INV-10, in every message that was ever said."""
        for fact in self.room.facts(StockChanged):
            gone = fact.in_transit + fact.accepted + fact.lost + fact.returned
            assert fact.received == fact.in_stock + gone
            assert 0 <= fact.reserved <= fact.in_stock
            assert sum(fact.lost_by_reason.values()) == fact.lost

    @invariant()
    def only_rules_park_messages(self) -> None:
        bugs = {"IntegrityError", "AssertionError", "KeyError", "OperationalError"}
        assert bugs.isdisjoint(self.room.waiting())


def _sums(stock: Sequence[tuple[str, str, int]]) -> Mapping[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for product_code, _, quantity in stock:
        sums[product_code] += quantity
    return sums


def _ending(line: Any, shares: tuple[int, int, int]) -> Any:
    rest, parts = line.quantity, []
    for share in shares:
        parts.append(rest * share // 100)
        rest -= parts[-1]
    accepted, refused, damaged = parts
    return an_ending(
        line.lot_id,
        accepted,
        refused=refused,
        damaged=damaged,
        short=rest,
        unit_code=line.unit_code,
        product_code=line.product_code,
    )


TestStoreRoom = StoreRoom.TestCase
TestStoreRoom.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_every_reason_belongs_to_a_rule_above():
    """EXPIRED alone needs goods past their date, which test_corrections holds."""
    by_hand = {
        *(Reason.RECEIPT, Reason.MOVE, Reason.COUNT_PLUS, Reason.COUNT_MINUS),
        *(Reason.PICK, Reason.DISPATCH, Reason.HANDOVER, Reason.GATE_REFUSAL),
        *(Reason.RETURN_FROM_FACILITY, Reason.REVERSAL),
        *(Reason.KIT_BUILT, Reason.KIT_USED, Reason.KIT_TAKEN_APART),
    }

    assert {Reason(name) for name in ADJUSTMENTS} | by_hand == {
        each for each in Reason if each is not Reason.EXPIRED
    }
