"""What waits for a person, and goods that wait for their gift for too long."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from services.inventory.adapters.tables import ATTENTION, GIFTS, LOTS
from services.inventory.application.queries import AttentionItem, AttentionPlace

GIFT_WAIT_MAX = timedelta(hours=1)


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
    rows = connection.execute(
        select(ATTENTION)
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
        )
        for row in rows
    ]
