"""Goods received notes and what is expected, to read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, or_, select

from services.inventory.adapters.receiving.desk import note_of
from services.inventory.adapters.receiving.tables import (
    DAMAGES,
    EXPECTED_GOODS,
    TEMPERATURES,
)
from services.inventory.adapters.tables import (
    BALANCES,
    GIFTS,
    LOCATIONS,
    LOTS,
    MOVEMENTS,
    REFUSALS,
    STANDING,
)
from services.inventory.adapters.tables import GOODS_RECEIVED_NOTES as NOTES
from services.inventory.application.ports.receiving import (
    ExpectedLine,
    GoodsReceivedNote,
    NoteLine,
    NoteRow,
    NoteView,
    RefusedLine,
)
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.movement import Reason, location, place_of
from services.inventory.domain.receiving_errors import NoteUnknownError
from shared.database.database import Database
from shared.kernel.clock import local_day

_LATER = MOVEMENTS.alias("later")
_ACCOUNT: ColumnElement[str] = literal(location("")) + LOCATIONS.c.location_code
_RECEIPTS = (
    (MOVEMENTS.c.reason == Reason.RECEIPT)
    & MOVEMENTS.c.reverses.is_(None)
    & _LATER.c.movement_id.is_(None)
)
"""Receipts that nobody took back, where ``_LATER`` is joined by what it reverses."""


class SqlReceivingQueries:
    """The port ``ReceivingQueries``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def notes(self, *, since: date, limit: int) -> Sequence[NoteRow]:
        """List notes that are not checked yet or came since a day, newest first."""
        query = (
            select(
                NOTES,
                GIFTS.c.donor_code,
                func.count(MOVEMENTS.c.lot_id.distinct()).label("lots"),
                func.coalesce(func.sum(MOVEMENTS.c.quantity), 0).label("units"),
            )
            .join(GIFTS, GIFTS.c.gift_number == NOTES.c.gift_number)
            .join(MOVEMENTS, MOVEMENTS.c.document == NOTES.c.grn_number)
            .outerjoin(_LATER, _LATER.c.reverses == MOVEMENTS.c.movement_id)
            .where(_RECEIPTS)
            .where(or_(NOTES.c.checked_at.is_(None), NOTES.c.received_on >= since))
            .group_by(NOTES.c.grn_number, GIFTS.c.donor_code)
            .order_by(NOTES.c.received_on.desc(), NOTES.c.grn_number.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return [
            NoteRow(note_of(row), row.donor_code, row.lots, int(row.units))
            for row in rows
        ]

    def note(self, grn_number: str) -> NoteView:
        """Read one; raises NoteUnknownError."""
        query = (
            select(NOTES, GIFTS.c.donor_code)
            .join(GIFTS, GIFTS.c.gift_number == NOTES.c.gift_number)
            .where(NOTES.c.grn_number == grn_number)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise NoteUnknownError(grn_number)
            note = note_of(row)
            return NoteView(
                note=note,
                donor_code=row.donor_code,
                lines=_lines(connection, grn_number),
                refused=_refused(connection, note),
                expected=_expected(connection, note.gift_number),
            )

    def expected(self, gift_number: str) -> Sequence[ExpectedLine]:
        """Compare what was announced of a gift with what came."""
        with self._database.reading() as connection:
            return _expected(connection, gift_number)

    def gifts_expected(self, *, limit: int) -> Mapping[str, Sequence[ExpectedLine]]:
        """List announced gifts of which something is still to come, newest first."""
        query = (
            select(GIFTS.c.gift_number)
            .where(GIFTS.c.gift_number.in_(select(EXPECTED_GOODS.c.gift_number)))
            .order_by(GIFTS.c.first_seen_at.desc(), GIFTS.c.gift_number.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            numbers = connection.execute(query).scalars().all()
            gifts = {number: _expected(connection, number) for number in numbers}
        return {
            number: lines
            for number, lines in gifts.items()
            if any(line.difference < 0 for line in lines)
        }

    def shelves_of(self, product_code: str) -> Sequence[str]:
        """Name the shelves a product lies on, the fullest first, then empty ones."""
        place = LOCATIONS.c
        here = func.sum(BALANCES.c.on_hand).filter(
            BALANCES.c.product_code == product_code
        )
        query = (
            select(place.location_code)
            .outerjoin(BALANCES, (BALANCES.c.account == _ACCOUNT) & STANDING)
            .where(place.kind == STORAGE)
            .group_by(place.location_code, place.sequence)
            .having(or_(here > 0, func.count(BALANCES.c.lot_id) == 0))
            .order_by(
                func.coalesce(here, 0).desc(), place.sequence, place.location_code
            )
        )
        with self._database.reading() as connection:
            return connection.execute(query).scalars().all()


def _lines(connection: Connection, grn_number: str) -> Sequence[NoteLine]:
    query = (
        select(
            LOTS,
            MOVEMENTS.c.quantity,
            MOVEMENTS.c.target,
            TEMPERATURES.c.celsius,
        )
        .select_from(MOVEMENTS)
        .join(LOTS, LOTS.c.lot_id == MOVEMENTS.c.lot_id)
        .outerjoin(_LATER, _LATER.c.reverses == MOVEMENTS.c.movement_id)
        .outerjoin(TEMPERATURES, TEMPERATURES.c.movement_id == MOVEMENTS.c.movement_id)
        .where(_RECEIPTS, MOVEMENTS.c.document == grn_number)
        .order_by(LOTS.c.product_code, LOTS.c.lot_number, MOVEMENTS.c.position)
    )
    receipts: dict[Any, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        receipts[row.lot_id].append(row)
    damages = _damages(connection, grn_number)
    return [_line(rows, damages[lot_id]) for lot_id, rows in receipts.items()]


def _line(receipts: Sequence[Any], damages: Sequence[Any]) -> NoteLine:
    lot = receipts[0]
    readings = [row.celsius for row in receipts if row.celsius is not None]
    return NoteLine(
        product_code=lot.product_code,
        lot_id=lot.lot_id,
        lot_number=lot.lot_number,
        expires_on=lot.expires_on,
        earmark=lot.earmark,
        quantity=sum(row.quantity for row in receipts),
        held=sum(each.quantity for each in damages if each.outcome == "held"),
        given_back=sum(each.quantity for each in damages if each.outcome != "held"),
        celsius=max(readings, default=None),
        conditions=[each.condition for each in damages],
        places=sorted({place_of(row.target) for row in receipts}),
    )


def _damages(connection: Connection, grn_number: str) -> Mapping[Any, Sequence[Any]]:
    query = (
        select(DAMAGES)
        .outerjoin(_LATER, _LATER.c.reverses == DAMAGES.c.movement_id)
        .where(DAMAGES.c.grn_number == grn_number, _LATER.c.movement_id.is_(None))
        .order_by(DAMAGES.c.recorded_at)
    )
    damages: dict[Any, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        damages[row.lot_id].append(row)
    return damages


def _refused(connection: Connection, note: GoodsReceivedNote) -> Sequence[RefusedLine]:
    """Find what the note's person turned away while this part of it was open."""
    before = select(func.max(NOTES.c.finished_at)).where(
        NOTES.c.gift_number == note.gift_number,
        NOTES.c.account == note.account,
        NOTES.c.received_on == note.received_on,
        NOTES.c.part < note.part,
    )
    opened: datetime | None = connection.execute(before).scalar()
    query = (
        select(REFUSALS)
        .where(REFUSALS.c.gift_number == note.gift_number)
        .where(REFUSALS.c.recorded_by == note.account)
        .order_by(REFUSALS.c.occurred_at)
    )
    return [
        RefusedLine(row.product_code, row.quantity, row.reason)
        for row in connection.execute(query)
        if local_day(row.occurred_at) == note.received_on
        and (opened is None or row.occurred_at > opened)
        and (note.finished_at is None or row.occurred_at <= note.finished_at)
    ]


def _expected(connection: Connection, gift_number: str) -> Sequence[ExpectedLine]:
    goods = EXPECTED_GOODS.c
    expected = _sums(
        connection,
        select(goods.product_code, func.sum(goods.quantity))
        .where(goods.gift_number == gift_number)
        .group_by(goods.product_code),
    )
    counted = _sums(
        connection,
        select(MOVEMENTS.c.product_code, func.sum(MOVEMENTS.c.quantity))
        .join(LOTS, LOTS.c.lot_id == MOVEMENTS.c.lot_id)
        .outerjoin(_LATER, _LATER.c.reverses == MOVEMENTS.c.movement_id)
        .where(_RECEIPTS, LOTS.c.gift_number == gift_number)
        .group_by(MOVEMENTS.c.product_code),
    )
    refused = _sums(
        connection,
        select(REFUSALS.c.product_code, func.sum(REFUSALS.c.quantity))
        .where(REFUSALS.c.gift_number == gift_number)
        .group_by(REFUSALS.c.product_code),
    )
    return [
        ExpectedLine(
            code, expected.get(code, 0), counted.get(code, 0), refused.get(code, 0)
        )
        for code in _ordered(expected, counted, refused)
    ]


def _sums(connection: Connection, query: Any) -> dict[str, int]:
    return {code: int(total) for code, total in connection.execute(query)}


def _ordered(*sums: Mapping[str, int]) -> Iterable[str]:
    return sorted({code for each in sums for code in each})
