"""Put kits together out of released, free goods of the store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.inventory.application.ports.kits import BuiltKits
from services.inventory.application.ports.work import Work
from services.inventory.domain.errors import UnknownLocationError
from services.inventory.domain.gift import Gift
from services.inventory.domain.kit import (
    KITS_GIFT,
    FreeUnits,
    KitBatch,
    Recipe,
    earliest_expiry,
    first_passed_over,
    propose_kits,
    shared_earmark,
)
from services.inventory.domain.kit_errors import (
    LotGoesFirstError,
    RecipeMissingError,
)
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import (
    SUPPLY,
    Movement,
    Reason,
    assembly,
    location,
)
from shared.kernel.clock import local_day
from shared.kernel.free_text import check_free_text


@dataclass(frozen=True, slots=True)
class AssembleKits:
    """So many kits, put down at a location.

    ``lot_ids`` are lots somebody chose: of a product among them no other lot is
    used. Without a choice the lots that have to go first are taken; where others
    are, ``other_lot_reason`` says why.
    """

    product_code: str
    kits: int
    location_code: str
    account: str
    lot_ids: tuple[UUID, ...] = ()
    other_lot_reason: str | None = None


def assemble_kits(work: Work, wish: AssembleKits) -> dict[str, Any]:
    """Build kits: their contents leave the shelves, the kits come to stand on one.

    Kits that differ in a lot are kit lots of their own. All kits are built or
    none: RecipeMissingError, ComponentShortError, EarmarksApartError,
    LotGoesFirstError.
    """
    if wish.location_code not in work.ledger.location_kinds:
        raise UnknownLocationError(wish.location_code)
    recipe = work.kits.recipe(wish.product_code)
    if recipe is None:
        raise RecipeMissingError(wish.product_code)
    work.ledger.open(work.kits.free_lots(list(recipe.components)))
    batches = propose_kits(recipe, wish.kits, free_units(work, recipe, wish.lot_ids))
    _check_turn(work, wish, recipe, batches)
    gift = _gift_of_kits(work)
    return {"kit_lots": [_build(work, wish, recipe, each, gift) for each in batches]}


def _check_turn(
    work: Work, wish: AssembleKits, recipe: Recipe, batches: Sequence[KitBatch]
) -> None:
    if wish.other_lot_reason:
        check_free_text("other_lot_reason", wish.other_lot_reason)
        return
    in_turn = propose_kits(recipe, wish.kits, free_units(work, recipe))
    passed_over = first_passed_over(batches, in_turn)
    if passed_over is not None:
        lot = work.ledger.of(passed_over).lot
        raise LotGoesFirstError(
            product_code=lot.product_code, lot_number=lot.lot_number
        )


def free_units(
    work: Work, recipe: Recipe, lot_ids: Sequence[UUID] = ()
) -> list[FreeUnits]:
    """Find what may go into kits: released, in storage and not promised."""
    today = local_day(work.clock.now())
    chosen = {work.ledger.of(lot_id).lot.product_code for lot_id in lot_ids}
    return [
        FreeUnits(accounts.lot, place, balance.free)
        for lot_id in sorted({*work.kits.free_lots(list(recipe.components)), *lot_ids})
        if (accounts := work.ledger.of(lot_id)).lot.status_on(today)
        is LotStatus.RELEASED
        and accounts.lot.product_code in recipe.components
        and (lot_id in lot_ids or accounts.lot.product_code not in chosen)
        for place, balance in accounts.stock().items()
        if balance.free and work.ledger.location_kinds.get(place) == STORAGE
    ]


def _gift_of_kits(work: Work) -> Gift:
    """Give the gift of kit lots, which no donor gave; see ``KITS_GIFT``."""
    gift = work.gifts.lock(KITS_GIFT, work.clock.now())
    if not gift.is_known:
        gift = Gift(KITS_GIFT, is_known=True)
        work.gifts.save(gift)
    return gift


def _build(
    work: Work, wish: AssembleKits, recipe: Recipe, batch: KitBatch, gift: Gift
) -> dict[str, Any]:
    lots = [work.ledger.of(lot_id).lot for lot_id in batch.contents]
    now = work.clock.now()
    kit = _kit_lot(work, wish, lots, gift, local_day(now))
    work.kits.add(
        BuiltKits(
            kit_lot_id=kit.lot_id,
            contents=batch.contents,
            recipe_version=recipe.version,
            built=batch.kits,
            built_at=now,
            built_by=wish.account,
            other_lot_reason=wish.other_lot_reason if wish.lot_ids else None,
        )
    )
    work.ledger.add_kit(kit, batch.contents)
    for movement in _movements(work, wish, kit, batch):
        work.ledger.post(movement)
    return {
        "lot_id": str(kit.lot_id),
        "lot_number": kit.lot_number,
        "quantity": batch.kits,
        "expires_on": kit.expires_on.isoformat() if kit.expires_on else None,
        "contents": _told(work, batch.contents),
    }


def _told(work: Work, contents: Mapping[UUID, int]) -> list[dict[str, Any]]:
    return [
        {
            "product_code": work.ledger.of(lot_id).lot.product_code,
            "lot_id": str(lot_id),
            "lot_number": work.ledger.of(lot_id).lot.lot_number,
            "quantity": quantity,
        }
        for lot_id, quantity in contents.items()
    ]


def _kit_lot(
    work: Work, wish: AssembleKits, lots: Sequence[Lot], gift: Gift, today: date
) -> Lot:
    """Describe a kit lot: it lasts as long as its first part to expire."""
    return Lot(
        lot_id=work.ids.new_id(),
        product_code=wish.product_code,
        lot_number=work.numbers.next(f"KIT-{today.year}", digits=4),
        expires_on=earliest_expiry(lots),
        received_on=today,
        gift_number=gift.gift_number,
        earmark=shared_earmark(lots),
        is_kit=True,
    )


def _movements(
    work: Work, wish: AssembleKits, kit: Lot, batch: KitBatch
) -> Iterable[Movement]:
    draft = Movement(
        movement_id=work.ids.new_id(),
        lot_id=kit.lot_id,
        quantity=batch.kits,
        source=SUPPLY,
        target=location(wish.location_code),
        reason=Reason.KIT_BUILT,
        occurred_at=work.clock.now(),
        recorded_by=wish.account,
        document=kit.lot_number,
    )
    for lot_id, per_kit in batch.contents.items():
        yield from _taken(work, draft, lot_id, per_kit * batch.kits)
    yield draft


def _taken(
    work: Work, draft: Movement, lot_id: UUID, quantity: int
) -> Iterable[Movement]:
    """Take units of a lot from the storage places that have some free."""
    for place, balance in work.ledger.of(lot_id).stock().items():
        is_storage = work.ledger.location_kinds.get(place) == STORAGE
        share = min(quantity, balance.free) if is_storage else 0
        if share:
            quantity -= share
            yield Movement(
                movement_id=work.ids.new_id(),
                lot_id=lot_id,
                quantity=share,
                source=location(place),
                target=assembly(draft.lot_id),
                reason=Reason.KIT_USED,
                occurred_at=draft.occurred_at,
                recorded_by=draft.recorded_by,
                document=draft.document,
            )
    assert quantity == 0, "the proposal found enough of every lot"
