"""SQL behind the read models; every list is read by its key, never by offset."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    literal,
    or_,
    select,
    tuple_,
)

from services.inventory.adapters.catalogue import SqlCatalogue, folded
from services.inventory.adapters.scanning.attention_report import (
    attention,
    photo,
    waiting_goods,
)
from services.inventory.adapters.stock.card import stock_card
from services.inventory.adapters.tables import (
    BALANCES,
    LOCATIONS,
    LOTS,
    PRODUCTS,
    STANDING,
)
from services.inventory.application.ports.work import Place
from services.inventory.application.queries import (
    AttentionItem,
    AttentionPlace,
    CardLine,
    CardPlace,
    StockFilter,
    StockLine,
    WaitingGoods,
)
from services.inventory.domain.attention import UnknownProductError
from services.inventory.domain.ledger import STORAGE
from services.inventory.domain.lot import LotStatus
from services.inventory.domain.movement import AccountKind, location
from services.inventory.domain.product import Product
from shared.database.database import Database
from shared.kernel.clock import Clock, local_day

LOCATION_PREFIX = f"{AccountKind.LOCATION}:"


class SqlQueries:
    """The port ``Queries``; every answer is of one consistent moment."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def products(
        self,
        query: str = "",
        category: str = "",
        *,
        after: str | None = None,
        limit: int = 100,
    ) -> Sequence[Product]:
        """List products by code whose code, names or GTINs hold every word."""
        wanted = select(PRODUCTS.c.product_code).order_by(PRODUCTS.c.product_code)
        for word in folded(query).split():
            wanted = wanted.where(PRODUCTS.c.searched.contains(word, autoescape=True))
        if category:
            wanted = wanted.where(PRODUCTS.c.category == category)
        if after:
            wanted = wanted.where(PRODUCTS.c.product_code > after)
        with self._database.reading() as connection:
            codes = connection.execute(wanted.limit(limit)).scalars().all()
            found = SqlCatalogue(connection).of_codes(codes)
        return [found[code] for code in codes]

    def product(self, product_code: str) -> Product:
        """Give a product; raises UnknownProductError."""
        with self._database.reading() as connection:
            found = SqlCatalogue(connection).of_codes([product_code])
        if product_code not in found:
            raise UnknownProductError(product_code)
        return found[product_code]

    def locations(self) -> Sequence[Place]:
        """List every location by its code."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(LOCATIONS).order_by(LOCATIONS.c.location_code)
            )
            return [Place(*row) for row in rows]

    def stock(
        self,
        wanted: StockFilter,
        *,
        after: tuple[Any, ...] | None = None,
        limit: int = 100,
    ) -> Sequence[StockLine]:
        """List lots where they stand, by product, lot and location.

        *after* is (product code, lot id, location code) of the last line seen.
        """
        today = local_day(self._clock.now())
        query = _narrowed(_stock_query(today), wanted, today)
        if after:
            product_code, lot_id, location_code = after
            seen = (product_code, lot_id, location(location_code))
            query = query.where(tuple_(*_STOCK_KEY) > tuple_(*_bound(seen)))
        with self._database.reading() as connection:
            return _stock_lines(connection, query.limit(limit))

    def stock_card(
        self, product_code: str, *, after: CardPlace | None = None, limit: int = 100
    ) -> Sequence[CardLine]:
        """List a product's movements, newest first; raises UnknownProductError."""
        self.product(product_code)
        with self._database.reading() as connection:
            return stock_card(connection, product_code, after, limit)

    def attention(
        self, *, after: AttentionPlace, limit: int = 100
    ) -> Sequence[AttentionItem]:
        """List what waits: gifts not heard of for an hour, then scans by age."""
        with self._database.reading() as connection:
            return attention(connection, self._clock.now(), after, limit)

    def waiting_goods(self) -> Sequence[WaitingGoods]:
        """Add up, by code, received goods that nobody knows yet."""
        with self._database.reading() as connection:
            return waiting_goods(connection)

    def photo(self, scan_id: UUID) -> bytes:
        """Give the JPEG of goods that wait; raises NoPhotoError."""
        with self._database.reading() as connection:
            return photo(connection, scan_id)


_STOCK_KEY = (BALANCES.c.product_code, BALANCES.c.lot_id, BALANCES.c.account)


def _stock_query(today: date) -> Select[Any]:
    return (
        select(
            BALANCES.c.product_code,
            BALANCES.c.lot_id,
            BALANCES.c.account,
            BALANCES.c.on_hand,
            BALANCES.c.reserved,
            LOTS.c.lot_number,
            LOTS.c.expires_on,
            LOTS.c.received_on,
            LOTS.c.gift_number,
            LOTS.c.earmark,
            _status(today).label("lot_status"),
        )
        .join_from(BALANCES, LOTS, BALANCES.c.lot_id == LOTS.c.lot_id)
        .where(STANDING)
        .order_by(*_STOCK_KEY)
    )


def _status(today: date) -> ColumnElement[str]:
    return case(
        (LOTS.c.hold != LotStatus.RELEASED, LOTS.c.hold),
        (LOTS.c.expires_on < today, LotStatus.EXPIRED.value),
        (LOTS.c.awaits_gift, LotStatus.AWAITING_GIFT.value),
        else_=LotStatus.RELEASED.value,
    )


def _bound(key: tuple[Any, ...]) -> list[ColumnElement[Any]]:
    """Bind each part as its column's type: SQLite keeps UUIDs as text."""
    return [
        literal(value, column.type)
        for value, column in zip(key, _STOCK_KEY, strict=True)
    ]


def _narrowed(query: Select[Any], wanted: StockFilter, today: date) -> Select[Any]:
    if wanted.product_code:
        query = query.where(BALANCES.c.product_code == wanted.product_code)
    if wanted.location_code:
        query = query.where(BALANCES.c.account == location(wanted.location_code))
    if wanted.status:
        query = query.where(_has_status(LotStatus(wanted.status), today))
    return query


def _has_status(status: LotStatus, today: date) -> ColumnElement[bool]:
    """Say the status by the columns that are indexed; see ``Lot.status_on``."""
    if status in {LotStatus.QUARANTINED, LotStatus.RECALLED}:
        return LOTS.c.hold == status
    is_released = LOTS.c.hold == LotStatus.RELEASED
    if status is LotStatus.EXPIRED:
        return and_(is_released, LOTS.c.expires_on < today)
    is_fresh = or_(LOTS.c.expires_on.is_(None), LOTS.c.expires_on >= today)
    awaits = LOTS.c.awaits_gift.is_(status is LotStatus.AWAITING_GIFT)
    return and_(is_released, awaits, is_fresh)


def _stock_lines(connection: Connection, query: Select[Any]) -> list[StockLine]:
    kinds = {
        row.location_code: row.kind for row in connection.execute(select(LOCATIONS))
    }
    return [_stock_line(row, kinds) for row in connection.execute(query)]


def _stock_line(row: Any, kinds: dict[str, str]) -> StockLine:
    location_code = row.account.removeprefix(LOCATION_PREFIX)
    may_go_out = (
        row.lot_status == LotStatus.RELEASED and kinds.get(location_code) == STORAGE
    )
    return StockLine(
        product_code=row.product_code,
        lot_id=row.lot_id,
        lot_number=row.lot_number,
        expires_on=row.expires_on,
        lot_status=row.lot_status,
        gift_number=row.gift_number,
        earmark=row.earmark,
        location_code=location_code,
        on_hand=row.on_hand,
        reserved=row.reserved,
        available=row.on_hand - row.reserved if may_go_out else 0,
        received_on=row.received_on,
    )
