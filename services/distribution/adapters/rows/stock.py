"""The copy of what inventory said, as rows."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, or_, select

from services.distribution.adapters.tables.asking import LOTS, PRODUCTS, RECALLED_LOTS
from services.distribution.adapters.tables.giving import ALLOTMENTS
from services.distribution.domain.allotment import VOID, AllotmentState
from services.distribution.domain.errors import UnknownProductError
from services.distribution.domain.product import Product
from services.distribution.domain.stock import LotCopy
from shared.database.upsert import insert_or_update, keep_newest


class SqlStock:
    """Products and lots as last heard of, and what of them is promised."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def product(self, product_code: str) -> Product:
        row = self._connection.execute(
            PRODUCTS.select().where(PRODUCTS.c.product_code == product_code)
        ).one_or_none()
        if row is None:
            raise UnknownProductError(product_code)
        return read_product(row)

    def keep_product(self, product: Product, version: int) -> None:
        keep_newest(
            self._connection,
            PRODUCTS,
            {
                "product_code": product.product_code,
                "version": version,
                "category": product.category,
                "names": dict(product.names),
                "unit_of_issue": product.unit_of_issue,
                "min_days_at_dispatch": product.min_days_at_dispatch,
                "sensitivity": product.sensitivity,
                "flags": sorted(product.flags),
            },
        )

    def keep_lot(self, lot: LotCopy, version: int) -> None:
        keep_newest(
            self._connection,
            LOTS,
            {
                "lot_id": lot.lot_id,
                "version": version,
                "product_code": lot.product_code,
                "lot_number": lot.lot_number,
                "expires_on": lot.expires_on,
                "received_on": lot.received_on,
                "earmark": None if lot.earmark is None else sorted(lot.earmark),
                "lot_status": lot.lot_status,
                "in_stock": lot.in_stock,
                "available": lot.available,
            },
        )

    def locked(self, lot_ids: Collection[UUID]) -> Mapping[UUID, LotCopy]:
        wanted = sorted(lot_ids)
        rows = self._connection.execute(
            LOTS.select()
            .where(LOTS.c.lot_id.in_(wanted))
            .order_by(LOTS.c.lot_id)
            .with_for_update()
        ).all()
        unseen = promised(self._connection)
        return {row.lot_id: read_lot(row, unseen.get(row.lot_id, 0)) for row in rows}

    def recall(
        self, lot_ids: Iterable[UUID], product_code: str, lot_number: str, reason: str
    ) -> None:
        for lot_id in lot_ids:
            insert_or_update(
                self._connection,
                RECALLED_LOTS,
                {
                    "lot_id": lot_id,
                    "product_code": product_code,
                    "lot_number": lot_number,
                    "reason": reason,
                    "recalled_at": self._now,
                },
            )


def promised(connection: Connection) -> dict[UUID, int]:
    """Sum, per lot, what our lines take that its copy cannot show yet."""
    mine = ALLOTMENTS.c
    is_unseen = or_(
        mine.state == AllotmentState.APPROVED,
        and_(mine.state.not_in(VOID), mine.lot_version > LOTS.c.version),
    )
    query = (
        select(mine.lot_id, func.sum(mine.quantity))
        .join(LOTS, LOTS.c.lot_id == mine.lot_id)
        .where(is_unseen)
        .group_by(mine.lot_id)
    )
    return {lot_id: int(total) for lot_id, total in connection.execute(query)}


def lots_in_stock(
    connection: Connection, product_codes: Collection[str]
) -> dict[str, list[LotCopy]]:
    """Give every lot in stock by product, our own promises taken off."""
    unseen = promised(connection)
    rows = connection.execute(
        LOTS.select()
        .where(LOTS.c.product_code.in_(sorted(product_codes)), LOTS.c.in_stock > 0)
        .order_by(LOTS.c.product_code, LOTS.c.lot_id)
    )
    found: dict[str, list[LotCopy]] = {}
    for row in rows:
        lot = read_lot(row, unseen.get(row.lot_id, 0))
        found.setdefault(row.product_code, []).append(lot)
    return found


def read_product(row: Any) -> Product:
    """Read a product off its row."""
    return Product(
        product_code=row.product_code,
        category=row.category,
        names=row.names,
        unit_of_issue=row.unit_of_issue,
        min_days_at_dispatch=row.min_days_at_dispatch,
        sensitivity=row.sensitivity,
        flags=frozenset(row.flags),
    )


def read_lot(row: Any, promised_of_it: int) -> LotCopy:
    """Read a lot off its row and take off what we have promised of it."""
    return LotCopy(
        lot_id=row.lot_id,
        product_code=row.product_code,
        lot_number=row.lot_number,
        expires_on=row.expires_on,
        received_on=row.received_on,
        earmark=None if row.earmark is None else frozenset(row.earmark),
        lot_status=row.lot_status,
        in_stock=row.in_stock,
        available=row.available,
        promised=promised_of_it,
    )
