"""Kits: what is in them goes where they go, for those who gave it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest

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
from services.inventory.domain.correction_errors import CorrectedByDocumentError
from services.inventory.domain.errors import InsufficientStockError
from services.inventory.domain.kit_errors import (
    ComponentShortError,
    EarmarksApartError,
    KitComesFromComponentsError,
    KitComponentHeldError,
    LotGoesFirstError,
    NotAKitError,
    RecipeMissingError,
)
from services.inventory.domain.movement import Reason
from shared.contracts.inventory_v1 import LotRecalled, LotWentTo, StockChanged
from shared.kernel.free_text import CodeInTextError
from tests.support.store import a_share, an_ending
from tests.support.warehouse import AIDA, BERIK, LATER, Warehouse

RECIPE = {"HYG-SOAP-B": 2, "MEN-PAD": 1, "HYG-COMB": 1}


class Bench:
    """A table in the warehouse where kits are built from what was received."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        with warehouse.working() as work:
            write_recipe(work, WriteRecipe("KIT-DIG", RECIPE, BERIK))
        self.soap = self.receive("HYG-SOAP-B", 20, gift_number="G-SOAP")
        self.pads = self.receive("MEN-PAD", 10, gift_number="G-PADS")
        self.combs = self.receive("HYG-COMB", 10, gift_number="G-COMB")

    def receive(self, product_code: str, quantity: int, **fields: Any) -> UUID:
        self.warehouse.announce(fields["gift_number"])
        facts = {"lot_number": "L1", "expires_on": LATER, **fields}
        answer = self.warehouse.receive(
            product_code=product_code, quantity=quantity, **facts
        )
        return UUID(answer["lot_id"])

    def build(self, kits: int = 4, **options: Any) -> list[UUID]:
        wish = AssembleKits("KIT-DIG", kits, "A-02", AIDA, **options)
        with self.warehouse.working() as work:
            done = assemble_kits(work, wish)
        return [UUID(each["lot_id"]) for each in done["kit_lots"]]

    def take_apart(self, kit: UUID, quantity: int, **options: Any) -> None:
        with self.warehouse.working() as work:
            take_kit_apart(work, TakeKitApart(kit, "A-02", quantity, AIDA, **options))

    def decide(self, use_case: Any, lot_id: UUID) -> None:
        with self.warehouse.working() as work:
            use_case(work, DecideOnLot(lot_id, "a torn box", BERIK))

    def said(self, lot_id: UUID) -> Mapping[str, int]:
        """The buckets donors were told last."""
        facts = self.warehouse.facts(StockChanged)
        last = [each for each in facts if each.lot_id == lot_id][-1]
        names = ("received", "in_stock", "reserved", "available")
        more = ("in_transit", "accepted", "lost", "returned")
        return {
            name: getattr(last, name) for name in names + more if getattr(last, name)
        }

    def status(self, lot_id: UUID) -> str:
        return self.warehouse.accounts(lot_id).lot.stored_status.value


@pytest.fixture
def bench(either_warehouse: Warehouse) -> Bench:
    return Bench(either_warehouse)


