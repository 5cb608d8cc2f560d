"""Goods that were picked and are for nobody any more.

Their unit closed, their run was called off, or their lot was held back meanwhile. What
open lists count as picked, and what runs hold at the dispatch place, is for somebody.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from services.inventory.adapters.outbound.tables import PICK_LINES, PICK_LISTS
from services.inventory.adapters.tables import BALANCES, LOTS, STANDING
from services.inventory.domain.movement import DISPATCH, location
from services.inventory.domain.picking import PickListStatus


def picked_by_lot() -> Select[tuple[UUID, int]]:
    """Sum by lot what open lists count as picked."""
    return (
        select(PICK_LINES.c.lot_id, func.sum(PICK_LINES.c.picked).label("picked"))
        .join(PICK_LISTS)
        .where(PICK_LISTS.c.status == PickListStatus.OPEN.value)
        .group_by(PICK_LINES.c.lot_id)
    )


def left_over() -> Select[Any]:
    """Find lots with ``left`` units at the dispatch place, the longest there first."""
    picked = picked_by_lot().subquery()
    balance = BALANCES.c
    meant = balance.reserved + func.coalesce(picked.c.picked, 0)
    left = (balance.on_hand - meant).label("left")
    return (
        select(LOTS, left, balance.latest_at)
        .join(BALANCES, balance.lot_id == LOTS.c.lot_id)
        .outerjoin(picked, picked.c.lot_id == LOTS.c.lot_id)
        .where(STANDING, balance.account == location(DISPATCH), left > 0)
        .order_by(balance.latest_at, LOTS.c.lot_id)
    )
