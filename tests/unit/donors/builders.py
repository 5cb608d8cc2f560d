"""Lots for tests of rules: what is not said to be elsewhere is in stock."""

from datetime import date
from uuid import UUID

from services.donors.domain.lot_state import LotState, LotStatus
from services.donors.domain.totals import Totals

LOT = UUID("0198f000-0000-7000-8000-000000000001")


def some_totals(
    received=0, *, in_transit=0, accepted=0, lost=None, returned=0, reserved=0
):
    gone = sum((lost or {}).values())
    return Totals(
        received=received,
        in_stock=received - in_transit - accepted - gone - returned,
        reserved=reserved,
        in_transit=in_transit,
        accepted=accepted,
        lost=gone,
        returned=returned,
        lost_by_reason=lost or {},
    )


def a_lot(
    version=1,
    changed_on=date(2026, 11, 20),
    *,
    status=LotStatus.RELEASED,
    expires_on=date(2028, 3, 31),
    available=0,
    **totals,
):
    return LotState(
        lot_id=LOT,
        version=version,
        changed_on=changed_on,
        gift_number="G-2026-001",
        product_code="HYG-SOAP-B",
        lot_status=status,
        expires_on=expires_on,
        received_on=date(2026, 8, 24),
        earmark=None,
        available=available,
        totals=some_totals(**totals),
    )
