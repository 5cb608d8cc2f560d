"""What a lot stands for: itself, or the lots that are in its kits.

Nobody gave a kit. Its donors read of their own goods in it, and where these went.
"""

from collections.abc import Iterator
from uuid import UUID

from services.donors.application.ports import Work
from services.donors.domain.errors import LotNotHeardOfError
from services.donors.domain.lot_state import LotState

KITS_GIFT = "_KITS"
"""The gift inventory names kit lots under; see docs/messages.md."""


def given_lots(work: Work, lot_id: UUID) -> Iterator[tuple[LotState, int]]:
    """Give the lots a unit of this one holds, with how many units of each.

    Raises LotNotHeardOfError while a lot's own message is on its way.
    """
    lot = known_lot(work, lot_id)
    if lot.gift_number != KITS_GIFT:
        yield lot, 1
        return
    for part_id, quantity in work.lots.contents(lot_id).items():
        yield known_lot(work, part_id), quantity


def known_lot(work: Work, lot_id: UUID) -> LotState:
    """Give a lot as last heard of; LotNotHeardOfError before that."""
    lot = work.lots.find(lot_id)
    if lot is None:
        raise LotNotHeardOfError(lot_id)
    return lot
