"""Lot states as rows, and back."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

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