class TestAssembly:
    def test_takes_the_contents_off_the_shelf_and_puts_kits_on_one(self, bench):
        [kit] = bench.build(4)

        assert bench.warehouse.stock(product_code="KIT-DIG") == [("KIT-DIG", "A-02", 4)]
        soap = bench.warehouse.stock(product_code="HYG-SOAP-B")
        assert soap == [("HYG-SOAP-B", "A-01", 12)]
        assert bench.said(kit) == {"received": 4, "in_stock": 4, "available": 4}
        lot = bench.warehouse.accounts(kit).lot
        assert (lot.lot_number, lot.expires_on) == (
            "KIT-2026-0001",
            date.fromisoformat(LATER),
        )

    def test_leaves_the_donors_numbers_as_they_were(self, bench):
        bench.build(4)

        assert bench.said(bench.soap) == {
            "received": 20,
            "in_stock": 20,
            "available": 12,
        }

    def test_builds_all_kits_or_none(self, bench):
        with pytest.raises(ComponentShortError, match="10 are free"):
            bench.build(11)

        assert bench.warehouse.stock(product_code="KIT-DIG") == []

    def test_uses_the_lot_somebody_chose_and_keeps_why(self, bench):
        other = bench.receive("MEN-PAD", 5, gift_number="G-OTHER", lot_number="L9")

        [kit] = bench.build(4, lot_ids=(other,), other_lot_reason="sizes belong here")

        assert bench.said(other)["available"] == 1
        assert bench.said(bench.pads)["available"] == 10
        shown = bench.warehouse.app.kits.kit_lot(kit)
        assert shown.other_lot_reason == "sizes belong here"

    def test_passes_no_lot_over_without_a_reason(self, bench):
        other = bench.receive("MEN-PAD", 5, gift_number="G-OTHER", lot_number="L9")

        with pytest.raises(LotGoesFirstError) as refused:
            bench.build(4, lot_ids=(other,))

        assert refused.value.facts == {"product_code": "MEN-PAD", "lot_number": "L1"}
        assert bench.warehouse.stock(product_code="KIT-DIG") == []

    def test_asks_for_no_reason_where_the_choice_goes_first_anyway(self, bench):
        bench.receive("MEN-PAD", 5, gift_number="G-OTHER", lot_number="L9")

        [kit] = bench.build(4, lot_ids=(bench.pads,), other_lot_reason=None)

        assert bench.warehouse.app.kits.kit_lot(kit).other_lot_reason is None

    def test_the_reason_is_no_pasted_code(self, bench):
        other = bench.receive("MEN-PAD", 5, gift_number="G-OTHER", lot_number="L9")

        with pytest.raises(CodeInTextError):
            bench.build(4, lot_ids=(other,), other_lot_reason="(21)abc")

    def test_refuses_kits_that_nobody_may_get(self, bench):
        bench.warehouse.set_earmark("G-SOAP", 1, ("women",))
        bench.warehouse.set_earmark("G-PADS", 1, ("boys",))

        with pytest.raises(EarmarksApartError):
            bench.build()

    def test_is_earmarked_for_those_who_may_get_every_part(self, bench):
        bench.warehouse.set_earmark("G-SOAP", 1, ("children", "women"))
        bench.warehouse.set_earmark("G-PADS", 1, ("women",))

        [kit] = bench.build()

        assert bench.warehouse.accounts(kit).lot.earmark == ("women",)

    def test_passes_over_what_is_held(self, bench):
        bench.decide(quarantine_lot, bench.combs)

        with pytest.raises(ComponentShortError, match="0 are free"):
            bench.build(1)

    def test_needs_a_recipe_of_a_kit(self, bench):
        with bench.warehouse.working() as work:
            with pytest.raises(NotAKitError):
                write_recipe(work, WriteRecipe("HYG-COMB", {"MEN-PAD": 1}, BERIK))
            with pytest.raises(RecipeMissingError):
                assemble_kits(work, AssembleKits("KIT-BABY", 1, "A-01", AIDA))

    def test_numbers_the_versions_of_a_recipe(self, bench):
        versions = []
        for components in (RECIPE, {**RECIPE, "HYG-COMB": 2}):
            with bench.warehouse.working() as work:
                wish = WriteRecipe("KIT-DIG", components, BERIK)
                versions.append(write_recipe(work, wish)["version"])

        assert versions == [1, 2]


