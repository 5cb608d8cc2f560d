"""Gifts with what became of them, as the programme or as their donor sees them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    func,
    or_,
    select,
)

from services.donors.adapters.lot_rows import last_days, state_of
from services.donors.adapters.snapshots import freezes_of
from services.donors.adapters.tables import (
    gift_lines,
    gifts,
    happenings,
    left_lots,
    lot_days,
    lot_totals,
    refusals,
)
from services.donors.adapters.veil import Veil, earmarks_ever
from services.donors.domain.course import LotHistory
from services.donors.domain.delay import as_shown
from services.donors.domain.digest import news
from services.donors.domain.earmark import Earmark
from services.donors.domain.fulfilment import GiftAccount, Refusal
from services.donors.domain.happening import Happening, HappeningKind, Told, told
from services.donors.domain.lot_state import LotState
from services.donors.domain.promise import Line
from shared.kernel.clock import local_day

STORY_ROWS_MAX = 500

RowsByGift = defaultdict[str, list[Row[Any]]]

# built once: a page runs each of these, and building them costs as much as they do
_OF_GIFTS: BindParameter[Any] = bindparam("gifts", expanding=True)
_LEFT = (
    select(left_lots, lot_totals.c.gift_number, lot_totals.c.product_code)
    .join(lot_totals, lot_totals.c.lot_id == left_lots.c.lot_id)
    .where(lot_totals.c.gift_number.in_(_OF_GIFTS))
    .order_by(left_lots.c.decided_on)
)


class Sight(Enum):
    """Whose eyes: the programme sees the present, a donor what may be told."""

    PROGRAMME = auto()
    DONOR = auto()


class GiftReader:
    """Reads gifts of one moment; ``today`` is Almaty's."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection = connection
        self._today = today
        self._veil = Veil(connection)
        self._read: dict[tuple[Table, tuple[str, ...]], RowsByGift] = {}
        self.freezes = freezes_of(connection)

    def accounts(self, rows: Sequence[Row[Any]], sight: Sight) -> Sequence[GiftAccount]:
        """Complete rows of ``gifts`` with their lines, refusals and lots."""
        numbers = [row.gift_number for row in rows]
        waits = self._waits(rows, sight)
        lines = self._by_gift(gift_lines, numbers)
        refused = self._by_gift(refusals, numbers)
        lots = self._lots(numbers, waits)
        return [
            GiftAccount(
                gift_number=row.gift_number,
                donor_code=row.donor_code,
                announced_on=local_day(row.announced_at),
                earmark=None if row.earmark is None else tuple(row.earmark),
                is_walk_in=row.is_walk_in,
                expected=[
                    Line(line.product_code, line.quantity)
                    for line in lines[row.gift_number]
                ],
                refusals=[
                    Refusal(each.product_code, each.quantity, each.reason)
                    for each in refused[row.gift_number]
                    if self._is_known(each.recorded_on, each, waits)
                ],
                lots=lots[row.gift_number],
            )
            for row in rows
        ]

    def told(self, rows: Sequence[Row[Any]]) -> Sequence[Told]:
        """Tell what happened to these gifts, as far as their donor may know."""
        frozen_through = self.freezes.through(self._today)
        return told(self._happenings(rows), self._today, frozen_through)

    def news(self, rows: Sequence[Row[Any]], since: date) -> Sequence[Told]:
        """Tell what their donor may know today and could not at the start of a day."""
        return news(self._happenings(rows), since, self._today, self.freezes)

    def _happenings(self, rows: Sequence[Row[Any]]) -> Iterable[Happening]:
        """Give what happened to these gifts, newest first, what must wait marked.

        Summed by the database; older than the newest STORY_ROWS_MAX sums is left out.
        """
        waits = self._waits(rows, Sight.DONOR)
        terms = {"gifts": [row.gift_number for row in rows]}
        for each in self._connection.execute(_SUMS, terms):
            yield Happening(
                happened_on=each.happened_on,
                recorded_on=each.recorded_on,
                gift_number=each.gift_number,
                product_code=each.product_code,
                kind=HappeningKind(each.kind),
                quantity=each.quantity,
                reason=each.reason,
                must_wait=waits.covers(each),
            )

    def lot_histories(self, rows: Sequence[Row[Any]]) -> Sequence[LotHistory]:
        """Give every day of every lot of these gifts, for the totals over time."""
        waits = self._waits(rows, Sight.DONOR)
        query = (
            select(lot_days)
            .join(lot_totals, lot_totals.c.lot_id == lot_days.c.lot_id)
            .where(lot_totals.c.gift_number.in_([row.gift_number for row in rows]))
        )
        days: dict[UUID, list[LotState]] = defaultdict(list)
        late: set[UUID] = set()
        for row in self._connection.execute(query):
            days[row.lot_id].append(state_of(row))
            if waits.covers(row):
                late.add(row.lot_id)
        return [LotHistory(states, lot in late) for lot, states in days.items()]

    def left(self, rows: Sequence[Row[Any]]) -> Mapping[UUID, str]:
        """Say why lots of these gifts were left when they could last be given.

        Of goods that are shown late only what was decided before today.
        """
        waits = self._waits(rows, Sight.DONOR)
        terms = {"gifts": [row.gift_number for row in rows]}
        return {
            row.lot_id: row.reason
            for row in self._connection.execute(_LEFT, terms)
            if self._is_known(row.decided_on, row, waits)
        }

    def has_late_goods(self, rows: Sequence[Row[Any]]) -> bool:
        """Say whether any goods of these gifts are shown late."""
        waits = self._waits(rows, Sight.DONOR)
        numbers = [row.gift_number for row in rows]
        return any(
            waits.covers(each)
            for table in (gift_lines, lot_totals)
            for of_gift in self._by_gift(table, numbers).values()
            for each in of_gift
        )

    def _waits(self, rows: Sequence[Row[Any]], sight: Sight) -> "_Waits":
        if sight is Sight.PROGRAMME:
            return _Waits(None, {})
        earmarks = {row.gift_number: earmarks_ever(row) for row in rows}
        return _Waits(self._veil, earmarks)

    def _is_known(self, on: date, row: Row[Any], waits: "_Waits") -> bool:
        return on < self._today or not waits.covers(row)

    def _by_gift(self, table: Table, numbers: Sequence[str]) -> RowsByGift:
        """Read the rows of some gifts, once for this moment."""
        key = table, tuple(numbers)
        if key not in self._read:
            found = self._read[key] = defaultdict(list)
            terms = {"gifts": numbers}
            for row in self._connection.execute(_rows_of_gifts(table), terms):
                found[row.gift_number].append(row)
        return self._read[key]

    def _lots(
        self, numbers: Sequence[str], waits: "_Waits"
    ) -> Mapping[str, list[LotState]]:
        rows = [
            row for each in self._by_gift(lot_totals, numbers).values() for row in each
        ]
        late = {row.lot_id for row in rows if waits.covers(row)}
        histories = self._histories(late)
        found: dict[str, list[LotState]] = defaultdict(list)
        for row in rows:
            state: LotState | None = state_of(row)
            if row.lot_id in late:
                state = as_shown(histories[row.lot_id], self._today, self.freezes)
            if state is not None:
                found[row.gift_number].append(state)
        return found

    def _histories(self, lot_ids: Collection[UUID]) -> Mapping[UUID, list[LotState]]:
        """Read the days ``as_shown`` needs: all since the freeze, and one before."""
        if not lot_ids:
            return {}
        frozen = self.freezes.through(self._today)
        found: dict[UUID, list[LotState]] = defaultdict(list)
        for row in self._connection.execute(_days_of(lot_ids, frozen)):
            found[row.lot_id].append(state_of(row))
        return found


