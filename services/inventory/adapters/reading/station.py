"""SQL behind the phone's snapshot; what rarely changes is read once."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from services.inventory.adapters.catalogue import product_of
from services.inventory.adapters.counting.tables import COUNT_SHEETS
from services.inventory.adapters.outbound.reports import SqlOutboundQueries
from services.inventory.adapters.reading.pages import PageReads
from services.inventory.adapters.tables import (
    BALANCES,
    LOCATIONS,
    LOTS,
    MOVEMENTS,
    PACKS,
    PRODUCTS,
    STANDING,
)
from services.inventory.application.outbound.queries import PickListView
from services.inventory.application.page_views import GiftView
from services.inventory.application.ports.work import Place
from services.inventory.application.station import (
    GIFTS_KEPT,
    LISTS_KEPT,
    LOTS_KEPT,
    RECEIPTS_LOOKED_AT,
    LotThere,
    OpenCount,
)
from services.inventory.domain.movement import Reason, place_of
from services.inventory.domain.picking import PickListStatus
from services.inventory.domain.product import Pack, Product
from shared.database.database import Database
from shared.kernel.gs1 import GTIN

MOVEMENTS_LOOKED_BACK = 200_000
"""How far back the first question looks; later ones read only what is new."""

_MARK = select(func.count(), func.sum(PRODUCTS.c.version))
_LAST = select(func.max(MOVEMENTS.c.position))

_BALANCE, _LOT = BALANCES.c, LOTS.c
_SHARED = (
    select(_BALANCE.product_code, _BALANCE.account)
    .where(STANDING)
    .group_by(_BALANCE.product_code, _BALANCE.account)
    .having(func.count() > 1)
    .order_by(func.max(_BALANCE.latest_at).desc())
    .limit(LOTS_KEPT)
    .subquery()
)
"""Products at places where they stand in more than one lot."""

_LOTS_TO_TELL_APART = (
    select(_BALANCE.product_code, _BALANCE.account, _LOT.lot_number, _LOT.expires_on)
    .join(LOTS, _LOT.lot_id == _BALANCE.lot_id)
    .join(
        _SHARED,
        (_SHARED.c.product_code == _BALANCE.product_code)
        & (_SHARED.c.account == _BALANCE.account),
    )
    .where(STANDING)
    .distinct()
    .order_by(_BALANCE.product_code, _BALANCE.account, _LOT.expires_on, _LOT.lot_number)
)


class RecentReceipts:
    """The last quantities received of each product, kept up as movements come.

    Every process keeps its own. A movement that commits after one with a higher
    position was read may be missed: a median of twenty does not mind.
    """

    def __init__(self) -> None:
        self._seen = -1
        self._receipts: dict[str, deque[tuple[UUID, int]]] = {}

    def read(self, connection: Connection) -> Mapping[str, Sequence[int]]:
        """Read what is new; give the quantities by product, the oldest first."""
        last = connection.execute(_LAST).scalar() or 0
        seen = max(self._seen, last - MOVEMENTS_LOOKED_BACK)
        if last > seen:
            movement = MOVEMENTS.c
            query = (
                select(
                    movement.movement_id,
                    movement.product_code,
                    movement.quantity,
                    movement.reverses,
                )
                .where(movement.position > seen, movement.position <= last)
                .where(movement.reason.in_([Reason.RECEIPT, Reason.REVERSAL]))
                .order_by(movement.position)
            )
            for row in connection.execute(query):
                self._take(row)
            self._seen = last
        return {
            code: [quantity for _, quantity in receipts]
            for code, receipts in self._receipts.items()
        }

    def _take(self, row: Any) -> None:
        kept = self._receipts.setdefault(
            row.product_code, deque(maxlen=RECEIPTS_LOOKED_AT)
        )
        if row.reverses is None:
            kept.append((row.movement_id, row.quantity))
            return
        for receipt in [each for each in kept if each[0] == row.reverses]:
            kept.remove(receipt)


class SqlStation:
    """The port ``StationQueries``; the catalogue is read again when it changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._outbound = SqlOutboundQueries(database)
        self._pages = PageReads(database)
        self._receipts = RecentReceipts()
        self._mark: tuple[Any, ...] = ()
        self._products: Sequence[Product] = ()

    def products(self) -> Sequence[Product]:
        """List every product by code; every change of one raises its version."""
        with self._database.reading() as connection:
            mark = tuple(connection.execute(_MARK).one())
            if mark != self._mark:
                self._products, self._mark = _all_products(connection), mark
        return self._products

    def recent_receipts(self) -> Mapping[str, Sequence[int]]:
        """Give the last quantities received of each product."""
        with self._database.reading() as connection:
            return self._receipts.read(connection)

    def places(self) -> Sequence[Place]:
        """List every location by its code."""
        query = select(
            LOCATIONS.c.location_code, LOCATIONS.c.name, LOCATIONS.c.kind
        ).order_by(LOCATIONS.c.location_code)
        with self._database.reading() as connection:
            return [Place(*row) for row in connection.execute(query)]

    def gifts(self) -> Sequence[GiftView]:
        """List the latest announced gifts."""
        return self._pages.gifts(GIFTS_KEPT)

    def pick_lists(self) -> Sequence[PickListView]:
        """List the open pick lists with their lines."""
        status = PickListStatus.OPEN.value
        return self._outbound.pick_lists(status, after=None, limit=LISTS_KEPT)

    def count_sheets(self) -> Sequence[OpenCount]:
        """List the sheets that are being counted."""
        sheet = COUNT_SHEETS.c
        query = (
            select(sheet.count_sheet_number, sheet.location_code, sheet.product_code)
            .where(sheet.status == "open")
            .order_by(sheet.count_sheet_number)
            .limit(LISTS_KEPT)
        )
        with self._database.reading() as connection:
            return [OpenCount(*row) for row in connection.execute(query)]

    def lots_to_tell_apart(self) -> Sequence[LotThere]:
        """List lots that share a place with another of their product; the latest.

        A phone without a list of all of them asks less and the warehouse more.
        """
        with self._database.reading() as connection:
            return [
                LotThere(code, place_of(account), number, expires_on)
                for code, account, number, expires_on in connection.execute(
                    _LOTS_TO_TELL_APART
                )
            ]


def _all_products(connection: Connection) -> list[Product]:
    packs: dict[str, list[Pack]] = {}
    for row in connection.execute(select(PACKS).order_by(PACKS.c.gtin)):
        packs.setdefault(row.product_code, []).append(
            Pack(GTIN(row.gtin), row.quantity)
        )
    rows = connection.execute(select(PRODUCTS).order_by(PRODUCTS.c.product_code))
    return [product_of(row, packs.get(row.product_code, ())) for row in rows]