class TestGoingOut:
    def test_contents_are_where_their_kits_are(self, bench):
        [kit] = bench.build(4)
        share = a_share(kit, 3, product_code="KIT-DIG")
        bench.warehouse.approve(share)
        assert bench.said(bench.soap)["reserved"] == 6
        number = bench.warehouse.plan(share)
        bench.warehouse.pick(number, 3, lot_id=kit, product_code="KIT-DIG")
        bench.warehouse.dispatch(number)
        assert bench.said(bench.soap) == {
            "received": 20,
            "in_stock": 14,
            "available": 12,
            "in_transit": 6,
        }

        bench.warehouse.hand_over(
            an_ending(kit, 1, refused=1, damaged=1, product_code="KIT-DIG")
        )

        assert bench.said(bench.soap) == {
            "received": 20,
            "in_stock": 16,
            "available": 12,
            "accepted": 2,
            "lost": 2,
        }
        assert bench.said(bench.pads)["accepted"] == 1

    def test_a_counted_loss_of_kits_is_one_of_their_contents(self, bench):
        bench.build(4)

        bench.warehouse.only(
            action="count", product_code="KIT-DIG", location_code="A-02", quantity=3
        )

        assert bench.said(bench.soap)["lost"] == 2

    def test_kits_are_never_found(self, bench):
        bench.build(4)

        answer = bench.warehouse.only(
            action="count", product_code="KIT-DIG", location_code="A-02", quantity=5
        )

        assert answer["code"] == "kit_comes_from_components"

    def test_kits_are_not_given_back_to_a_donor(self, bench):
        [kit] = bench.build(4)

        with pytest.raises(KitComesFromComponentsError):
            bench.warehouse.adjust(
                {"lot_id": str(kit)}, Reason.RETURN_TO_DONOR, location_code="A-02"
            )


class TestTakingApart:
    def test_returns_the_contents(self, bench):
        [kit] = bench.build(4)

        bench.take_apart(kit, 3, to_location_code="A-03")

        assert bench.said(kit) == {"received": 1, "in_stock": 1, "available": 1}
        assert bench.said(bench.soap)["available"] == 18
        assert ("HYG-SOAP-B", "A-03", 6) in bench.warehouse.stock()

    def test_leaves_what_is_not_there(self, bench):
        [kit] = bench.build(4)

        with pytest.raises(InsufficientStockError):
            bench.take_apart(kit, 5)

    def test_is_how_a_kit_is_undone(self, bench):
        [kit] = bench.build(4)
        card = bench.warehouse.app.queries.stock_card("HYG-SOAP-B", limit=1)

        with pytest.raises((KitComesFromComponentsError, CorrectedByDocumentError)):
            bench.warehouse.undo({"movement_id": str(card[0].movement_id)})
        assert bench.said(kit)["received"] == 4


class TestHolding:
    def test_kits_stop_with_their_contents(self, bench):
        [kit] = bench.build()

        bench.decide(quarantine_lot, bench.pads)

        assert bench.status(kit) == "quarantined"
        with pytest.raises(KitComponentHeldError, match="L1"):
            bench.decide(release_lot, kit)

    def test_kits_are_released_after_their_contents(self, bench):
        [kit] = bench.build()
        bench.decide(quarantine_lot, bench.pads)
        bench.decide(release_lot, bench.pads)

        bench.decide(release_lot, kit)

        assert bench.said(kit)["available"] == 4

    def test_a_recall_finds_what_went_out_in_kits(self, bench):
        [kit] = bench.build()
        number = bench.warehouse.list_of(a_share(kit, 3, product_code="KIT-DIG"))
        bench.warehouse.pick(number, 3, lot_id=kit, product_code="KIT-DIG")
        bench.warehouse.dispatch(number)

        with bench.warehouse.working() as work:
            wish = RecallLots("HYG-SOAP-B", "L1", "a letter", BERIK)
            done = recall_lots(work, wish)

        assert done["went_to"][0]["quantity"] == 6
        blocked = {(each["lot_id"], each["quantity"]) for each in done["blocked"]}
        assert blocked == {(str(bench.soap), 12), (str(kit), 1)}
        [fact] = bench.warehouse.facts(LotRecalled)
        assert fact.lot_ids == (bench.soap, kit)
        assert fact.went_to == (LotWentTo("U-1", "C-2026-0001", 6),)

    def test_kits_follow_a_new_earmark_of_their_contents(self, bench):
        [kit] = bench.build()
        bench.warehouse.set_earmark("G-SOAP", 1, ("women",))
        assert bench.warehouse.accounts(kit).lot.earmark == ("women",)

        bench.warehouse.set_earmark("G-PADS", 1, ("boys",))

        assert bench.status(kit) == "quarantined"
