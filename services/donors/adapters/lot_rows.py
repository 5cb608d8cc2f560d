"""Lot states as rows, and back."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Row, Subquery, func, select

from services.donors.adapters.tables import lot_days
from services.donors.domain.lot_state import LotState, LotStatus
from services.donors.domain.totals import Totals


def row_of(state: LotState) -> dict[str, Any]:
    """Write a state as the values of a row."""
    return {
        "lot_id": state.lot_id,
        "changed_on": state.changed_on,
        "version": state.version,
        "gift_number": state.gift_number,
        "product_code": state.product_code,
        "lot_status": state.lot_status.value,
        "expires_on": state.expires_on,
        "received_on": state.received_on,
        "earmark": None if state.earmark is None else list(state.earmark),
        "available": state.available,
        **asdict(state.totals),
    }


def state_of(row: Row[Any]) -> LotState:
    """Read a state from a row of ``lot_totals`` or ``lot_days``."""
    return LotState(
        lot_id=row.lot_id,
        version=row.version,
        changed_on=row.changed_on,
        gift_number=row.gift_number,
        product_code=row.product_code,
        lot_status=LotStatus(row.lot_status),
        expires_on=row.expires_on,
        received_on=row.received_on,
        earmark=None if row.earmark is None else tuple(row.earmark),
        available=row.available,
        totals=Totals(
            received=row.received,
            in_stock=row.in_stock,
            reserved=row.reserved,
            in_transit=row.in_transit,
            accepted=row.accepted,
            lost=row.lost,
            returned=row.returned,
            lost_by_reason=row.lost_by_reason,
        ),
    )


def last_days(*chosen: ColumnElement[bool]) -> tuple[Subquery, ColumnElement[bool]]:
    """Choose each lot's last row of ``lot_days`` among some: what to join, on what."""
    days = lot_days.c
    last = (
        select(days.lot_id, func.max(days.changed_on).label("changed_on"))
        .where(*chosen)
        .group_by(days.lot_id)
        .subquery()
    )
    is_last = (last.c.lot_id == days.lot_id) & (last.c.changed_on == days.changed_on)
    return last, is_last
