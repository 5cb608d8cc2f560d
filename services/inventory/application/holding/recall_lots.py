"""Recall a lot number: block it everywhere, list everybody who got some."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from services.inventory.application.holding.hold_lots import DecideOnLot, hold
from services.inventory.application.ports.work import Work
from services.inventory.domain.attention import UnknownProductError
from services.inventory.domain.lot import LotStatus
from shared.contracts.inventory_v1 import LotRecalled, LotWentTo
from shared.kernel.free_text import check_free_text


@dataclass(frozen=True, slots=True)
class RecallLots:
    """Somebody told us that a lot of a product must not be used."""

    product_code: str
    lot_number: str
    reason: str
    account: str


def recall_lots(work: Work, wish: RecallLots) -> dict[str, Any]:
    """Block every lot of a product and number, whatever gift it came with.

    Kits with some of it are held back and listed too; what a unit got in kits
    counts as units of the recalled lot. The number stays recalled: a later
    receipt of it waits in attention.
    """
    check_free_text("reason", wish.reason)
    if not work.catalogue.of_codes([wish.product_code]):
        raise UnknownProductError(wish.product_code)
    lot_ids = work.lots.numbered(wish.product_code, wish.lot_number)
    work.ledger.open(lot_ids)
    blocked = [place for lot_id in lot_ids for place in _block(work, lot_id, wish)]
    kits = work.kits.containing(lot_ids)
    blocked += [place for kit_lot_id in kits for place in _standing(work, kit_lot_id)]
    work.lots.recall(
        wish.product_code,
        wish.lot_number,
        reason=wish.reason,
        recalled_by=wish.account,
        recalled_at=work.clock.now(),
    )
    went_to = tuple(_went_to(work, lot_ids, kits))
    work.announce(
        LotRecalled(
            product_code=wish.product_code,
            lot_number=wish.lot_number,
            lot_ids=(*lot_ids, *kits),
            reason=wish.reason,
            went_to=went_to,
        )
    )
    return {"blocked": blocked, "went_to": [asdict(each) for each in went_to]}


def _block(work: Work, lot_id: UUID, wish: RecallLots) -> list[dict[str, Any]]:
    accounts = work.ledger.of(lot_id)
    if accounts.lot.hold is not LotStatus.RECALLED:
        decision = DecideOnLot(lot_id, wish.reason, wish.account)
        hold(work, accounts.lot, LotStatus.RECALLED, decision)
    return _standing(work, lot_id)


def _standing(work: Work, lot_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "lot_id": str(lot_id),
            "location_code": location_code,
            "quantity": balance.on_hand,
        }
        for location_code, balance in work.ledger.of(lot_id).stock().items()
    ]


def _went_to(
    work: Work, lot_ids: Sequence[UUID], kits: Sequence[UUID]
) -> list[LotWentTo]:
    """Add up what each unit got of some lots, loose and in kits."""
    sums: Counter[tuple[str, str]] = Counter()
    for each in work.consignments.went_to(lot_ids):
        sums[each.consignment_number, each.unit_code] += each.quantity
    for kit_lot_id in kits:
        contents = work.kits.contents(kit_lot_id)
        per_kit = sum(contents.get(lot_id, 0) for lot_id in lot_ids)
        for each in work.consignments.went_to([kit_lot_id]):
            key = each.consignment_number, each.unit_code
            sums[key] += per_kit * each.quantity
    return [
        LotWentTo(unit_code, consignment_number, quantity)
        for (consignment_number, unit_code), quantity in sorted(sums.items())
    ]
