"""Gifts as the warehouse expects and meets them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from services.inventory.adapters.numbers import SqlDocumentNumbers
from services.inventory.adapters.tables import GIFTS
from services.inventory.domain.gift import Gift
from shared.database.upsert import insert_if_new

_GIFTS_OF_NUMBERS = (
    select(GIFTS)
    .where(GIFTS.c.gift_number.in_(bindparam("numbers", expanding=True)))
    .order_by(GIFTS.c.gift_number)
    .with_for_update(read=True)
)
_WALK_IN = (
    select(GIFTS)
    .where(
        GIFTS.c.walk_in_of == bindparam("account"),
        GIFTS.c.walk_in_on == bindparam("day"),
    )
    .with_for_update(read=True)
)


class SqlGifts:
    """Reads gifts under a shared lock: an announcement waits for receipts.

    Otherwise goods received while their gift is being announced would be held
    for ever: neither transaction would see the other.
    """

    def __init__(self, connection: Connection, numbers: SqlDocumentNumbers) -> None:
        self._connection = connection
        self._numbers = numbers
        self._known: dict[str, Gift] = {}
        self._walk_ins: dict[tuple[str, date], str | None] = {}

    def expect(self, gift_numbers: Iterable[str]) -> None:
        """Read many gifts at once."""
        wanted = sorted({one for one in gift_numbers if one not in self._known})
        if wanted:
            rows = self._connection.execute(_GIFTS_OF_NUMBERS, {"numbers": wanted})
            self._known.update({row.gift_number: _gift(row) for row in rows})

    def obtain(self, gift_number: str, scan_id: UUID, now: datetime) -> Gift:
        """Give a gift; one not heard of is noted, its goods wait for it."""
        self.expect([gift_number])
        if gift_number not in self._known:
            self._insert(gift_number=gift_number, first_scan_id=scan_id, now=now)
            self.expect([gift_number])
        return self._known[gift_number]

    def walk_in_number(self, account: str, day: date) -> str | None:
        """Find the walk-in gift this account opened on this day, if it did."""
        if (account, day) not in self._walk_ins:
            terms = {"account": account, "day": day}
            row = self._connection.execute(_WALK_IN, terms).first()
            self._walk_ins[account, day] = row.gift_number if row else None
            if row:
                self._known[row.gift_number] = _gift(row)
        return self._walk_ins[account, day]

    def open_walk_in(self, account: str, day: date, now: datetime) -> Gift:
        """Open the walk-in gift of an account and day."""
        number = self._numbers.next(f"W-{day:%Y%m%d}", digits=1)
        self._insert(
            gift_number=number,
            is_known=True,
            walk_in_of=account,
            walk_in_on=day,
            now=now,
        )
        self._walk_ins[account, day] = number
        self.expect([number])
        return self._known[number]

    def lock(self, gift_number: str, now: datetime) -> Gift:
        """Read a gift to change it; receipts of its goods wait meanwhile."""
        self._insert(gift_number=gift_number, now=now)
        row = self._connection.execute(
            select(GIFTS).where(GIFTS.c.gift_number == gift_number).with_for_update()
        ).one()
        return _gift(row)

    def save(self, gift: Gift, **facts: Any) -> None:
        """Store what is known of a gift now."""
        self._connection.execute(
            GIFTS.update()
            .where(GIFTS.c.gift_number == gift.gift_number)
            .values(
                is_known=gift.is_known,
                earmark=None if gift.earmark is None else list(gift.earmark),
                earmark_version=gift.earmark_version,
                **facts,
            )
        )
        self._known[gift.gift_number] = gift

    def _insert(self, *, now: datetime, **facts: Any) -> None:
        row = {"is_known": False, "earmark_version": 0, "first_seen_at": now, **facts}
        insert_if_new(self._connection, GIFTS, row)


def _gift(row: Any) -> Gift:
    return Gift(
        gift_number=row.gift_number,
        is_known=row.is_known,
        earmark=None if row.earmark is None else tuple(row.earmark),
        earmark_version=row.earmark_version,
    )
