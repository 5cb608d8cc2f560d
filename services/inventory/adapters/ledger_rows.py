"""How a lot, a movement and a balance look as rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.inventory.domain.ledger import Balance, LotAccounts
from services.inventory.domain.lot import Lot, LotStatus
from services.inventory.domain.movement import Movement, kind_of
from shared.contracts.inventory_v1 import KitPart, StockChanged


def lot_of(row: Row[Any]) -> Lot:
    """Read a lot from its row."""
    return Lot(
        lot_id=row.lot_id,
        product_code=row.product_code,
        lot_number=row.lot_number,
        expires_on=row.expires_on,
        received_on=row.received_on,
        gift_number=row.gift_number,
        hold=LotStatus(row.hold),
        awaits_gift=row.awaits_gift,
        earmark=None if row.earmark is None else tuple(row.earmark),
        grn_number=row.grn_number,
        version=row.version,
        is_kit=row.is_kit,
    )


def listed(earmark: tuple[str, ...] | None) -> list[str] | None:
    """Write an earmark as JSON knows it; None stays None."""
    return None if earmark is None else list(earmark)


def movement_row(movement: Movement, lot: Lot, recorded_at: datetime) -> dict[str, Any]:
    """Write a movement, with its product beside it for the stock card."""
    return {
        "movement_id": movement.movement_id,
        "lot_id": movement.lot_id,
        "product_code": lot.product_code,
        "quantity": movement.quantity,
        "source": movement.source,
        "target": movement.target,
        "reason": movement.reason,
        "document": movement.document,
        "occurred_at": movement.occurred_at,
        "recorded_at": recorded_at,
        "recorded_by": movement.recorded_by,
        "reverses": movement.reverses,
    }


def balance_row(lot: Lot, account: str, balance: Balance) -> dict[str, Any]:
    """Write a balance, with its product and kind for the stock list."""
    return {
        "lot_id": lot.lot_id,
        "account": account,
        "product_code": lot.product_code,
        "kind": kind_of(account),
        "on_hand": balance.on_hand,
        "reserved": balance.reserved,
        "latest_at": balance.latest_at,
    }


def lot_row(lot: Lot) -> dict[str, Any]:
    """Write a new lot; its first announcement carries version 1."""
    return {
        "lot_id": lot.lot_id,
        "identity": lot.identity,
        "product_code": lot.product_code,
        "lot_number": lot.lot_number,
        "expires_on": lot.expires_on,
        "received_on": lot.received_on,
        "gift_number": lot.gift_number,
        "grn_number": lot.grn_number,
        "hold": lot.hold,
        "awaits_gift": lot.awaits_gift,
        "earmark": listed(lot.earmark),
        "version": lot.version + 1,
        "is_kit": lot.is_kit,
    }


def stock_changed(
    accounts: LotAccounts,
    location_kinds: Mapping[str, str],
    version: int,
    kits: Mapping[str, LotAccounts],
    contents: Mapping[UUID, int],
) -> StockChanged:
    """Say every bucket of a lot as it is now, under the version it has.

    ``kits`` holds each kit lot it has units in, by the account they stand on;
    ``contents`` are the units of each lot in one of its kits, if it is a kit lot.
    """
    lot, buckets = accounts.lot, accounts.buckets(location_kinds, kits)
    return StockChanged(
        lot_id=lot.lot_id,
        version=version,
        product_code=lot.product_code,
        lot_number=lot.lot_number,
        expires_on=lot.expires_on,
        received_on=lot.received_on,
        gift_number=lot.gift_number,
        earmark=lot.earmark,
        lot_status=lot.stored_status,
        received=buckets.received,
        in_stock=buckets.in_stock,
        reserved=buckets.reserved,
        available=buckets.available,
        in_transit=buckets.in_transit,
        accepted=buckets.accepted,
        lost=buckets.lost,
        returned=buckets.returned,
        lost_by_reason=dict(buckets.lost_by_reason),
        contents=tuple(KitPart(*part) for part in sorted(contents.items())),
    )