class _Waits:
    """Knows of a row with gift and product whether it is shown late."""

    def __init__(
        self, veil: Veil | None, earmarks: Mapping[str, Sequence[Earmark]]
    ) -> None:
        self._veil = veil
        self._earmarks = earmarks
        self._known: dict[tuple[str, str], bool] = {}

    def covers(self, row: Row[Any]) -> bool:
        if self._veil is None:
            return False
        key = row.gift_number, row.product_code
        if key not in self._known:
            earmarks = self._earmarks[row.gift_number]
            self._known[key] = self._veil.covers(row.product_code, earmarks)
        return self._known[key]


def newest_first(query: Select[Any]) -> Select[Any]:
    """Order gifts as lists show them."""
    return query.order_by(gifts.c.announced_at.desc(), gifts.c.gift_number.desc())


_OF_DONOR = newest_first(select(gifts).where(gifts.c.donor_code == bindparam("donor")))
_ONE_OF_DONOR = _OF_DONOR.where(gifts.c.gift_number == bindparam("gift"))


def gifts_of(
    connection: Connection, donor_code: str, gift_number: str | None = None
) -> Sequence[Row[Any]]:
    """Read a donor's gifts, newest first, or the one that is asked for."""
    query = _OF_DONOR if gift_number is None else _ONE_OF_DONOR
    terms = {"donor": donor_code, "gift": gift_number}
    return connection.execute(query, terms).all()


@cache
def _rows_of_gifts(table: Table) -> Select[Any]:
    return (
        select(table)
        .where(table.c.gift_number.in_(_OF_GIFTS))
        .order_by(*table.primary_key)
    )


def _sums() -> Select[Any]:
    h = happenings.c
    what = h.gift_number, h.product_code, h.kind, h.reason, h.happened_on, h.recorded_on
    return (
        select(*what, func.sum(h.quantity).label("quantity"))
        .where(h.gift_number.in_(_OF_GIFTS))
        .group_by(*what)
        .order_by(h.happened_on.desc(), h.gift_number.desc(), h.product_code, h.kind)
        .limit(STORY_ROWS_MAX)
    )


_SUMS = _sums()


def _days_of(lot_ids: Collection[UUID], frozen: date) -> Select[Any]:
    last_frozen, is_last_frozen = last_days(
        lot_days.c.lot_id.in_(lot_ids), lot_days.c.changed_on <= frozen
    )
    return (
        select(lot_days)
        .outerjoin(last_frozen, is_last_frozen)
        .where(
            lot_days.c.lot_id.in_(lot_ids),
            or_(lot_days.c.changed_on > frozen, last_frozen.c.lot_id.is_not(None)),
        )
    )
