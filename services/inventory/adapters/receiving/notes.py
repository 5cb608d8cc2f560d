"""Goods received notes: one for each gift, account and day, sometimes in parts."""

from datetime import date

from sqlalchemy import Connection, bindparam, select

from services.inventory.adapters.numbers import SqlDocumentNumbers
from services.inventory.adapters.tables import GOODS_RECEIVED_NOTES as NOTES

NoteKey = tuple[str, str, date]
"""Gift number, account and Almaty day."""

_NEWEST = (
    select(NOTES.c.grn_number, NOTES.c.part, NOTES.c.finished_at)
    .where(NOTES.c.gift_number == bindparam("gift"))
    .where(NOTES.c.account == bindparam("of_account"))
    .where(NOTES.c.received_on == bindparam("day"))
    .order_by(NOTES.c.part.desc())
    .limit(1)
    .with_for_update(read=True)
)


class SqlGoodsReceivedNotes:
    """Finds the note a receipt belongs on, and opens the next one."""

    def __init__(self, connection: Connection, numbers: SqlDocumentNumbers) -> None:
        self._connection = connection
        self._numbers = numbers
        self._current: dict[NoteKey, tuple[str, int]] = {}

    def current(self, gift_number: str, account: str, day: date) -> str:
        """Give the newest note of a gift, account and day, if it is not finished.

        Else open the next. A note cannot be finished while it is being given.
        """
        key = (gift_number, account, day)
        if key not in self._current:
            terms = {"gift": gift_number, "of_account": account, "day": day}
            row = self._connection.execute(_NEWEST, terms).first()
            if row is None:
                return self._open(key, 1)
            if row.finished_at is not None:
                return self._open(key, row.part + 1)
            self._current[key] = (row.grn_number, row.part)
        return self._current[key][0]

    def next_part(self, gift_number: str, account: str, day: date) -> str:
        """Open a further note: what is on the old one was already judged."""
        self.current(gift_number, account, day)
        key = (gift_number, account, day)
        return self._open(key, self._current[key][1] + 1)

    def _open(self, key: NoteKey, part: int) -> str:
        gift_number, account, day = key
        grn_number = self._numbers.next(f"GRN-{day:%Y}")
        self._connection.execute(
            NOTES.insert().values(
                grn_number=grn_number,
                gift_number=gift_number,
                account=account,
                received_on=day,
                part=part,
            )
        )
        self._current[key] = (grn_number, part)
        return grn_number
