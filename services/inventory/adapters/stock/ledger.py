"""The stock ledger on the database: loaded and written in sets, never row by row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, case, or_, select

from services.inventory.adapters.ledger_rows import (
    balance_row,
    listed,
    lot_of,
    lot_row,
    movement_row,
    stock_changed,
)
from services.inventory.adapters.stock.kit_contents import SqlKitContents, kits_of
from services.inventory.adapters.tables import BALANCES, LOCATIONS, LOTS, MOVEMENTS
from services.inventory.domain.errors import UnknownLotError
from services.inventory.domain.ledger import Balance, Change, LotAccounts
from services.inventory.domain.lot import Lot
from services.inventory.domain.movement import Movement
from shared.contracts.inventory_v1 import StockChanged
from shared.database.upsert import insert_or_update_all

Undo = Callable[[], None]

# built once: a scan runs each of these, and building them costs as much as they do
_KINDS = select(LOCATIONS.c.location_code, LOCATIONS.c.kind)
_LOTS_OF_IDS = (
    select(LOTS)
    .where(LOTS.c.lot_id.in_(bindparam("lot_ids", expanding=True)))
    .order_by(LOTS.c.lot_id)
    .with_for_update()
)
_BALANCES_OF_LOTS = select(
    BALANCES.c.lot_id,
    BALANCES.c.account,
    BALANCES.c.on_hand,
    BALANCES.c.reserved,
    BALANCES.c.latest_at,
).where(BALANCES.c.lot_id.in_(bindparam("lot_ids", expanding=True)))
_ADD_MOVEMENTS = MOVEMENTS.insert()
_ADD_LOTS = LOTS.insert()
_CHANGE_LOTS = LOTS.update().where(LOTS.c.lot_id == bindparam("the_lot"))


class SqlLedger:
    """The accounts of the lots one unit of work touches.

    A lot is locked when it is opened; lots are locked in order of their ids, so
    open all you know of in one call. Nothing reaches the database before
    ``save``, which a unit of work calls once, at its end.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open: dict[UUID, LotAccounts] = {}
        self._loaded: dict[UUID, dict[str, Balance]] = {}
        self._touched: dict[UUID, None] = {}
        self._new: dict[UUID, None] = {}
        self._undo: list[Undo] | None = None
        self._kinds: dict[str, str] | None = None
        self._contents = SqlKitContents(connection)

    @property
    def location_kinds(self) -> Mapping[str, str]:
        """The kind of every location, by its code."""
        if self._kinds is None:
            rows = self._connection.execute(_KINDS)
            self._kinds = {row.location_code: row.kind for row in rows}
        return self._kinds

    def open(self, lot_ids: Iterable[UUID]) -> None:
        """Lock and load lots in one go; ids of no lot are passed over."""
        wanted = sorted({lot_id for lot_id in lot_ids if lot_id not in self._open})
        if wanted:
            self.open_found(_LOTS_OF_IDS, lot_ids=wanted)

    def open_found(self, query: Select[Any], **terms: Any) -> Sequence[Lot]:
        """Lock and load the lots a query of whole rows finds; give them in order.

        With a kit lot come the lots of its contents: they are where it is.
        """
        rows = self._connection.execute(query, terms).all()
        fresh = [row.lot_id for row in rows if row.lot_id not in self._open]
        for row in rows:
            if row.lot_id not in self._open:
                lot = lot_of(row)
                self._open[row.lot_id] = LotAccounts(lot, history=self._history)
                self._loaded[row.lot_id] = {}
        if fresh:
            self._load_balances(fresh)
        kits = [row.lot_id for row in rows if row.is_kit]
        if kits:
            self.open(self._contents.of_kits(kits))
        return [self._open[row.lot_id].lot for row in rows]

    def of(self, lot_id: UUID) -> LotAccounts:
        """Give a lot's accounts, opening it if need be; raises UnknownLotError.

        For reading: changes go through ``post``, ``reserve``, ``release`` and
        ``change``, so that they can be taken back and are announced.
        """
        self.open([lot_id])
        if lot_id not in self._open:
            raise UnknownLotError(lot_id)
        return self._open[lot_id]

    def opened(self) -> Sequence[LotAccounts]:
        """Give every lot opened so far, in order of opening."""
        return list(self._open.values())

    def add(self, lot: Lot) -> None:
        """Open the accounts of a new lot; its row is written with the rest.

        Should another transaction open the same lot meanwhile, ``save`` fails on
        the lot's identity and the whole work is done again.
        """
        self._open[lot.lot_id] = LotAccounts(lot, history=self._history)
        self._loaded[lot.lot_id] = {}
        self._new[lot.lot_id] = None

    def add_kit(self, lot: Lot, contents: Mapping[UUID, int]) -> None:
        """Open the accounts of a new kit lot; each of its kits holds the contents."""
        self._contents.expect(lot.lot_id, contents)
        self.add(lot)

    def post(self, movement: Movement) -> Movement:
        """Let a movement take effect, or refuse as ``LotAccounts.post`` does."""
        accounts = self._changing(movement.lot_id)
        accounts.post(movement)
        return movement

    def reserve(self, lot_id: UUID, location_code: str, quantity: int) -> None:
        """Promise units at a location; raises InsufficientStockError."""
        self._changing(lot_id).reserve(location_code, quantity)

    def release(self, lot_id: UUID, location_code: str, quantity: int) -> None:
        """Take back a promise that was given."""
        self._changing(lot_id).release(location_code, quantity)

    def change(self, lot: Lot) -> None:
        """Replace the facts of a lot: its hold, its earmark, its gift."""
        self._changing(lot.lot_id).lot = lot

    def version_of(self, lot_id: UUID) -> int:
        """Give the version this unit of work's ``stock_changed`` will carry.

        Ask after the change: an untouched lot keeps the version it has.
        """
        return self.of(lot_id).lot.version + (lot_id in self._touched)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Take back what was changed inside when it ends with an exception."""
        outer, self._undo = self._undo, []
        try:
            yield
        except BaseException:
            for undo in reversed(self._undo):
                undo()
            self._undo = []
            raise
        finally:
            self._undo = None if outer is None else outer + self._undo

    def save(self, recorded_at: datetime) -> tuple[list[Movement], list[StockChanged]]:
        """Write all that changed; give it, with one ``stock_changed`` for each lot.

        Afterwards nothing is open any more.
        """
        touched = [self._open[lot_id] for lot_id in sorted(self._touched)]
        self._write_new_lots(
            [each.lot for each in touched if each.lot.lot_id in self._new]
        )
        movements = self._write_movements(touched, recorded_at)
        self._write_balances(touched)
        self._write_lots([each for each in touched if each.lot.lot_id not in self._new])
        kits = kits_of(self._connection, touched, self._open)
        changes = [
            stock_changed(
                accounts,
                self.location_kinds,
                accounts.lot.version + 1,
                kits,
                self._contents.of_kit(accounts.lot.lot_id),
            )
            for accounts in touched
        ]
        self._open, self._loaded, self._touched, self._new = {}, {}, {}, {}
        return movements, changes

    def _changing(self, lot_id: UUID) -> LotAccounts:
        accounts = self.of(lot_id)
        moved = [lot_id, *self._contents.of_kit(lot_id)]
        untouched = [each for each in moved if each not in self._touched]
        lot, balances = accounts.lot, dict(accounts.balances)
        posted = len(accounts.posted)

        def undo() -> None:
            accounts.lot, accounts.balances = lot, balances
            del accounts.posted[posted:]
            for each in untouched:
                self._touched.pop(each, None)

        if self._undo is not None:
            self._undo.append(undo)
        self._touched.update(dict.fromkeys(moved))
        return accounts

    def _load_balances(self, lot_ids: Sequence[UUID]) -> None:
        rows = self._connection.execute(_BALANCES_OF_LOTS, {"lot_ids": lot_ids})
        for lot_id, account, on_hand, reserved, latest_at in rows:
            balance = Balance(on_hand, reserved, latest_at)
            self._open[lot_id].balances[account] = balance
            self._loaded[lot_id][account] = balance

    def _history(self, lot_id: UUID, account: str, since: datetime) -> Sequence[Change]:
        came = MOVEMENTS.c.target == account
        query = (
            select(
                MOVEMENTS.c.occurred_at,
                case((came, MOVEMENTS.c.quantity), else_=-MOVEMENTS.c.quantity),
            )
            .where(MOVEMENTS.c.lot_id == lot_id, MOVEMENTS.c.occurred_at > since)
            .where(or_(came, MOVEMENTS.c.source == account))
            .order_by(MOVEMENTS.c.occurred_at)
        )
        return [(at, change) for at, change in self._connection.execute(query)]

    def _write_movements(
        self, touched: Sequence[LotAccounts], recorded_at: datetime
    ) -> list[Movement]:
        rows = [
            movement_row(movement, accounts.lot, recorded_at)
            for accounts in touched
            for movement in accounts.posted
        ]
        if rows:
            self._connection.execute(_ADD_MOVEMENTS, rows)
        return [movement for accounts in touched for movement in accounts.posted]

    def _write_balances(self, touched: Sequence[LotAccounts]) -> None:
        rows = [
            balance_row(accounts.lot, account, balance)
            for accounts in touched
            for account, balance in sorted(accounts.balances.items())
            if balance != self._loaded[accounts.lot.lot_id].get(account)
        ]
        if rows:
            insert_or_update_all(self._connection, BALANCES, rows)

    def _write_new_lots(self, lots: Sequence[Lot]) -> None:
        """Write in the order of identity, so that two writers never embrace."""
        rows = [lot_row(lot) for lot in sorted(lots, key=lambda lot: lot.identity)]
        if rows:
            self._connection.execute(_ADD_LOTS, rows)

    def _write_lots(self, touched: Sequence[LotAccounts]) -> None:
        if not touched:
            return
        self._connection.execute(
            _CHANGE_LOTS,
            [
                {
                    "the_lot": accounts.lot.lot_id,
                    "hold": accounts.lot.hold,
                    "awaits_gift": accounts.lot.awaits_gift,
                    "earmark": listed(accounts.lot.earmark),
                    "version": accounts.lot.version + 1,
                }
                for accounts in touched
            ],
        )
