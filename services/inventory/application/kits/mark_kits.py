"""Let kits follow what donors say of their contents."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.inventory.application.holding.hold_lots import DecideOnLot, hold
from services.inventory.application.ports.work import Work
from services.inventory.domain.kit import shared_earmark
from services.inventory.domain.kit_errors import EarmarksApartError
from services.inventory.domain.lot import Lot, LotStatus

RECORDED_BY = "donors"
"""Who holds kits whose earmarks no longer agree: the service that changed one."""


def mark_kits(work: Work, lot_ids: Sequence[UUID]) -> None:
    """Give kits with units of some lots the earmark that all their parts share.

    Kits nobody may get any more are held back until somebody takes them apart.
    """
    for kit_lot_id in work.kits.containing(lot_ids):
        kit = work.ledger.of(kit_lot_id).lot
        parts = [work.ledger.of(each).lot for each in work.kits.contents(kit_lot_id)]
        try:
            earmark = shared_earmark(parts)
        except EarmarksApartError as problem:
            _hold(work, kit, problem.detail)
            continue
        if earmark != kit.earmark:
            work.ledger.change(replace(kit, earmark=earmark))


def _hold(work: Work, kit: Lot, reason: str) -> None:
    if kit.hold is LotStatus.RELEASED:
        decision = DecideOnLot(kit.lot_id, reason, RECORDED_BY)
        hold(work, kit, LotStatus.QUARANTINED, decision)
