"""What waits for a person, and goods that wait for their gift for too long."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from services.inventory.adapters.scanning.tables import ATTENTION_PHOTOS
from services.inventory.adapters.tables import ATTENTION, GIFTS, LOTS
from services.inventory.application.queries import (
    AttentionItem,
    AttentionPlace,
    WaitingGoods,
)
from services.inventory.domain.attention import UnknownPackError, UnknownProductError
from services.inventory.domain.photo_errors import NoPhotoError

GIFT_WAIT_MAX = timedelta(hours=1)
GOODS_MAX = 5_000
UNKNOWN = (UnknownProductError.code, UnknownPackError.code)


def attention(
    connection: Connection, now: datetime, after: AttentionPlace, limit: int
) -> list[AttentionItem]:
    """Read the next items: gifts by number, then scans in the order they came."""
    gifts = _unknown_gifts(connection, now, after, limit)
    return gifts + _waiting_scans(connection, after, limit - len(gifts))


def _unknown_gifts(
    connection: Connection, now: datetime, after: AttentionPlace, limit: int
) -> list[AttentionItem]:
    has_goods = select(LOTS.c.lot_id).where(LOTS.c.gift_number == GIFTS.c.gift_number)
    rows = connection.execute(
        select(GIFTS)
        .where(GIFTS.c.is_known.is_(False), GIFTS.c.first_seen_at < now - GIFT_WAIT_MAX)
        .where(GIFTS.c.gift_number > after.gift_number, has_goods.exists())
        .order_by(GIFTS.c.gift_number)
        .limit(limit)
    )
    return [
        AttentionItem(
            scan_id=row.first_scan_id,
            code="awaiting_gift",
            detail=f"Gift {row.gift_number} was received but never announced. Announce "
            "it, or take the receipt back and enter the right number.",
            line={"action": "receive", "gift_number": row.gift_number},
            account=None,
            occurred_at=row.first_seen_at,
            recorded_at=row.first_seen_at,
        )
        for row in rows
    ]


def _waiting_scans(
    connection: Connection, after: AttentionPlace, limit: int
) -> list[AttentionItem]:
    if limit <= 0:
        return []
    has_photo = ATTENTION_PHOTOS.c.scan_id.is_not(None).label("has_photo")
    rows = connection.execute(
        select(ATTENTION, has_photo)
        .outerjoin(ATTENTION_PHOTOS, ATTENTION_PHOTOS.c.scan_id == ATTENTION.c.scan_id)
        .where(ATTENTION.c.resolved_at.is_(None))
        .where(ATTENTION.c.position > after.position)
        .order_by(ATTENTION.c.position)
        .limit(limit)
    )
    return [
        AttentionItem(
            scan_id=row.scan_id,
            code=row.code,
            detail=row.detail,
            line=row.line,
            account=row.account,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            position=row.position,
            has_photo=row.has_photo,
        )
        for row in rows
    ]


def waiting_goods(connection: Connection) -> list[WaitingGoods]:
    """Add up, by code, what was received of goods that nobody knows yet."""
    photo = ATTENTION_PHOTOS.c.scan_id.label("photo_of")
    rows = connection.execute(
        select(ATTENTION.c.scan_id, ATTENTION.c.gtin, ATTENTION.c.line, photo)
        .outerjoin(ATTENTION_PHOTOS, ATTENTION_PHOTOS.c.scan_id == ATTENTION.c.scan_id)
        .where(ATTENTION.c.resolved_at.is_(None), ATTENTION.c.code.in_(UNKNOWN))
        .order_by(ATTENTION.c.position)
        .limit(GOODS_MAX)
    )
    of_code: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        if row.line["action"] == "receive":
            named = row.line.get("product_code")
            of_code[row.gtin or named or row.scan_id].append(row)
    return [_goods(rows) for rows in of_code.values()]


def _goods(rows: Sequence[Any]) -> WaitingGoods:
    places: Counter[str] = Counter()
    for row in rows:
        places[row.line.get("location_code", "")] += row.line["quantity"]
    said = [row.line.get("description") for row in rows]
    photos = [row.photo_of for row in rows]
    return WaitingGoods(
        gtin=rows[0].gtin,
        product_code=rows[0].line.get("product_code"),
        description=next(filter(None, said), None),
        places=dict(places),
        scan_id=rows[0].scan_id,
        photo_of=next(filter(None, photos), None),
    )


def photo(connection: Connection, scan_id: UUID) -> bytes:
    """Give the JPEG of goods that wait; raises NoPhotoError."""
    query = select(ATTENTION_PHOTOS.c.jpeg).where(ATTENTION_PHOTOS.c.scan_id == scan_id)
    jpeg = connection.execute(query).scalar()
    if jpeg is None:
        raise NoPhotoError(scan_id)
    return bytes(jpeg)
